// Scores a logged champion, or any genome of a run, again, to compare its fitness with the log.
#pragma once

#include <clade/experiment/run/rebuild.hpp>

#include <cstdint>
#include <optional>

namespace clade {

/// The fitness of a generation's champion, scored again in its place: by the same random numbers, and together with its
/// generation, bred again from the log, where the task scores genomes together.
[[nodiscard]] double score_again(const OpenedRun& run, const Vocabulary& vocabulary, const GenerationRow& row);

/// A genome of a run, scored alone.
struct RescoredGenome {
    GenomeId id{};
    std::uint32_t generation = 0;
    GenomeStore genome;  ///< it alone
    double fitness = 0.0;
    std::optional<GenomeFailure> failure{};  ///< why it failed now
    std::optional<double> logged_fitness{};  ///< nothing of the generation that was not finished
    std::optional<GenomeFailure> logged_failure{};

    /// Whether what is logged came out again; of an unlogged genome, whether it could be scored.
    [[nodiscard]] bool as_logged() const noexcept;
};

/// Scores a genome in its place, as score_again() does; one that dropped out of a race plays all episodes. Its genes come
/// from the folder failed/, or its generation is bred again from the log: any logged one, or the one after these. If it
/// fails, that is in the result. Throws InputError with the ids that there are.
[[nodiscard]] RescoredGenome score_genome_again(const OpenedRun& run, const Vocabulary& vocabulary, GenomeId id);

}  // namespace clade
