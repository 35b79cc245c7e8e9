// What a check of a run's log finds.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clade {

/// Something in a log that is not as it was written, or cannot be.
struct LogFinding {
    std::optional<std::uint32_t> generation{};
    std::string table{};   ///< empty: the file
    std::string column{};  ///< empty: any of them
    std::string problem{};
};
using LogFindings = std::vector<LogFinding>;

/// "generation 5, table 'species', column 'mean': ...".
[[nodiscard]] std::string to_text(const LogFinding& finding);

}  // namespace clade
