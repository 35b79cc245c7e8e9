// The first generation: one topology, or a random one for each genome, with newborn attributes.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evolution/genome_params.hpp>
#include <clade/evolution/innovation_table.hpp>

namespace clade {

struct InitialPopulationRequest {
    const GenomeParams& params;
    const NodeFunctions& functions;
    std::size_t population_size;
    std::uint64_t seed;
    std::uint32_t generation;  ///< 0, or that of a restart
};

/// Fills `population`, of the run's shape, with newborn genomes.
void make_initial_population(const InitialPopulationRequest& request, const Parallel& parallel,
                             InnovationTable& innovations, GenomeStore& population);

/// Fills `population` with copies of one genome, the first as it is, the others with newborn weights and biases.
void make_population_from(const GenomeView& genome, const InitialPopulationRequest& request, const Parallel& parallel,
                          GenomeStore& population);

}  // namespace clade
