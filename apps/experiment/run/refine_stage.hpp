// The stage `refine`: improves the weights of some genomes between scoring and tell().
//
//   due? -> speciate -> pick genomes -> candidates -> score -> ... until no evaluations are left, or the run is solved
//                                                                -> revise, fitness
#pragma once

#include <clade/core/score_table.hpp>
#include <clade/evaluation/task.hpp>
#include <clade/evolution/refine/refined_genome.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/run/engine.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace clade {

/// The result of refining a generation.
struct RefineOutcome {
    std::vector<RefinedGenome> refined{};
    std::optional<Verdict> verdict{};  ///< on the best genome, if it was judged
    std::size_t judged = 0;            ///< which genome that is
};

/// Refines genomes of the engine's scored generation if that is due: their new scores replace the old ones, the number of
/// networks scored grows, and the evolver's genomes are revised. Ends early when the best genome of the generation solves
/// the task, which is asked of the scored one, and of each that becomes the best, at the end of an iteration. An iteration
/// that would take more evaluations than are left is not begun.
[[nodiscard]] RefineOutcome refine_generation(Engine& engine, const ExperimentConfig& config, ScoreTable& scores,
                                              std::uint64_t evaluations_left);

}  // namespace clade
