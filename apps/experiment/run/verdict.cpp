#include <clade/experiment/run/verdict.hpp>

#include <cmath>

namespace clade {

Verdict judge(const Engine& engine, const ExperimentConfig& config, const GenomeStore& genome, double fitness,
              std::string* problem) {
    const TaskTraits& traits = engine.task->traits();
    if (!std::isfinite(fitness)) return {};
    if (config.stop.solved_fitness) return {reaches(fitness, *config.stop.solved_fitness, traits.direction)};
    Network network = engine.network_of(genome);
    try {
        if (auto verdict = engine.task->solves(network, fitness, engine.test_deadline)) return std::move(*verdict);
    } catch (const LogicError&) {
        throw;
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        if (config.evaluation.failure.on_failure == OnFailure::stop) throw;
        if (problem != nullptr) *problem = error.what();
        return {};
    }
    return {traits.solved_fitness && reaches(fitness, *traits.solved_fitness, traits.direction)};
}

}  // namespace clade
