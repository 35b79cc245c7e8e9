// Data as they are given: columns of numbers in double precision, before anything is learnt from them. From a file
// (table_reader.hpp), or made by a program. A missing value is NaN.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// What the numbers of a column mean, and so, what inputs they become (column_encoding.hpp).
enum class ColumnKind {
    number,
    category,  ///< positions in `categories`: an input each, 1 for the row's own
    ordinal,   ///< positions in `categories`, as a number
    boolean,   ///< 0 or 1
    time,      ///< seconds since 1970: as `time_parts` say
};
template <>
struct EnumNames<ColumnKind> {
    static constexpr std::array<std::string_view, 5> names{"number", "category", "ordinal", "boolean", "time"};
};

/// What is done about missing values.
enum class MissingValues {
    refuse,
    drop_row,
    mean,           ///< of the training rows, like the next two; most_frequent where there is no mean
    median,         ///< likewise
    most_frequent,  ///< the least of those
    category,       ///< a category of its own, missing_category; most_frequent where there are no categories
};
template <>
struct EnumNames<MissingValues> {
    static constexpr std::array<std::string_view, 6> names{"refuse", "drop_row",      "mean",
                                                           "median", "most_frequent", "category"};
};

/// The category of missing values, where they are one.
inline constexpr std::string_view missing_category = "(missing)";

struct DataColumn {
    std::string name{};
    std::vector<double> values{};  ///< [row_count]
    ColumnKind kind = ColumnKind::number;
    std::vector<std::string> categories{};
    MissingValues fill = MissingValues::refuse;
    bool indicator = false;                 ///< has a further input, 1 where the value is missing
    std::vector<std::string> time_parts{};  ///< empty: seconds
    bool derived = false;                   ///< made of other columns, those of a series; no column of the file
};

/// A column of classes. Each label has outputs of its own, one a class.
struct LabelColumn {
    std::string name = "class";
    std::vector<std::string> classes{};
    std::vector<std::uint32_t> codes{};  ///< [row_count], which of `classes`

    bool operator==(const LabelColumn&) const = default;
};

struct DataTable {
    std::vector<DataColumn> inputs{};
    std::vector<DataColumn> targets{};      ///< for regression; empty for classification
    std::vector<LabelColumn> labels{};      ///< for classification; empty for regression
    std::vector<double> weight{};           ///< [row_count], how much a row counts, greater than 0; empty: all the same
    std::vector<std::uint32_t> group{};     ///< [row_count], rows that belong together; empty: none do
    std::vector<std::uint32_t> sequence{};  ///< [row_count], rows that a network sees one after the other; empty: none
    std::vector<double> order{};            ///< [row_count], ascending within a sequence; empty: as the rows are
    bool is_series = false;                 ///< rows are in the order of time
    std::vector<InputFile> files{};         ///< read for it

    [[nodiscard]] std::size_t row_count() const noexcept { return inputs.empty() ? 0 : inputs.front().values.size(); }
    [[nodiscard]] bool is_classification() const noexcept { return !labels.empty(); }

    /// Rows that must not be parted: groups, else sequences. Empty: any may.
    [[nodiscard]] const std::vector<std::uint32_t>& whole() const noexcept { return group.empty() ? sequence : group; }
};

/// Throws Error for a table that is not as drawn above: columns of other lengths, no rows, inputs or outputs, labels of no
/// class, fewer than two classes of a label, numbers that are infinite, or missing where nothing is to be done about it,
/// weights that are not greater than 0, a sequence of two groups.
void check_table(const DataTable& table);

}  // namespace clade
