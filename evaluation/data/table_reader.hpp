// Reads a file of rows into a table of data.
//
// Everything that is wrong is collected and thrown as one Error, problems of a kind once: file:line:column, the rule, the
// value found, how often, and what to do. The text is read in parts, so reading takes little more memory than the table.
#pragma once

#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace clade {

/// Reads a file, which may be packed (gzip, zstd) or UTF-16. `expected_rows`: room for so many is made beforehand.
/// Throws Error if the file cannot be read, or is not what format and columns say. @pre `columns` has a label or targets.
[[nodiscard]] DataTable read_table(const std::filesystem::path& file, const CsvFormat& format,
                                   const DatasetColumns& columns, std::size_t expected_rows = 0);

/// The same of a file's bytes; `name` is its name in messages.
[[nodiscard]] DataTable parse_table(std::string_view bytes, const std::string& name, const CsvFormat& format,
                                    const DatasetColumns& columns);

}  // namespace clade
