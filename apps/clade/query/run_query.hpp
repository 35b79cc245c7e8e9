// SQL over a run's log, with the packed columns as a table `genome` (genome_table.hpp). A query can read, and nothing else.
#pragma once

#include <clade/experiment/run/rebuild.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace clade::query {

/// The bytes of a value that is no text; only how many.
struct BlobSize {
    std::uint64_t bytes = 0;
};

/// A value of a row; nullptr is NULL.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, BlobSize>;

struct RowReader {
    std::function<void(const std::vector<std::string>&)> on_columns;  ///< called once, before the rows
    std::function<bool(const std::vector<Value>&)> on_row;            ///< false ends the query
};

/// Throws InputError for SQL that is wrong, more than one statement, or one that does anything but read.
void run_query(const OpenedRun& run, const Vocabulary& vocabulary, const std::string& sql, const RowReader& reader);

}  // namespace clade::query
