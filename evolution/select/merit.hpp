// Merit: what selection sees of a genome. Speciation, sharing and ranking go by it; champions are those of fitness.
//
//   scores (fitness, named columns) -> merit [genomes], higher is better -> ranking, sharing, parents, elites
//
// A run logs a merit that is not simply its fitness, so that generations can be bred again without scoring anything.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/core/score_table.hpp>

#include <span>

namespace clade {

/// Makes merit of scores: by fitness if an evolver has none of its own. Derive for novelty, several directions, ...
class Merit {
public:
    virtual ~Merit() = default;

    /// Writes the merit of each genome [scores.fitness.size()]: higher is better. What is not finite counts as the worst.
    /// Called once a generation, in their order.
    virtual void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) = 0;
};

/// Fitness, turned so that higher is better; that of a failed genome is minus infinity.
class FitnessMerit final : public Merit {
public:
    void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) override;
};

}  // namespace clade
