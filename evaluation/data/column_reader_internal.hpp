// Reads the fields of one column of a table.
#pragma once

#include <clade/evaluation/data/column_encoding.hpp>
#include <clade/evaluation/data/csv_format.hpp>
#include <clade/evaluation/data/csv_problems.hpp>
#include <clade/evaluation/data/csv_rows_internal.hpp>
#include <clade/evaluation/data/data_table.hpp>
#include <clade/evaluation/data/field_values_internal.hpp>
#include <clade/evaluation/data/table_header_internal.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace clade {

/// A larger number is refused: sums of squares of numbers up to it are finite, as scales and scores need.
constexpr double largest_number = 1e150;

/// Reads one column, field by field.
class ColumnReader {
public:
    ColumnReader(std::string name, ColumnRole role, const ColumnOptions& options, const CsvFormat& format);

    /// A column whose kind and categories are known.
    ColumnReader(const ColumnEncoding& known, bool may_miss, ColumnRole role, const CsvFormat& format);

    /// Of data that nothing is learnt from: messages name no key of the configuration.
    void set_known() { known_ = true; }

    [[nodiscard]] ColumnRole role() const { return role_; }
    [[nodiscard]] bool drops_row() const { return column_.fill == MissingValues::drop_row; }

    /// The number of a field; NaN: it is missing, or a problem.
    double read(std::string_view text, const FieldValues& values, const CsvRows& rows, const CsvField& field,
                CsvProblems& problems) {
        if (column_.kind == ColumnKind::number && role_ != ColumnRole::weight) {  // most columns
            const std::optional<double> number = values.number(text);
            if (number && std::abs(*number) <= largest_number) return *number;  // and not NaN
        }
        return read_with_care(text, values, {rows, field, problems});
    }

    void reserve(std::size_t rows) { column_.values.reserve(rows); }
    void append(double value) { column_.values.push_back(value); }

    /// The column; categories that were found are sorted, so that they do not depend on the order of the rows.
    DataColumn take();

private:
    /// Where problems of a field are told.
    struct Teller {
        const CsvRows& rows;
        const CsvField& field;
        CsvProblems& problems;
    };

    void choose_kind(const ColumnOptions& options);
    double read_with_care(std::string_view text, const FieldValues& values, const Teller& teller);
    double missing(std::string_view text, const Teller& teller);
    std::optional<double> value_of(std::string_view text, const FieldValues& values);
    std::optional<double> category_of(std::string_view text);

    [[nodiscard]] std::string kind_in_words() const;
    [[nodiscard]] std::string some_categories() const;
    [[nodiscard]] std::string way_out(std::string_view text) const;
    void tell_missing(std::string_view text, const Teller& teller) const;
    void tell(const Teller& teller, const std::string& rule, const char* kind, const std::string& way) const;

    ColumnRole role_;
    const CsvFormat& format_;
    DataColumn column_;
    bool given_categories_ = false;                     // no others are taken
    bool known_ = false;                                // from other data
    bool may_miss_ = false;                             // of a known column
    std::map<std::string, double, std::less<>> codes_;  // by category, in the order found
};

}  // namespace clade
