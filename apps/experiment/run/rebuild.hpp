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

/// Which way the run's fitness improves.
[[nodiscard]] FitnessDirection logged_direction(const RunLog& log);

/// The generation in which the run was solved, as it is logged, if it was.
[[nodiscard]] std::optional<GenerationRow> solving_generation(const RunLog& log);

/// The generation whose champion the run stands for: that of the genome that solved it, else the first that holds the
/// best fitness; nothing as long as every genome has failed.
[[nodiscard]] std::optional<GenerationRow> champion_row(const RunLog& log, FitnessDirection direction);

/// Revises the genomes of the evolver's generation as it is logged that refinement did.
/// Throws FormatError if the logged weights do not fit.
void revise_logged(Engine& engine, const RunLog& log);

/// Tells an engine's evolver the logged scores until it stands at `generation`.
/// Throws Error if a generation is missing or comes out other than it was logged.
void replay_logged(Engine& engine, const RunLog& log, std::uint32_t generation);

/// An engine whose evolver stands at `generation`, rebuilt from the log; what refinement changed in the generation is
/// changed. Throws Error if a generation comes out other than it was logged.
[[nodiscard]] std::unique_ptr<Engine> rebuild(const OpenedRun& run, const Vocabulary& vocabulary,
                                              std::uint32_t generation);

}  // namespace clade
