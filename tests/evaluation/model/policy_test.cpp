// Models of control tasks act as the engine's episodes do.
#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/model/policy.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>

#include <gtest/gtest.h>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace clade {
namespace {

/// Plays a task's first episode step by step with a policy, and expects the actions of the engine's trace.
void expect_actions_of_trace(const ControlTask& task, const NetworkParams& params) {
    const Model model = model_from_json(model_to_json(testing::model_of(task, params)));
    Network network = make_network(model.genome);
    const Trace trace = task.trace(network, 4);
    ASSERT_GT(trace.rows.size(), 3U);
    const std::size_t observations = task.environment().observations.size();
    const std::size_t actions = task.environment().actions.size();
    Policy policy(model);
    ASSERT_EQ(policy.observations().size(), observations);
    std::vector<float> action(actions);
    for (const std::vector<double>& row : trace.rows) {
        const std::vector<float> observed(row.begin() + 1, row.begin() + 1 + static_cast<std::ptrdiff_t>(observations));
        policy.act(observed, action);
        for (std::size_t a = 0; a < actions; ++a) EXPECT_EQ(double{action[a]}, row[1 + observations + a]);
    }
}

TEST(Policy, ActsAsTheEngineDoesInAnEpisode) {
    for (const NetworkParams& network :
         {NetworkParams(NetworkKind::feed_forward), NetworkParams(NetworkKind::recurrent)}) {
        expect_actions_of_trace(CartPoleTask(CartPoleTask::Params{}, TaskContext{}), network);
        expect_actions_of_trace(PendulumTask(PendulumTask::Params{}, TaskContext{}), network);
    }
}

TEST(Policy, RefusesOtherSizesAndOtherModels) {
    const CartPoleTask task(CartPoleTask::Params{}, TaskContext{});
    Policy policy(testing::model_of(task));
    std::array<float, 1> action{};
    EXPECT_EQ(message_of<Error>([&] { policy.act(std::array{0.0F}, action); }),
              "a policy takes 4 observations and gives 1 actions, got room for 1 and 1");
    const Model alone{.genome = {testing::random_genome({}, 1), {}}};
    EXPECT_EQ(message_of<Error>([&] { (void)Policy(alone); }),
              "this model is not one of a control task: it has no actions");
}

}  // namespace
}  // namespace clade
