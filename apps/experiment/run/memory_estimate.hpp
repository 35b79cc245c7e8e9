// What memory a run needs at its beginning, estimated before it is taken.
#pragma once

#include <clade/core/genome/genome_store.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <cstdint>
#include <span>

namespace clade {

/// The limit of the configuration. [bytes]
[[nodiscard]] std::uint64_t memory_limit(const ExperimentConfig& config);

/// The first generation: genomes x (nodes, connections).
struct GenerationSize {
    double genomes = 0;
    double nodes = 0;        ///< of a genome
    double connections = 0;  ///< of a genome, on average
    double possible = 0;     ///< connections that the genomes choose from

    /// With the next generation, the fitness table and the champion as text. [bytes]
    [[nodiscard]] double memory() const noexcept;
};

/// `initial` is the saved genome to start from, or null.
[[nodiscard]] GenerationSize first_generation_size(const ExperimentConfig& config, const GenomeShape& shape,
                                                   const GenomeStore* initial);

/// Throws FieldError, with the numbers, if the first generation, the data that `files` hold and refinement need more than
/// the limit.
void check_memory(const ExperimentConfig& config, const GenerationSize& generation, std::span<const InputFile> files);

}  // namespace clade
