// Summary statistics of a generation and of each species.
#pragma once

#include <clade/core/genome/ids.hpp>

#include <cstdint>

namespace clade {

/// Best, mean, median, standard deviation and worst over the genomes that did not fail; NaN if all failed.
struct FitnessSummary {
    double best = 0.0;
    double mean = 0.0;
    double median = 0.0;
    double deviation = 0.0;
    double worst = 0.0;
};

/// How large genomes are.
struct Complexity {
    double mean_hidden = 0.0;
    double mean_connections = 0.0;  ///< enabled ones
    std::uint32_t best_hidden = 0;
    std::uint32_t best_connections = 0;  ///< enabled ones
};

/// One species in one generation.
struct SpeciesRecord {
    SpeciesId id{};
    std::uint32_t age = 0;         ///< [generations]
    std::uint32_t size = 0;        ///< members
    std::uint32_t stagnation = 0;  ///< [generations] since its best merit improved
    std::uint32_t offspring = 0;   ///< children in the next generation
    double best = 0.0;             ///< fitness of its best member; NaN if all failed
    double mean = 0.0;             ///< over the members that did not fail; NaN if all failed
    GenomeId champion{};           ///< its best member
};

}  // namespace clade
