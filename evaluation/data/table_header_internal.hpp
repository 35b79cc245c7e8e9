// The names of a file's columns, and which of them are read.
#pragma once

#include <clade/evaluation/data/column_options.hpp>
#include <clade/evaluation/data/csv_problems.hpp>
#include <clade/evaluation/data/csv_rows_internal.hpp>
#include <clade/evaluation/data/field_values_internal.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A name or a field as messages show it.
[[nodiscard]] std::string in_quotes(std::string_view text);

struct TableHeader {
    std::vector<std::string> names;  // [column_count]
    std::vector<CsvPlace> places;    // [column_count]
    bool may_be_data = false;        // what was taken for names looks like a row
};

/// Reads the header, or makes one; the rows then go on with the first row of data. Throws Error for an empty file.
[[nodiscard]] TableHeader read_header(CsvRows& rows, const std::string& file, const CsvFormat& format,
                                      const FieldValues& values, CsvProblems& problems);

enum class ColumnRole { input, target, label, weight, group, sequence, order };

struct ColumnUse {
    std::size_t field;  // position in the file
    ColumnRole role;
};

/// The columns that are read: targets or labels, then inputs, then the group and the sequence.
[[nodiscard]] std::vector<ColumnUse> columns_used(const TableHeader& header, const DatasetColumns& columns,
                                                  CsvProblems& problems);

/// Adds one problem with all columns that the header must name, but does not.
void require_columns(const TableHeader& header, const DatasetColumns& columns, CsvProblems& problems);

}  // namespace clade
