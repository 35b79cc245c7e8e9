// Summary of a set of trials: success rate, evaluations to the solution, size of the networks.
#pragma once

#include <clade/experiment/trials/statistics.hpp>
#include <clade/experiment/trials/trials.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace clade {

/// A measure of champions, e.g. "generalisation".
struct MeasureSummary {
    std::string name;
    Summary values{};
};

/// Where nothing else is said, of the trials that solved the task; of all trials where nothing counts as a solution.
struct TrialsSummary {
    std::size_t trials = 0;
    std::size_t solved = 0;
    bool has_criterion = true;  ///< whether anything counts as a solution
    Interval success{};         ///< 95 % interval of the share of trials that solved the task
    Summary evaluations{};      ///< to the solution
    Summary all_evaluations{};  ///< of all trials; of one without a solution, what it was given
    Summary generations{};
    Summary hidden_nodes{};
    Summary connections{};
    Summary best_fitness{};                  ///< in evolution, of all trials with a champion
    Summary held_out{};                      ///< held-out mean fitness of the champions, of all trials that have one
    std::vector<MeasureSummary> measures{};  ///< in the order in which they appear
    double run_seconds = 0.0;                ///< sum of all trials' own time

    /// Whether each trial's champion has a held-out mean, so that trials can be compared by it.
    [[nodiscard]] bool all_held_out() const { return held_out.count == trials; }

    [[nodiscard]] double success_rate() const { return static_cast<double>(solved) / static_cast<double>(trials); }
};

/// @pre there is a trial.
[[nodiscard]] TrialsSummary summarise(const std::vector<TrialResult>& results);

/// A champion's measure of that name; NaN if it has none.
[[nodiscard]] double measure_of(const std::vector<Measure>& measures, const std::string& name);

/// The names of the measures of several champions, in the order in which they appear.
template <class Results, class Measures>
[[nodiscard]] std::vector<std::string> measure_names(const Results& results, const Measures& measures_of) {
    std::vector<std::string> names;
    for (const auto& result : results) {
        for (const Measure& measure : measures_of(result)) {
            if (std::find(names.begin(), names.end(), measure.name) == names.end()) names.push_back(measure.name);
        }
    }
    return names;
}

}  // namespace clade
