// What every task made of episodes promises, and episodes of policies written by hand.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace clade::testing {

using Policy = std::function<void(std::span<const float> observation, std::span<float> action)>;

/// A policy.
inline void do_nothing(std::span<const float> /*observation*/, std::span<float> action) {
    std::fill(action.begin(), action.end(), 0.0F);
}

/// An episode: what was seen, earned and how it ended.
struct Episode {
    std::vector<std::vector<float>> observations{};  ///< [steps + 1]
    std::vector<double> rewards{};                   ///< [steps]
    double total = 0.0;
    bool done = false;
    friend bool operator==(const Episode&, const Episode&) = default;
};

inline Episode run_episode(Environment& environment, std::uint64_t seed, const Policy& policy) {
    const EnvironmentTraits& traits = environment.traits();
    std::vector<float> observation(traits.observations.size());
    std::vector<float> action(traits.actions.size());
    Episode episode;
    environment.reset(seed, observation);
    episode.observations.push_back(observation);
    while (!episode.done && episode.rewards.size() < traits.step_limit) {
        policy(observation, action);
        const Step step = environment.step(action, observation);
        episode.observations.push_back(observation);
        episode.rewards.push_back(step.reward);
        episode.total += step.reward;
        episode.done = step.done;
    }
    return episode;
}

/// Mean return of the episodes 0, 1, ..., count - 1.
inline double mean_return(Environment& environment, std::size_t count, const Policy& policy) {
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < count; ++seed) sum += run_episode(environment, seed, policy).total;
    return sum / static_cast<double>(count);
}

/// Episodes played in parts, one first and then the rest, bring what evaluate() has of all: `fitness`.
inline void check_parts(const ControlTask& task, Network& network, const Seeds& seeds, double fitness) {
    const auto evaluator = task.make_evaluator();
    std::vector<double> returns(task.traits().episodes);
    evaluator->play(network, seeds, 0, std::span(returns).first(1));
    const std::vector<double> behaviour(evaluator->behaviour().begin(), evaluator->behaviour().end());
    if (returns.size() > 1) evaluator->play(network, seeds, 1, std::span(returns).subspan(1));
    const std::vector<double> before = returns;
    EXPECT_EQ(evaluator->fitness_of(returns), fitness);
    EXPECT_EQ(returns, before) << "fitness_of() changes nothing";
    EXPECT_EQ(task.make_evaluator()->evaluate(network, seeds), fitness);
    (void)evaluator->evaluate(network, seeds);
    EXPECT_EQ(behaviour, std::vector<double>(evaluator->behaviour().begin(), evaluator->behaviour().end()))
        << "of the first episode";
}

/// Equal seeds give equal scores, whoever computes them and whatever was scored before, for networks of any structure.
inline void check_control_task(const ControlTask& task, std::uint64_t genomes = 10) {
    const auto evaluator = task.make_evaluator();
    for (std::uint64_t seed = 0; seed < genomes; ++seed) {
        RandomGenomeOptions options;
        options.shape = {static_cast<std::uint32_t>(task.traits().input_count),
                         static_cast<std::uint32_t>(task.traits().output_count), false};
        options.recurrent = seed % 2 == 0;
        Network network = make_network(
            {random_genome(options, seed), options.recurrent ? NetworkKind::recurrent : NetworkKind::feed_forward});
        const double fitness = evaluator->evaluate(network, {1, 2, 3});
        EXPECT_EQ(evaluator->behaviour().size(), task.traits().behaviour.size());
        (void)evaluator->evaluate(network, {4, 5, 6});
        EXPECT_EQ(evaluator->evaluate(network, {1, 2, 3}), fitness) << "an evaluator carries nothing over";
        EXPECT_EQ(task.make_evaluator()->evaluate(network, {1, 2, 9}), fitness) << "evaluators share no state";
        if (task.traits().episodes > 0) check_parts(task, network, {1, 2, 3}, fitness);
        const Trace trace = task.trace(network, seed);
        EXPECT_FALSE(trace.empty());
        EXPECT_EQ(trace.drawings.size(), trace.rows.size());
    }
    const TaskPage page = task.page();
    EXPECT_EQ(page.inputs.size(), task.traits().input_count);
    EXPECT_EQ(page.outputs.size(), task.traits().output_count);
    for (const std::string& text : {page.reward, page.termination, page.solved, page.source})
        EXPECT_FALSE(text.empty());
}

}  // namespace clade::testing
