// Compares sets of trials: the evaluations to a solution by ranks, and the success rates.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/experiment/trials/statistics.hpp>
#include <clade/experiment/trials/trials.hpp>

#include <cstddef>
#include <vector>

namespace clade {

/// What the trials are ranked by, the best first.
enum class TrialRank {
    evaluations,  ///< to the solution; trials without one share the last place
    held_out,     ///< held-out mean fitness of the champion, where no trial of any set found a solution
    fitness       ///< of the champion in evolution, where moreover a champion has no held-out mean
};
template <>
struct EnumNames<TrialRank> {
    static constexpr std::array<std::string_view, 3> names{"evaluations", "held_out", "fitness"};
};

/// Two of the sets; a < b. p-values are as they count among all pairs (Holm).
struct ComparedPair {
    std::size_t a = 0;
    std::size_t b = 0;
    RankTest ranks{};        ///< `a12`: the chance that a trial of `a` is better; `p` of this pair alone
    double ranks_p = 1.0;    ///< adjusted
    double success_p = 1.0;  ///< adjusted, of Fisher's test
};

struct TrialsComparison {
    TrialRank rank = TrialRank::evaluations;
    std::vector<Summary> ranked{};  ///< of each set's trials, what they are ranked by; unsolved ones are infinite
    std::vector<ComparedPair> pairs{};
};

/// @pre two sets or more, none empty.
[[nodiscard]] TrialsComparison compare_trials(const std::vector<std::vector<TrialResult>>& sets,
                                              FitnessDirection direction);

}  // namespace clade
