// Scores of predicted classes, with the definitions of scikit-learn: accuracy, balanced accuracy, F1, ROC AUC, cross-entropy,
// Brier score.
//
// All arithmetic is in double precision, and sums go over the rows, then over the classes, in their order.
#pragma once

#include <clade/evaluation/tasks/data/data_scores.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace clade {

/// Outputs of a network for rows of known classes. The probabilities of a row's classes are the softmax of sharpness x
/// outputs; said is the class of the largest output, the first of equal ones.
struct ClassPredictions {
    std::span<const float> outputs{};        ///< [class_count x row_count], class by class
    std::span<const std::uint32_t> label{};  ///< [row_count], below class_count
    std::span<const double> weight{};        ///< [row_count], greater than 0; or empty: all 1
    double sharpness = 1.0;

    [[nodiscard]] std::size_t row_count() const noexcept { return label.size(); }
    [[nodiscard]] std::size_t class_count() const noexcept { return label.empty() ? 0 : outputs.size() / label.size(); }
};

/// The class of a row's largest output, the first of equal ones.
[[nodiscard]] std::size_t said_class(const ClassPredictions& rows, std::size_t row);

/// The probability of a class of a row.
[[nodiscard]] double class_probability(const ClassPredictions& rows, std::size_t row, std::size_t c);

/// A score of classification. NaN without rows, if an output is not finite, and for ROC AUC if all rows are of one class.
[[nodiscard]] double class_score(DataFitness score, const ClassPredictions& rows);

}  // namespace clade
