// The stage between scoring a generation and telling its fitness: weights of some genomes are improved.
//
//   due? -> speciate -> pick genomes -> candidates -> score -> ... until no evaluations are left, or the run is solved
//                                                                -> revise, fitness
#pragma once

#include <clade/evaluation/scoring/batch_evaluator.hpp>
#include <clade/evolution/refine/refinement.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace clade {

struct Engine;

/// A generation between its scoring and tell().
struct ScoredGenomes {
    std::vector<double>& fitness;                                                ///< of each genome
    std::vector<GenomeValues>& values;                                           ///< what the task found beside it
    std::uint64_t evaluations_left = std::numeric_limits<std::uint64_t>::max();  ///< before the run ends
};

/// What a refinement of a generation came to.
struct RefineOutcome {
    std::vector<RefinedGenome> refined{};
    std::size_t evaluations = 0;       ///< candidates scored
    std::optional<Verdict> verdict{};  ///< on the best genome, if it was judged
    std::size_t judged = 0;            ///< which genome that is
};

/// Refines genomes of the engine's generation if that is due: their new fitness and values replace the old ones, and the
/// evolver's genomes are revised. Ends early when the best genome of the generation solves the task, which is asked of
/// the scored one, and of each that becomes the best, at the end of an iteration. An iteration that would take more
/// evaluations than are left is not begun.
[[nodiscard]] RefineOutcome refine_generation(Engine& engine, const ExperimentConfig& config,
                                              const ScoredGenomes& scored);

}  // namespace clade
