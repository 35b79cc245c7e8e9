// The initial population: one topology, or a random one per genome, with initial attributes.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/genome/innovation_table.hpp>

namespace clade {

struct InitialPopulationInput {
    const GenomeParams& params;
    const NodeFunctions& functions;
    std::size_t population_size;
    std::uint64_t seed;
    std::uint32_t generation;  ///< 0, or that of a restart
};

/// What make_initial_population() would make, told beforehand. Numbers too large to be made are told as well.
struct InitialCounts {
    double nodes = 0;        ///< of a genome
    double possible = 0;     ///< connections that genomes choose from
    double connections = 0;  ///< of a genome, on average
};
[[nodiscard]] InitialCounts initial_counts(const GenomeParams& params, const GenomeShape& shape);

/// Fills `population`, of the run's shape, with newborn genomes.
void make_initial_population(const InitialPopulationInput& input, const Parallel& parallel,
                             InnovationTable& innovations, GenomeStore& population);

/// A genome made elsewhere, with the numbers it would have if its run had begun with it: innovations 0, 1, ... and hidden
/// nodes first_hidden(), ... in the order they had. What is sized by a number is then sized by the genome.
/// @pre `saved` is sound and holds one genome.
[[nodiscard]] GenomeStore renumbered(const GenomeStore& saved);

/// Fills `population` with copies of one genome, the first as it is, the others with newborn weights and biases.
void make_population_from(const GenomeView& genome, const InitialPopulationInput& input, const Parallel& parallel,
                          GenomeStore& population);

}  // namespace clade
