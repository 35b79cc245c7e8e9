// Merit: what selection goes by. Fitness sharing, stagnation, elites and parents go by merit; champions go by fitness.
//
//   scores (fitness, named columns) -> merit [genomes], higher is better -> ranking, sharing, parents, elites
//
// A merit other than fitness is logged, so that generations can be rebuilt without scoring.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/core/score_table.hpp>

#include <functional>
#include <memory>
#include <span>

namespace clade {

/// Computes merit from scores. Derive for novelty, several objectives, ...
class Merit {
public:
    virtual ~Merit() = default;

    /// Writes the merit of each genome [scores.fitness.size()]: higher is better. Numbers that are not finite rank
    /// last. Called once for each generation, in order, also when a run is rebuilt from its log. The logged merit is used
    /// then, but a merit with memory (an archive) sees the same generations.
    virtual void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) = 0;

    /// Saves its memory, for Evolver::write(). Nothing by default.
    virtual void write(ByteWriter& /*out*/) const {}

    /// Restores the saved memory. Throws FormatError if it is damaged.
    virtual void read(ByteReader& /*in*/) {}
};

/// Makes a merit; each evolver has its own.
using MeritFactory = std::function<std::unique_ptr<Merit>()>;

/// Fitness, turned so that higher is better; that of a failed genome is minus infinity.
class FitnessMerit final : public Merit {
public:
    void assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) override;
};

}  // namespace clade
