// Reads a file of rows into a table of data.
//
// Everything that is wrong is collected and thrown as one Error, problems of a kind once: file:line:column, the rule, the
// value found, how often, and what to do. The text is read in parts, so reading takes little more memory than the table.
#pragma once

#include <clade/evaluation/data/column_encoding.hpp>
#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Reads a file, which may be packed (gzip, zstd) or UTF-16. `expected_rows`: room for so many is made beforehand.
/// Throws Error if the file cannot be read, or is not what format and columns say. @pre `columns` has labels,
/// targets, or features.
[[nodiscard]] DataTable read_table(const std::filesystem::path& file, const CsvFormat& format,
                                   const DatasetColumns& columns, std::size_t expected_rows = 0);

/// The same of a file's bytes; `name` is its name in messages.
[[nodiscard]] DataTable parse_table(std::string_view bytes, const std::string& name, const CsvFormat& format,
                                    const DatasetColumns& columns);

/// Columns that are known from other data: those that a model was trained on.
struct KnownColumns {
    std::vector<ColumnEncoding> inputs{};  ///< none derived; read with their kinds and categories
    std::vector<std::string> targets{};
    bool targets_may_miss = false;
    std::vector<LabelColumn> labels{};  ///< without codes: names, and the classes that they may have; empty: not read
    std::string weight{};               ///< empty: not read
    std::string group{};                ///< empty: not read
    SequenceColumns sequence{};         ///< empty: not read
    ColumnKind order_kind = ColumnKind::number;  ///< or time
};

/// Reads these columns of a file, by their names: it may have others, in any order. A category that is not known, and a
/// missing value that its encoding does not take, is a problem. Makes no lags. Throws Error as read_table() does; all
/// columns that are missing are told at once.
[[nodiscard]] DataTable read_known_table(const std::filesystem::path& file, const CsvFormat& format,
                                         const KnownColumns& columns);
[[nodiscard]] DataTable parse_known_table(std::string_view bytes, const std::string& name, const CsvFormat& format,
                                          const KnownColumns& columns);

}  // namespace clade
