#include <clade/evaluation/tasks/data/data_scores.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace clade {
namespace {

constexpr bool classes = true;
constexpr bool numbers = false;
constexpr FitnessDirection high = FitnessDirection::maximise;
constexpr FitnessDirection low = FitnessDirection::minimise;

constexpr std::array<DataScore, 13> table{{
    {DataFitness::accuracy, classes, high, between(0.0, 1.0), "accuracy", "share of rows whose class is predicted"},
    {DataFitness::cross_entropy, classes, low, at_least(0.0), "cross-entropy",
     "mean of -ln(probability of the row's class), also named log loss"},
    {DataFitness::likelihood, classes, high, between(0.0, 1.0), "", "exp(-cross-entropy)"},
    {DataFitness::balanced_accuracy, classes, high, between(0.0, 1.0), "balanced accuracy",
     "recall of a class (share of its rows that are predicted to be of it), mean over the classes that have rows"},
    {DataFitness::f1_macro, classes, high, between(0.0, 1.0), "F1 macro",
     "F1 of a class, 2 TP / (2 TP + FP + FN), 0 where TP is 0; mean over the classes that have rows or are predicted"},
    {DataFitness::f1_weighted, classes, high, between(0.0, 1.0), "F1 weighted",
     "F1 of a class, mean over the classes weighted by their rows"},
    {DataFitness::roc_auc, classes, high, between(0.0, 1.0), "ROC AUC",
     "probability that a row of the second class ranks above one of the first, ties count half; three classes or more: "
     "each against the rest, mean over the classes that have rows"},
    {DataFitness::brier_score, classes, low, between(0.0, 2.0), "Brier score",
     "squared error of the probability of the second class, mean over the rows; three classes or more: sum over the "
     "classes (0 to 2)"},
    {DataFitness::mean_squared_error, numbers, low, at_least(0.0), "mean squared error",
     "squared error, mean over rows and targets"},
    {DataFitness::r2, numbers, high, Range{.high = 1.0}, "R2",
     "1 - sum of squared errors / sum of squared deviations from the mean, mean over the targets; a constant target "
     "has "
     "1 without an error, else 0"},
    {DataFitness::mean_absolute_error, numbers, low, at_least(0.0), "mean absolute error",
     "absolute error, mean over rows and targets"},
    {DataFitness::root_mean_squared_error, numbers, low, at_least(0.0), "root mean squared error",
     "root of the squared error's mean over the rows, mean over the targets"},
    {DataFitness::closeness, numbers, high, between(0.0, 1.0), "",
     "1 / (1 + squared error / variance of the training targets), of the mean over the targets"},
}};

/// The names of the scores that `wanted` says yes to: "a, b or c".
template <class Wanted>
std::string names_of(const Wanted& wanted, const std::string& before_last) {
    std::vector<std::string_view> names;
    for (const DataScore& score : table) {
        if (wanted(score)) names.push_back(name_of(score.fitness));
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? before_last : ", ";
        text += names[i];
    }
    return text;
}

std::string names_of_kind(bool classification, const std::string& before_last) {
    return names_of([&](const DataScore& score) { return score.classification == classification; }, before_last);
}

}  // namespace

std::span<const DataScore> data_scores() noexcept { return table; }

const DataScore& data_score(DataFitness fitness) {
    const auto* const found = std::ranges::find(table, fitness, &DataScore::fitness);
    if (found == table.end()) throw LogicError("automatic is no score, but a choice among them");
    return *found;
}

bool fits(DataFitness fitness, bool classification) noexcept {
    if (fitness == DataFitness::automatic) return true;
    return std::ranges::any_of(table, [&](const DataScore& score) {
        return score.fitness == fitness && score.classification == classification;
    });
}

std::string_view fitness_meaning() {
    static const std::string text =
        "Score of the training rows that is the fitness. Classification: " + names_of_kind(classes, ", ") +
        "; regression: " + names_of_kind(numbers, ", ") +
        ". Minimised: " + names_of([](const DataScore& score) { return score.direction == low; }, ", ") +
        ". automatic: likelihood, or cross_entropy with output: softmax; closeness of a regression. likelihood: "
        "exp(-cross-entropy); cross_entropy: the log loss; closeness: 1 / (1 + squared error / variance).";
    return text;
}

void check_fitness(DataFitness fitness, bool classification, IssueSink& issues) {
    if (fits(fitness, classification)) return;
    issues.add("fitness", "must be " + std::string(name_of(DataFitness::automatic)) + ", " +
                              names_of_kind(classification, " or ") + " for " +
                              (classification ? "classification" : "regression") + ", got '" +
                              std::string(name_of(fitness)) + "'");
}

}  // namespace clade
