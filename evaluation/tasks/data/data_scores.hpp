// The scores of predictions, one table: what each is named, of which kind of data it is, which way it improves, its range
// and formula. Choices of `fitness`, reports, reference and pages follow from it.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace clade {

/// Which score of the training rows is the fitness. Append: their order is that of their names.
enum class DataFitness {
    automatic,   ///< likelihood for classification, cross_entropy with output: softmax; closeness for regression
    likelihood,  ///< exp(-cross-entropy), the geometric mean of the probabilities of the right classes
    accuracy,
    cross_entropy,
    closeness,  ///< 1 / (1 + squared error / variance of the targets): 1/2 for always saying the mean
    mean_squared_error,
    balanced_accuracy,
    f1_macro,
    f1_weighted,
    roc_auc,
    brier_score,
    mean_absolute_error,
    root_mean_squared_error,
    r2,
};
template <>
struct EnumNames<DataFitness> {
    static constexpr std::array<std::string_view, 14> names{"automatic",
                                                            "likelihood",
                                                            "accuracy",
                                                            "cross_entropy",
                                                            "closeness",
                                                            "mean_squared_error",
                                                            "balanced_accuracy",
                                                            "f1_macro",
                                                            "f1_weighted",
                                                            "roc_auc",
                                                            "brier_score",
                                                            "mean_absolute_error",
                                                            "root_mean_squared_error",
                                                            "r2"};
};

/// How well a network does on some rows. Those of the other kind of data are NaN.
struct DataMeasures {
    double accuracy = 0.0;
    double cross_entropy = 0.0;
    double mean_squared_error = 0.0;
    double normalised_error = 0.0;  ///< squared error / variance of the training targets, mean over the targets
    double r2 = 0.0;
};

/// What is known of a score.
struct DataScore {
    DataFitness fitness{};
    bool classification = true;  ///< else of regression
    FitnessDirection direction = FitnessDirection::maximise;
    Range range{};
    std::string_view label{};    ///< in reports; empty: reports do not have it
    std::string_view formula{};  ///< in words
};

/// Those of classification, then those of regression, each in the order of reports.
[[nodiscard]] std::span<const DataScore> data_scores() noexcept;

/// Throws LogicError for automatic.
[[nodiscard]] const DataScore& data_score(DataFitness fitness);

/// Whether `fitness` can be asked of such data.
[[nodiscard]] bool fits(DataFitness fitness, bool classification) noexcept;

/// The meaning of a task's parameter `fitness`, with all choices.
[[nodiscard]] std::string_view fitness_meaning();

/// Reports a fitness that cannot be asked of such data, with those that can.
void check_fitness(DataFitness fitness, bool classification, IssueSink& issues);

}  // namespace clade
