// The record of a scored generation: fitness, species, champion, lineage. The run log is written from it.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/generation_summary.hpp>

#include <cstdint>
#include <vector>

namespace clade {

/// The best genome so far, over all generations.
struct BestEver {
    double fitness = 0.0;
    std::uint32_t generation = 0;
    GenomeId id = no_genome;
    GenomeStore genome{};  ///< one genome; empty as long as every genome has failed
};

/// The record of a scored generation, from tell(). Overwritten by the next call.
struct GenerationRecord {
    std::uint32_t generation = 0;
    FitnessSummary fitness{};
    Complexity complexity{};
    std::size_t failed_count = 0;  ///< genomes whose fitness was not a finite number
    double threshold = 0.0;        ///< compatibility threshold that the generation was split with
    std::vector<SpeciesRecord> species{};
    std::size_t champion = 0;       ///< index of the best genome
    GenomeStore champion_genome{};  ///< the best genome alone
    std::uint64_t digest = 0;       ///< of the generation's genomes
    bool restarted = false;         ///< every species had stopped: the next generation is a new first one

    // A row a genome, in the order of the generation. [population size]
    std::vector<double> genome_fitness{};
    std::vector<double> merit{};                  ///< the merit of selection; empty: fitness
    std::vector<std::uint32_t> genome_species{};  ///< SpeciesId
    std::vector<std::uint64_t> parent_a{};        ///< GenomeId of the fitter parent, or no_genome
    std::vector<std::uint64_t> parent_b{};        ///< GenomeId of the other parent, or no_genome
    std::vector<std::uint16_t> operators{};       ///< bits of Operator
};

}  // namespace clade
