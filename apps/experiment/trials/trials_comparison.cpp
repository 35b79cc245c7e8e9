#include <clade/experiment/trials/trials_comparison.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

std::size_t solved_count(const std::vector<TrialResult>& results) {
    return static_cast<std::size_t>(
        std::count_if(results.begin(), results.end(), [](const TrialResult& result) { return result.solved; }));
}

/// What a trial is ranked by, smaller for a better one.
double cost_of(const TrialResult& result, TrialRank rank, FitnessDirection direction) {
    if (rank == TrialRank::evaluations) return result.solved ? static_cast<double>(result.evaluations) : infinity;
    const double fitness = rank == TrialRank::held_out ? result.held_out() : result.fitness;
    if (std::isnan(fitness)) return infinity;
    return direction == FitnessDirection::maximise ? -fitness : fitness;
}

/// What all trials of all sets can be ranked by.
TrialRank rank_of(const std::vector<std::vector<TrialResult>>& sets) {
    bool all_held_out = true;
    for (const std::vector<TrialResult>& results : sets) {
        if (solved_count(results) > 0) return TrialRank::evaluations;
        for (const TrialResult& result : results) all_held_out = all_held_out && !std::isnan(result.held_out());
    }
    return all_held_out ? TrialRank::held_out : TrialRank::fitness;
}

std::vector<double> costs_of(const std::vector<TrialResult>& results, TrialRank rank, FitnessDirection direction) {
    std::vector<double> costs;
    for (const TrialResult& result : results) costs.push_back(cost_of(result, rank, direction));
    return costs;
}

/// Of the costs, turned back into fitness where a higher one is better.
Summary summary_of(std::vector<double> costs, TrialRank rank, FitnessDirection direction) {
    if (rank != TrialRank::evaluations && direction == FitnessDirection::maximise) {
        for (double& cost : costs) cost = -cost;
    }
    return summarise(std::move(costs));
}

}  // namespace

TrialsComparison compare_trials(const std::vector<std::vector<TrialResult>>& sets, FitnessDirection direction) {
    TrialsComparison comparison;
    comparison.rank = rank_of(sets);
    std::vector<std::vector<double>> costs;
    for (const auto& results : sets) {
        costs.push_back(costs_of(results, comparison.rank, direction));
        comparison.ranked.push_back(summary_of(costs.back(), comparison.rank, direction));
    }
    std::vector<double> ranks_p;
    std::vector<double> success_p;
    for (std::size_t a = 0; a < sets.size(); ++a) {
        for (std::size_t b = a + 1; b < sets.size(); ++b) {
            comparison.pairs.push_back({.a = a, .b = b, .ranks = rank_test(costs[a], costs[b])});
            ranks_p.push_back(comparison.pairs.back().ranks.p);
            success_p.push_back(
                fisher_test(solved_count(sets[a]), sets[a].size(), solved_count(sets[b]), sets[b].size()));
        }
    }
    ranks_p = holm(ranks_p);
    success_p = holm(success_p);
    for (std::size_t i = 0; i < comparison.pairs.size(); ++i) {
        comparison.pairs[i].ranks_p = ranks_p[i];
        comparison.pairs[i].success_p = success_p[i];
    }
    return comparison;
}

}  // namespace clade
