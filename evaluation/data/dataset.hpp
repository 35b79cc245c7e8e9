// The rows that networks are scored on: inputs in single precision, as networks read them, and what is to be said of each.
//
//   inputs   [row_count x feature_count]   column-major: an input is contiguous, which Network::activate_batch() takes
//   targets  [row_count x target_count]    for regression, in double precision; empty for classification
//   labels   [label_count] x [row_count]   for classification: classes and codes; empty for regression
//   weight   [row_count]                   how much a row counts, greater than 0; or empty: all the same
//
// Rows of sequences lie step by step: the first row of each sequence, the longest sequence first; then their second rows;
// and so on. So those that a network sees in one step are contiguous, and sequences that have ended are the last ones.
#pragma once

#include <clade/evaluation/data/column_encoding.hpp>
#include <clade/evaluation/data/data_matrix.hpp>
#include <clade/evaluation/data/data_split.hpp>
#include <clade/evaluation/data/data_table.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade {

struct Dataset {
    std::vector<std::string> features{};  ///< [feature_count], the names of the inputs
    std::vector<std::string> outputs{};   ///< names of the targets, or of the classes; of several labels "LABEL=CLASS"
    DataMatrix inputs{};
    TargetMatrix targets{};
    std::vector<LabelColumn> labels{};
    std::vector<double> weight{};
    std::vector<std::size_t> step_begin{};  ///< the first row of each step; empty: rows are independent of each other

    [[nodiscard]] bool has_sequences() const noexcept { return !step_begin.empty(); }

    /// Behind the last row of a step.
    [[nodiscard]] std::size_t step_end(std::size_t step) const noexcept {
        return step + 1 < step_begin.size() ? step_begin[step + 1] : row_count();
    }
    [[nodiscard]] std::size_t row_count() const noexcept { return inputs.rows(); }
    [[nodiscard]] std::size_t feature_count() const noexcept { return inputs.columns(); }
    [[nodiscard]] bool is_classification() const noexcept { return !labels.empty(); }

    /// The first output of a label; its classes have one each, in their order.
    [[nodiscard]] std::size_t first_output(std::size_t label) const noexcept {
        std::size_t first = 0;
        for (std::size_t before = 0; before < label; ++before) first += labels[before].classes.size();
        return first;
    }

    /// All inputs, input by input: what activate_batch() takes.
    [[nodiscard]] std::span<const float> observations() const noexcept { return inputs.values(); }
};

struct DatasetSplit {
    Dataset training{};
    Dataset validation{};
    Dataset test{};
    std::vector<ColumnEncoding> encodings{};  ///< learnt from the training rows, one a column
};

/// The parts of a table, encoded. The table is used up, column by column, so that both never lie in memory whole.
/// Throws Error as fit_encoding() and append_inputs() do.
[[nodiscard]] DatasetSplit encode(DataTable table, const RowSplit& rows, bool standardise);

/// These rows of a data set, independent of each other.
[[nodiscard]] Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows);

/// A random sample of `count` rows by `seed`, in the order of the data; of sequences whole ones, until there are as many
/// rows. @pre count <= row_count().
[[nodiscard]] Dataset draw_rows(const Dataset& data, std::size_t count, std::uint64_t seed);

}  // namespace clade
