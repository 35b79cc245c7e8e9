// Scores of predicted numbers, with the definitions of scikit-learn: mean squared error, its root, mean absolute error, R2.
//
// All arithmetic is in double precision, and sums go over the rows in their order.
#pragma once

#include <clade/evaluation/tasks/data/data_scores.hpp>

#include <span>

namespace clade {

/// Estimates of one target. A score of several targets is the mean over them.
struct NumberPredictions {
    std::span<const double> estimates{};  ///< [row_count]
    std::span<const double> targets{};    ///< [row_count]
    std::span<const double> weight{};     ///< [row_count], greater than 0; or empty: all 1
};

/// A score of regression other than closeness, which needs the training targets. NaN without rows, and if an estimate is
/// not finite or an error too large for a double.
[[nodiscard]] double number_score(DataFitness score, const NumberPredictions& rows);

}  // namespace clade
