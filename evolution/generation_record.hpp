// What there is to know of a generation once it has been scored: the input of the run log.
#pragma once

#include <clade/core/genome/genome_store.hpp>

#include <cstdint>
#include <vector>

namespace clade {

struct SpeciesRecord {
    SpeciesId id{};
    std::uint32_t age = 0;         ///< [generations]
    std::uint32_t size = 0;        ///< members
    std::uint32_t stagnation = 0;  ///< [generations] since its best fitness improved
    std::uint32_t offspring = 0;   ///< children in the next generation
    double best = 0.0;             ///< fitness of its best member; NaN if all failed
    double mean = 0.0;             ///< over the members that did not fail; NaN if all failed
    GenomeId champion{};
};

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

/// The best genome so far, over all generations.
struct BestEver {
    double fitness = 0.0;
    std::uint32_t generation = 0;
    GenomeId id = no_genome;
    GenomeStore genome;  ///< one genome; empty as long as every genome has failed
};

/// What tell() says of the generation that was scored. Overwritten by the next call.
struct GenerationRecord {
    std::uint32_t generation = 0;
    FitnessSummary fitness;
    Complexity complexity;
    std::size_t failed_count = 0;  ///< genomes whose fitness was not a finite number
    double threshold = 0.0;        ///< compatibility threshold that the generation was split with
    std::vector<SpeciesRecord> species;
    std::size_t champion = 0;     ///< index of the best genome
    GenomeStore champion_genome;  ///< the best genome alone
    std::uint64_t digest = 0;     ///< of the generation's genomes
    bool restarted = false;       ///< every species had stopped: the next generation is a new first one

    // A row a genome, in the order of the generation. [population size]
    std::vector<double> genome_fitness;
    std::vector<std::uint32_t> genome_species;  ///< SpeciesId
    std::vector<std::uint64_t> parent_a;        ///< GenomeId of the fitter parent, or no_genome
    std::vector<std::uint64_t> parent_b;        ///< GenomeId of the other parent, or no_genome
    std::vector<std::uint16_t> operators;       ///< bits of Operator
};

}  // namespace clade
