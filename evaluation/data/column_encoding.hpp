// How a column of a table becomes inputs of a network: a plain value, learnt from the training rows once, then applied to
// any rows.
//
//   number, ordinal, boolean   one input
//   category                   one input a category, 1 for the row's own and 0 else
//   time                       an input a part; two (sine and cosine) of hour, weekday and month, which go round
//   indicator                  one input more, 1 where the value is missing
//
// An input is (number - mean) / deviation, computed in double and then rounded to float.
#pragma once

#include <clade/evaluation/data/data_matrix.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clade {

struct ColumnEncoding {
    std::string name{};
    ColumnKind kind = ColumnKind::number;
    std::vector<std::string> categories{};
    std::vector<std::string> time_parts{};
    std::optional<double> fill{};  ///< instead of a missing value; none: there must be none
    bool indicator = false;
    bool derived = false;             ///< made of other columns: the lags and means of a series
    std::vector<double> mean{};       ///< [input_count]
    std::vector<double> deviation{};  ///< [input_count]

    /// What the inputs are called: "age", "city=Bonn", "start hour sine", "age missing".
    [[nodiscard]] std::vector<std::string> input_names() const;
};

void visit_fields(ColumnEncoding& encoding, FieldVisitor& field);

/// Throws Error for an encoding that fit_encoding() cannot give: unknown parts of times, means or deviations of another
/// number of inputs, a deviation that is not greater than 0, a category twice.
void check_encoding(const ColumnEncoding& encoding);

/// Whether missing values become inputs: another value is filled in, or they are a category.
[[nodiscard]] bool takes_missing(const ColumnEncoding& encoding);

/// The parts that `time_parts` may name.
[[nodiscard]] std::span<const std::string_view> known_time_parts() noexcept;

/// Learns from these rows. With `standardise`, numbers, ordinals and parts of times get mean 0 and deviation 1 (0 where
/// they are all equal). What the column says to fill in is learnt even where no value is missing: others may be. Throws Error if a value is to be filled in and none of these rows has one.
[[nodiscard]] ColumnEncoding fit_encoding(const DataColumn& column, std::span<const std::size_t> rows,
                                          bool standardise);

/// Appends the inputs of these rows of a column's values to `inputs`. Throws Error for numbers beyond the range of float,
/// and where at least half of the different values would become equal to others.
void append_inputs(const ColumnEncoding& encoding, std::span<const double> values, std::span<const std::size_t> rows,
                   DataMatrix& inputs);

/// The same for rows that nothing was learnt from, all of them. Different values may become equal; a missing value that
/// the encoding does not take is an error.
void append_new_inputs(const ColumnEncoding& encoding, std::span<const double> values, DataMatrix& inputs);

}  // namespace clade
