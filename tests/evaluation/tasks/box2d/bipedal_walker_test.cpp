// The bipedal walker, moved by hand.
#include <clade/evaluation/tasks/box2d/bipedal_walker.hpp>

#include "tests/support/control_task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>

namespace clade {
namespace {

using testing::do_nothing;
using testing::Episode;
using testing::run_episode;

using Observation = std::span<const float>;

/// Swings both legs, half a swing apart.
testing::Policy swinging() {
    return [t = 0](Observation /*o*/, std::span<float> action) mutable {
        const double phase = 0.3 * t++;
        for (std::size_t i = 0; i < 4; ++i) action[i] = static_cast<float>(std::sin(phase + (i < 2 ? 0.0 : 3.14)));
    };
}

TEST(BipedalWalker, FallsWhenItsMotorsAreOff) {
    const auto environment = make_bipedal_walker({});
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        const Episode episode = run_episode(*environment, seed, do_nothing);
        EXPECT_TRUE(episode.done) << "the hull touches the ground";
        EXPECT_EQ(episode.rewards.back(), -100.0);
        EXPECT_LT(episode.total, -80.0);
        EXPECT_GT(episode.total, -130.0);
    }
}

/// 130/30 x - 5 |angle| of the hull: x from where its corners are drawn, whose mean lies at (2.8, 0.6) / 30 in the hull.
double shaping_of(const Environment& environment, double angle) {
    const std::vector<Point> corners = environment.draw().shapes.back().points;
    double x = 0.0;
    for (const Point& corner : corners) x += corner.x / static_cast<double>(corners.size());
    x -= (2.8 * std::cos(angle) - 0.6 * std::sin(angle)) / 30.0;
    return 130.0 / 30.0 * x - 5.0 * std::abs(angle);
}

TEST(BipedalWalker, EarnsTheChangeOfShapingMinusTheTorqueOfItsMotors) {
    const auto environment = make_bipedal_walker({});
    std::vector<float> observation(24);
    for (const float strength : {0.0F, 0.5F, 1.0F, 7.0F}) {
        environment->reset(1, observation);
        const double before = shaping_of(*environment, observation[0]);
        const Step step = environment->step(std::vector<float>(4, strength), observation);
        const double gained = shaping_of(*environment, observation[0]) - before;
        EXPECT_NEAR(gained - step.reward, 0.00035 * 80.0 * 4.0 * std::min(double{strength}, 1.0), 1e-4);
    }
}

TEST(BipedalWalker, MovesItsJointsWithinTheirLimits) {
    const auto environment = make_bipedal_walker({});
    const Episode episode = run_episode(*environment, 2, swinging());
    ASSERT_GT(episode.rewards.size(), 20U);
    float lowest = 9.0F;
    float highest = -9.0F;
    for (const std::vector<float>& o : episode.observations) {
        for (const std::size_t leg : {4U, 9U}) {
            lowest = std::min(lowest, o[leg]);
            highest = std::max(highest, o[leg]);
            EXPECT_GT(o[leg], -0.8F - 0.15F);
            EXPECT_LT(o[leg], 1.1F + 0.15F);
            EXPECT_GT(o[leg + 2], -0.6F - 0.15F);
            EXPECT_LT(o[leg + 2], 0.9F + 0.15F);
            EXPECT_TRUE(o[leg + 4] == 0.0F || o[leg + 4] == 1.0F);
        }
        for (std::size_t ray = 14; ray < 24; ++ray) {
            EXPECT_GT(o[ray], 0.0F);
            EXPECT_LE(o[ray], 1.0F);
        }
    }
    EXPECT_GT(highest - lowest, 0.5F) << "the motors move them";
}

TEST(BipedalWalker, SeesTheGroundWithTheRaysThatPointDown) {
    const auto environment = make_bipedal_walker({});
    std::vector<float> observation(24);
    environment->reset(1, observation);
    const double hip_height = 2.0 * 34.0 / 30.0;  // of the hull's centre above the ground, about
    EXPECT_NEAR(observation[14], hip_height / (160.0 / 30.0), 0.02);
    for (std::size_t ray = 15; ray < 24; ++ray) {
        EXPECT_GE(observation[ray], observation[ray - 1]) << "the start is level";
        EXPECT_NEAR(observation[ray], std::min(1.0, observation[14] / std::cos(0.15 * static_cast<double>(ray - 14))),
                    0.02);
    }
}

TEST(BipedalWalker, RepeatsAnEpisodeBitForBitWhateverWentBeforeAndOnAnyThread) {
    for (const bool hardcore : {false, true}) {
        const auto environment = make_bipedal_walker({.hardcore = hardcore});
        const Episode first = run_episode(*environment, 11, swinging());
        for (std::uint64_t seed = 0; seed < 3; ++seed) (void)run_episode(*environment, seed, do_nothing);
        EXPECT_EQ(run_episode(*environment, 11, swinging()), first);
        Episode elsewhere;
        std::thread([&] {
            elsewhere = run_episode(*make_bipedal_walker({.hardcore = hardcore}), 11, swinging());
        }).join();
        EXPECT_EQ(elsewhere, first);
        EXPECT_NE(run_episode(*environment, 12, swinging()), first);
    }
}

TEST(BipedalWalker, HasRoughGroundAfterALevelStartAndObstaclesIfHardcore) {
    std::vector<float> observation(24);
    const auto easy = make_bipedal_walker({});
    easy->reset(1, observation);
    const Drawing drawing = easy->draw();
    EXPECT_EQ(drawing.shapes.size(), 1U + 4U + 1U) << "ground, legs, hull";
    const std::vector<Point>& ground = drawing.shapes[0].points;
    ASSERT_EQ(ground.size(), 200U);
    const double level = 400.0 / 30.0 / 4.0;
    for (std::size_t i = 0; i <= 20; ++i) EXPECT_NEAR(ground[i].y, level, 0.03) << i;
    double roughness = 0.0;
    for (std::size_t i = 21; i < 200; ++i) roughness += std::abs(ground[i].y - ground[i - 1].y);
    EXPECT_GT(roughness, 2.0);
    easy->reset(2, observation);
    EXPECT_NE(easy->draw().shapes[0].points[50].y, ground[50].y);

    const auto hardcore = make_bipedal_walker({.hardcore = true});
    std::set<double> heights;  // in steps of the terrain: stumps of 1 and 2, stairs of 1, walls of pits of 4
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        hardcore->reset(seed, observation);
        const std::vector<Shape> shapes = hardcore->draw().shapes;
        ASSERT_GT(shapes.size(), 6U + 5U);
        for (std::size_t i = 1; i + 5 < shapes.size(); ++i) {
            heights.insert(std::round((shapes[i].points[2].y - shapes[i].points[0].y) * 30.0 / 14.0));
        }
    }
    EXPECT_EQ(heights, (std::set<double>{1.0, 2.0, 4.0}));
    EXPECT_EQ(hardcore->traits().step_limit, 2000U);
}

TEST(BipedalWalkerTask, ScoresEqualSeedsEqually) {
    BipedalWalkerParams params;
    params.episodes.episodes = 2;
    params.episodes.step_limit = 100;
    params.episodes.held_out_episodes = 2;
    testing::check_control_task(BipedalWalkerTask(params, {}), 4);
    EXPECT_EQ(BipedalWalkerTask(params, {}).traits().input_count, 24U);
    EXPECT_EQ(BipedalWalkerTask(params, {}).traits().output_count, 4U);
}

}  // namespace
}  // namespace clade
