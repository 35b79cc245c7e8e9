// The classic control tasks: what they say of themselves, what they show, and that known rules solve them.
#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <clade/core/random/random.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/network/network_compiler.hpp>
#include <clade/evaluation/tasks/control/acrobot.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/continuous_mountain_car.hpp>
#include <clade/evaluation/tasks/control/mountain_car.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace clade {
namespace {

const std::vector<std::string>& names() {
    static const std::vector<std::string> all{"cart_pole", "mountain_car", "continuous_mountain_car", "acrobot",
                                              "pendulum"};
    return all;
}

std::unique_ptr<Task> make_task(const std::string& name) {
    static const TaskRegistry registry = builtin_tasks();
    return registry.at(name).blueprint()->make({});
}

struct Weight {
    std::uint32_t input, output;
    float weight;
};

/// A network of sums without hidden nodes; each output may have a bias.
Network sums(std::uint32_t inputs, const std::vector<float>& biases, const std::vector<Weight>& weights) {
    const auto outputs = static_cast<std::uint32_t>(biases.size());
    GenomeStore store({inputs, outputs, false});
    const GenomeSize size{outputs, static_cast<std::uint32_t>(weights.size())};
    store.place({&size, 1});
    for (std::uint32_t o = 0; o < outputs; ++o) {
        set_node(store.rows(0), o, {NodeId{inputs + o}, biases[o], 1.0F, Activation::identity, Aggregation::sum});
    }
    for (std::uint32_t i = 0; i < weights.size(); ++i) {
        set_connection(
            store.rows(0), i,
            {Innovation{i}, NodeId{weights[i].input}, NodeId{inputs + weights[i].output}, weights[i].weight, 1});
    }
    return make_network({store, NetworkKind::feed_forward});
}

double score(const Task& task, Network& network) {
    network.reset();
    return task.make_evaluator()->evaluate(network, {1, 2, 3});
}

TEST(ClassicControlTasks, SayWhatTheyAre) {
    for (const std::string& name : names()) {
        const auto task = make_task(name);
        const TaskPage page = task->page();
        EXPECT_EQ(task->traits().name, name);
        EXPECT_EQ(page.inputs.size(), task->traits().input_count);
        EXPECT_EQ(page.outputs.size(), task->traits().output_count);
        for (const std::string* text : {&page.reward, &page.termination, &page.source}) {
            EXPECT_FALSE(text->empty()) << name;
        }
        for (const Signal& input : page.inputs) {
            EXPECT_FALSE(input.name.empty());
            if (!std::isfinite(input.high)) continue;
            const double largest = std::max(-input.low, input.high) * input.scale;
            EXPECT_GT(largest, 0.5) << name << ' ' << input.name << ": networks read numbers of order 1";
            EXPECT_LT(largest, 4.0) << name << ' ' << input.name;
        }
    }
}

TEST(ClassicControlTasks, ShowEveryStepWithinTheirCorners) {
    for (const std::string& name : names()) {
        const auto task = make_task(name);
        testing::RandomGenomeOptions options;
        options.shape = {static_cast<std::uint32_t>(task->traits().input_count),
                         static_cast<std::uint32_t>(task->traits().output_count), false};
        Network network = make_network({testing::random_genome(options, 3), NetworkKind::feed_forward});
        const Trace trace = task->trace(network, 1);
        ASSERT_EQ(trace.drawings.size(), trace.rows.size()) << name;
        for (const Drawing& drawing : trace.drawings) {
            bool has_body = false;
            for (const Shape& shape : drawing.shapes) {
                has_body = has_body || shape.role == Shape::Role::body;
                for (const Point& point : shape.points) {
                    EXPECT_TRUE(point.x >= trace.low.x && point.x <= trace.high.x && point.y >= trace.low.y &&
                                point.y <= trace.high.y)
                        << name << ": " << point.x << ", " << point.y;
                }
            }
            EXPECT_TRUE(has_body) << name;
        }
    }
}

TEST(CartPoleTask, IsSolvedByTwoWeights) {
    const auto task = make_task("cart_pole");
    // Right if theta + 0.5 theta' > 0; inputs are 5 theta and 0.5 theta'.
    Network network = sums(4, {0.0F, 0.0F}, {{2, 1, 0.2F}, {3, 1, 1.0F}});
    const double fitness = score(*task, network);
    EXPECT_GT(fitness, 475.0);
    network.reset();
    EXPECT_TRUE(task->solves(network, fitness, {})->solved);
    Network idle = sums(4, {0.0F, 1.0F}, {});
    EXPECT_LT(score(*task, idle), 12.0) << "always right";
}

TEST(MountainCarTask, IsNotQuiteSolvedByPushingTheWayItGoes) {
    const auto task = make_task("mountain_car");
    Network network = sums(2, {0.0F, -1.0F, 0.0F}, {{1, 2, 1.0F}});
    const Measure mean = task->report(network).measures[1];
    EXPECT_EQ(mean.name, "held-out mean return");
    EXPECT_LT(mean.value, -115.0);
    EXPECT_GT(mean.value, -150.0);
    network.reset();
    EXPECT_FALSE(task->solves(network, -105.0, {})->solved) << "lucky episodes are not enough";
    Network idle = sums(2, {0.0F, 1.0F, 0.0F}, {});
    EXPECT_EQ(score(*task, idle), -200.0) << "coasting";
}

TEST(ContinuousMountainCarTask, IsSolvedByAForceInProportionToTheVelocity) {
    const auto task = make_task("continuous_mountain_car");
    // Force 2 (0.5 + 0.6 x 20 v) - 1.
    Network network = sums(2, {0.5F}, {{1, 0, 0.6F}});
    const double fitness = score(*task, network);
    EXPECT_GT(fitness, 90.0);
    network.reset();
    EXPECT_TRUE(task->solves(network, fitness, {})->solved);
    Network idle = sums(2, {0.5F}, {});
    EXPECT_EQ(score(*task, idle), 0.0) << "no force";
}

TEST(AcrobotTask, IsSolvedByATorqueThatFollowsTheSecondJoint) {
    const auto task = make_task("acrobot");
    Network network = sums(6, {0.0F, -1.0F, 0.0F}, {{5, 2, 1.0F}});
    const double fitness = score(*task, network);
    EXPECT_GT(fitness, -100.0);
    network.reset();
    EXPECT_TRUE(task->solves(network, fitness, {})->solved);
    Network idle = sums(6, {0.0F, 1.0F, 0.0F}, {});
    EXPECT_EQ(score(*task, idle), -500.0) << "no torque";
}

TEST(PendulumTask, CostsMoreThan900WithoutTorque) {
    const auto task = make_task("pendulum");
    Network idle = sums(3, {0.5F}, {});
    const double fitness = score(*task, idle);
    EXPECT_LT(fitness, -900.0);
    EXPECT_GT(fitness, -16.2737 * 200);
}

}  // namespace
}  // namespace clade
