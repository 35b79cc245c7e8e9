// The rows that a query of the log gives.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/format.hpp"

#include <cstdint>
#include <string>

namespace clade::inspect {

inline constexpr std::uint64_t usual_rows = 1'000;

/// At most `limit` rows; if there are more, a note on stderr. Throws InputError for SQL that is wrong or does more than
/// read.
void print_query(const Subject& subject, const std::string& sql, std::uint64_t limit, Format format);

}  // namespace clade::inspect
