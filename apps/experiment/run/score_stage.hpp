// The stage `evaluate`: scores the evolver's generation, and keeps the genomes that could not be scored.
#pragma once

#include <clade/core/score_table.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <cstdint>

namespace clade {

/// Where failed genomes are told of and kept.
struct FailureOutput {
    const RunFolder& folder;
    const ExperimentConfig& config;
    MessageLog& messages;
};

/// Scores the engine's generation. A task that scores all genomes at once is asked again if on_failure is retry. Throws
/// what the scorer throws, of a task's own scorer with generation and task in front; of a ThreadScorer, the genome that a
/// ScoringError is of is kept first. Throws Error where the scores of a task's own scorer lack numbers.
void score_generation(Engine& engine, const FailureOutput& output, ScoreTable& scores);

/// Says which genomes failed, and keeps as many of them in the folder failed/ as log.failed_genomes has room for; says when
/// that is full. `genomes` are those of the generation of this number, in their order.
void keep_failed(const FailureOutput& output, const GenomeStore& genomes, std::uint32_t generation,
                 const std::vector<GenomeFailure>& failures, const FunctionSet& functions);

/// "12 exception, 3 time" of these failures; empty for none.
[[nodiscard]] std::string failure_kinds_text(const std::vector<GenomeFailure>& failures);

}  // namespace clade
