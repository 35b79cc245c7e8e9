// Judges whether a genome solves the run's task.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/run/engine.hpp>

#include <string>

namespace clade {

/// By the run's solved fitness if it has one, else by the task's own test, else by the task's solved fitness. `genome`
/// is the first of its store. A genome that failed solves nothing. Where an exception of the task does not stop the run
/// (evaluation.on_failure), it solves nothing either, and `problem`, if not null, becomes what is to be said. Throws Cancelled
/// where the test ends so because the engine was asked to stop.
[[nodiscard]] Verdict judge(const Engine& engine, const ExperimentConfig& config, const GenomeStore& genome,
                            double fitness, std::string* problem = nullptr);

/// Whether anything counts as a solution: the run's or the task's solved fitness, or a test of the task, which is asked
/// about `network`, with the worst fitness and no time. The network is reset afterwards.
[[nodiscard]] bool has_solution(const Task& task, const ExperimentConfig& config, Network& network);

}  // namespace clade
