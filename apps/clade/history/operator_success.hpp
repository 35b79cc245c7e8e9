// How the genomes fared that each operator took part in, compared with their fitter parents.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/experiment/log/run_log.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade::history {

/// The genomes that one operator took part in. A genome of several operators counts in each.
struct OperatorCount {
    std::string name{};
    std::uint64_t genomes = 0;
    std::uint64_t improved = 0;   ///< better than their fitter parent
    std::uint64_t best_ever = 0;  ///< champions of their generation, better than all genomes before
    std::uint64_t scored = 0;     ///< with a finite fitness
    double sum = 0.0;             ///< of their fitness
    double best = 0.0;            ///< NaN: none was scored

    [[nodiscard]] double mean() const;
    [[nodiscard]] double improved_share() const;  ///< of the genomes
};

/// Counts generation after generation.
class OperatorTally {
public:
    explicit OperatorTally(FitnessDirection direction);

    /// Adds a generation: its genomes, and the fitness of the generation before, in which all parents are; empty if there
    /// is none.
    void add(std::span<const GenomeRow> genomes, std::span<const double> before);

    /// A row per operator that occurs, in the order of the bits; last the genomes without any.
    [[nodiscard]] std::vector<OperatorCount> counts() const;

private:
    FitnessDirection direction_;
    double best_;  // of all genomes so far
    std::vector<OperatorCount> counts_;
};

/// Over all generations of a log.
[[nodiscard]] std::vector<OperatorCount> operator_success(const RunLog& log, FitnessDirection direction);

}  // namespace clade::history
