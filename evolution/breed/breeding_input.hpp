// What breeding reads of a scored generation.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/species/speciation.hpp>

#include <cstdint>
#include <span>

namespace clade {

/// A scored generation, and the rules it breeds by.
struct BreedingInput {
    const GenomeStore& population;
    const Speciation& speciation;
    std::span<const double> merit;          ///< [population size], higher is better
    std::span<const std::uint32_t> quotas;  ///< [species], children of each; sums to the population size
    const GenomeParams& genome;
    const EvolutionParams& evolution;
    std::uint64_t seed;
    std::uint32_t generation;  ///< of the parents
};

}  // namespace clade
