#include <clade/experiment/run/verdict.hpp>

#include <cmath>

namespace clade {

Verdict judge(const Engine& engine, const ExperimentConfig& config, const GenomeStore& genome, double fitness) {
    const TaskTraits& traits = engine.task->traits();
    if (!std::isfinite(fitness)) return {};
    if (config.stop.solved_fitness) return {reaches(fitness, *config.stop.solved_fitness, traits.direction)};
    Network network = engine.network_of(genome);
    if (auto verdict = engine.task->solves(network, fitness)) return std::move(*verdict);
    return {traits.solved_fitness && reaches(fitness, *traits.solved_fitness, traits.direction)};
}

}  // namespace clade
