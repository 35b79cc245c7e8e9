// Rebuilds the generations of a logged run by breeding again with the logged fitness, without scoring.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace clade {

/// A run opened for reading: its configuration and log. Its task need not be one of the vocabulary, as long as nothing is
/// made of it.
struct OpenedRun {
    RunFolder folder;
    ExperimentConfig config;
    RunLog log;
};
[[nodiscard]] OpenedRun open_run(const RunFolder& folder, const Vocabulary& vocabulary);

/// The direction of the run's fitness.
[[nodiscard]] FitnessDirection logged_direction(const RunLog& log);

/// The logged generation in which the run was solved, if it was.
[[nodiscard]] std::optional<GenerationRow> solving_generation(const RunLog& log);

/// The generation of the run's champion: the genome that was chosen on held-out evaluations, else the one that solved it,
/// else the first one of best fitness; nothing as long as every genome has failed.
[[nodiscard]] std::optional<GenerationRow> champion_row(const RunLog& log, FitnessDirection direction);

/// Gives the genomes of the evolver's generation the logged weights of refinement.
/// Throws FormatError if the logged weights do not fit.
void revise_logged(Engine& engine, const RunLog& log);

/// Breeds with the logged scores until the engine's evolver is at `generation`.
/// Throws Error if a generation is missing or differs from the log.
void replay_logged(Engine& engine, const RunLog& log, std::uint32_t generation);

/// An engine whose evolver is at `generation`, rebuilt from the log, with refined weights. Throws Error if a generation
/// differs from the log.
[[nodiscard]] std::unique_ptr<Engine> rebuild(const OpenedRun& run, const Vocabulary& vocabulary,
                                              std::uint32_t generation);

}  // namespace clade
