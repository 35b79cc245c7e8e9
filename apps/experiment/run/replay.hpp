// Scores a logged champion again and compares its fitness with the log.
#pragma once

#include <clade/experiment/run/rebuild.hpp>

namespace clade {

/// The champion of a generation, alone in a store, as it is logged. Throws FormatError if it is damaged.
[[nodiscard]] GenomeStore logged_champion(const RunLog& log, const GenerationRow& row, const FunctionSet& functions);

/// The fitness of a generation's champion, scored again in its place: by the same random numbers, and together with its
/// generation, bred again from the log, where the task scores genomes together.
[[nodiscard]] double score_again(const OpenedRun& run, const Vocabulary& vocabulary, const GenerationRow& row);

}  // namespace clade
