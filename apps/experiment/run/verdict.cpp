#include <clade/experiment/run/verdict.hpp>

#include <cmath>
#include <limits>
#include <stop_token>

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

bool has_solution(const Task& task, const ExperimentConfig& config, Network& network) {
    const TaskTraits& traits = task.traits();
    if (config.stop.solved_fitness || traits.solved_fitness) return true;
    std::stop_source no_time;
    no_time.request_stop();
    Deadline deadline;
    deadline.cancel_with(no_time.get_token());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const double worst = traits.direction == FitnessDirection::maximise ? -infinity : infinity;
    bool has_test = true;
    try {
        has_test = task.solves(network, worst, deadline).has_value();
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): a test that did not come to its end is one
    }
    network.reset();
    return has_test;
}

}  // namespace clade
