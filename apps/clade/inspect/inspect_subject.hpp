// The run that `clade inspect` shows.
#pragma once

#include <clade/experiment/run/rebuild.hpp>

#include <cstdint>

namespace clade::inspect {

/// A run opened for reading, and what every page needs of it.
struct Subject {
    const OpenedRun& run;
    const Vocabulary& vocabulary;
    FitnessDirection direction;
    std::uint64_t population;  ///< genomes a generation
};
[[nodiscard]] Subject subject_of(const OpenedRun& run, const Vocabulary& vocabulary);

/// Throws InputError with the generations that there are.
[[nodiscard]] GenerationRow known_generation(const Subject& subject, std::uint32_t generation);

/// The row of a genome of the log. Throws InputError with the ids that there are.
[[nodiscard]] GenomeRow known_genome(const Subject& subject, GenomeId id);

/// The genome alone, with the weights of its generation; bred again where the log does not have it. Throws InputError as
/// known_genome() does.
[[nodiscard]] GenomeStore genes_of(const Subject& subject, GenomeId id);

/// The champion of the run. Throws InputError if there is none: every genome failed.
[[nodiscard]] GenomeId champion_of(const Subject& subject);

}  // namespace clade::inspect
