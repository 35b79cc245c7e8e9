// Data sets of supervised tasks: features with labels or targets, split into training and validation.
//
//   inputs   [row_count x feature_count]   column-major: a feature is contiguous, which Network::activate_batch() takes
//   targets  [row_count x target_count]    for regression; empty for classification
//   label    [row_count]                   for classification: which of `classes`; empty for regression
//   weight   [row_count]                   how much a row counts, greater than 0; or empty: all the same
#pragma once

#include <clade/evaluation/data/csv_table.hpp>
#include <clade/evaluation/data/data_matrix.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade {

struct Dataset {
    std::vector<std::string> features{};  ///< [feature_count], the names of the inputs
    std::vector<std::string> outputs{};   ///< the names of the targets, or of the classes, sorted
    DataMatrix inputs{};
    DataMatrix targets{};
    std::vector<std::uint32_t> label{};
    std::vector<InputFile> files{};  ///< read for it
    std::vector<double> weight{};

    [[nodiscard]] std::size_t row_count() const noexcept { return inputs.rows(); }
    [[nodiscard]] std::size_t feature_count() const noexcept { return inputs.columns(); }
    [[nodiscard]] bool is_classification() const noexcept { return !label.empty(); }

    /// All inputs, feature by feature: what activate_batch() takes.
    [[nodiscard]] std::span<const float> observations() const noexcept { return inputs.values(); }
};

/// Throws Error for a data set that is not as drawn above: parts of other sizes, no rows, features or outputs, labels of no
/// class, fewer than two classes, numbers that are not finite, weights that are not greater than 0.
void check_dataset(const Dataset& data);

/// The roles of a table's columns. `features` empty: every column that is neither label nor target.
struct DatasetColumns {
    std::vector<std::string> features{};
    std::vector<std::string> targets{};  ///< for regression
    std::string label{};                 ///< for classification
    std::string weight{};                ///< empty: rows have none
};

/// Throws Error for columns that are not there or serve twice, with every field that is missing or no number, or if the
/// label column has fewer than two classes. @pre either `targets` or `label` is given.
[[nodiscard]] Dataset make_dataset(const CsvTable& table, const DatasetColumns& columns);

struct DatasetSplit {
    Dataset training{};
    Dataset validation{};
};

/// Sets this part of the rows aside for validation, drawn by `seed`, of every class the same part (rounded). Both parts
/// keep the order of the rows. Throws FieldError if nothing is left for training.
[[nodiscard]] DatasetSplit split(const Dataset& data, double validation_fraction, std::uint64_t seed);

/// One of `count` parts into which the rows are dealt.
struct Fold {
    std::size_t count = 5;
    std::size_t index = 0;  ///< from 0 on
};

/// Sets one fold aside for validation. The folds of one seed partition the rows; their sizes, and their rows of each
/// class, differ by one at most. Both parts keep the order of the rows. Throws FieldError if there are fewer rows than
/// folds. @pre 2 <= count, index < count.
[[nodiscard]] DatasetSplit split_fold(const Dataset& data, const Fold& fold, std::uint64_t seed);

/// These rows, in this order.
[[nodiscard]] Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows);

/// A random sample of `count` rows by `seed`, in the order of the data. @pre count <= row_count().
[[nodiscard]] Dataset draw_rows(const Dataset& data, std::size_t count, std::uint64_t seed);

/// Mean and standard deviation of columns.
struct Standardisation {
    std::vector<float> mean{};
    std::vector<float> deviation{};  ///< 1 where a column is constant

    /// (value - mean) / deviation, in place. @pre as many columns as were measured.
    void apply(DataMatrix& columns) const;
};

/// Of the rows given: take the training rows only, so that nothing is learnt from the validation rows.
[[nodiscard]] Standardisation measure_standardisation(const DataMatrix& columns);

}  // namespace clade
