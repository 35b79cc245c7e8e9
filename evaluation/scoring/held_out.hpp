// Finds the best of several genomes on held-out evaluations, by successive halving, and measures it.
//
//   round     evaluations so far       who is evaluated
//   1         n1                       all candidates
//   2         n1 + n2                  the better half by mean fitness
//   ...       until one is left: the best. Each round may cost the same part of the budget.
//   the last  what the budget leaves   the best alone, on further evaluations: the fitness that is reported
//
// In a generation of a noisy task the genome of best fitness is often the luckiest. Held-out evaluations have random
// numbers that evolution never used (Generation::held_out), the same for all candidates of a round. The mean that is
// reported comes from evaluations that were not used to choose: the winner's mean on those would be too high.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/core/generation.hpp>
#include <clade/evaluation/scoring/scorer.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// How the champion of a noisy task is chosen.
struct ChampionParams {
    int candidates = 32;  ///< 0: the champion is the genome of best fitness
    int evaluations = 100;
    double budget = 0.05;

    bool operator==(const ChampionParams&) const = default;
};

void visit_fields(ChampionParams& p, FieldVisitor& field);

/// A genome's fitness over several evaluations.
struct MeanFitness {
    double mean = 0.0;       ///< NaN if it failed in one of them
    double deviation = 0.0;  ///< sample standard deviation of an evaluation; 0 for fewer than two
    std::size_t evaluations = 0;

    /// Of the mean.
    [[nodiscard]] double standard_error() const;

    /// Whether one more evaluation that gave `fitness` is unlikely (about 1 in 20) to be of the same genome by chance.
    [[nodiscard]] bool excludes(double fitness) const;
};

[[nodiscard]] MeanFitness mean_fitness(std::span<const double> values);

/// The best of several candidates.
struct HeldOutChoice {
    std::size_t best = 0;                   ///< index of the candidate
    MeanFitness fitness{};                  ///< of the best, on evaluations that were not used to choose
    std::vector<MeanFitness> candidates{};  ///< of each, on those that did
    std::uint64_t evaluations = 0;          ///< of all rounds and the last
};

/// How many of `available` candidates the parameters and this many evaluations allow; 0 if not even one can be measured.
[[nodiscard]] std::size_t candidate_count(const ChampionParams& params, std::size_t available, std::uint64_t budget);

/// Chooses with at most `budget` evaluations. Of equal candidates the first is chosen. Throws as Scorer::score() does.
/// @pre candidate_count(params, the candidates, budget) is their number; they are at least one.
[[nodiscard]] HeldOutChoice choose_on_held_out(Scorer& scorer, const Generation& candidates, FitnessDirection direction,
                                               const ChampionParams& params, std::uint64_t budget);

}  // namespace clade
