#include <clade/experiment/trials/trials_summary.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// The summary of value(result) over results; NaN is left out.
template <class Value>
Summary summary_of(const std::vector<TrialResult>& results, const Value& value) {
    std::vector<double> values;
    for (const TrialResult& result : results) {
        const auto number = static_cast<double>(value(result));
        if (!std::isnan(number)) values.push_back(number);
    }
    return summarise(std::move(values));
}

}  // namespace

double measure_of(const std::vector<Measure>& measures, const std::string& name) {
    const auto found =
        std::find_if(measures.begin(), measures.end(), [&](const Measure& measure) { return measure.name == name; });
    return found == measures.end() ? nan : found->value;
}

TrialsSummary summarise(const std::vector<TrialResult>& results) {
    std::vector<TrialResult> solved;
    std::copy_if(results.begin(), results.end(), std::back_inserter(solved),
                 [](const TrialResult& result) { return result.solved; });
    const auto has_criterion = [](const TrialResult& result) { return result.has_criterion; };
    TrialsSummary summary{.trials = results.size(),
                          .solved = solved.size(),
                          .has_criterion = std::any_of(results.begin(), results.end(), has_criterion),
                          .success = wilson_interval(solved.size(), results.size())};
    const std::vector<TrialResult>& counted = summary.has_criterion ? solved : results;
    const auto evaluations = [](const TrialResult& result) { return result.evaluations; };
    summary.evaluations = summary_of(counted, evaluations);
    summary.all_evaluations = summary_of(results, evaluations);
    summary.generations = summary_of(counted, [](const TrialResult& result) { return result.generations; });
    summary.hidden_nodes = summary_of(counted, [](const TrialResult& result) { return result.hidden_nodes; });
    summary.connections = summary_of(counted, [](const TrialResult& result) { return result.connections; });
    summary.best_fitness = summary_of(results, [](const TrialResult& result) { return result.fitness; });
    summary.held_out = summary_of(results, [](const TrialResult& result) { return result.held_out(); });
    for (const std::string& name : measure_names(counted, [](const TrialResult& result) { return result.measures; })) {
        summary.measures.push_back(
            {name, summary_of(counted, [&](const TrialResult& result) { return measure_of(result.measures, name); })});
    }
    for (const TrialResult& result : results) summary.run_seconds += result.seconds;
    return summary;
}

}  // namespace clade
