// Merit: what selection sees of a genome. Speciation, sharing and ranking go by it; champions are those of fitness.
//
//   scores (fitness, named columns) -> merit [genomes], higher is better -> ranking, sharing, parents, elites
//
// A run logs a merit that is not simply its fitness, so that generations can be bred again without scoring anything.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/core/score_table.hpp>

#include <functional>
#include <memory>
#include <span>

namespace clade {

/// Makes merit of scores: by fitness if an evolver has none of its own. Derive for novelty, several directions, ...
class Merit {
public:
    virtual ~Merit() = default;

    /// Writes the merit of each genome [scores.fitness.size()]: higher is better. What is not finite counts as the worst.
    /// Called once for each generation, in their order; also where a run is bred again from its log, whose merit then
    /// counts: so a merit that remembers (an archive) remembers the same.
    virtual void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) = 0;

    /// What it remembers, for Evolver::write(). Nothing by default.
    virtual void write(ByteWriter& /*out*/) const {}

    /// Remembers what was written instead. Throws FormatError if it is damaged.
    virtual void read(ByteReader& /*in*/) {}
};

/// Makes the merit of an evolver, which has one of its own.
using MeritFactory = std::function<std::unique_ptr<Merit>()>;

/// Fitness, turned so that higher is better; that of a failed genome is minus infinity.
class FitnessMerit final : public Merit {
public:
    void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) override;
};

}  // namespace clade
