// The lunar lander, flown by hand.
#include <clade/evaluation/tasks/box2d/lunar_lander.hpp>

#include "tests/support/control_task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <thread>

namespace clade {
namespace {

using testing::do_nothing;
using testing::Episode;
using testing::mean_return;
using testing::Policy;
using testing::run_episode;

using Observation = std::span<const float>;

/// Leans against where it is and drifts, and brakes where it falls faster than its height allows.
struct Pilot {
    double lean = 0.0;    // wanted change of the angle
    double thrust = 0.0;  // wanted change of the speed upwards

    explicit Pilot(Observation o) {
        const bool down = o[6] + o[7] > 0.0F;
        const double wanted_angle = std::clamp(0.5 * o[0] + 1.0 * o[2], -0.4, 0.4);
        const double wanted_speed = -0.15 - 0.6 * o[1] + 0.5 * std::abs(o[0]);
        lean = down ? 0.0 : 0.5 * (wanted_angle - o[4]) - 1.0 * o[5];
        thrust = 0.5 * ((down ? -0.02 : wanted_speed) - o[3]);
    }
};

void fly(Observation o, std::span<float> action) {
    const Pilot pilot(o);
    action[0] = 0.0F;
    if (pilot.thrust > std::max(std::abs(pilot.lean), 0.05)) {
        action[0] = 2.0F;
    } else if (std::abs(pilot.lean) > 0.05) {
        action[0] = pilot.lean < 0.0 ? 3.0F : 1.0F;
    }
}

void fly_smoothly(Observation o, std::span<float> action) {
    const Pilot pilot(o);
    action[0] = static_cast<float>(std::clamp(20.0 * pilot.thrust - 1.0, -1.0, 1.0));
    action[1] = static_cast<float>(std::clamp(-20.0 * pilot.lean, -1.0, 1.0));
}

std::unique_ptr<Environment> lander(bool continuous = false, bool wind = false) {
    return make_lunar_lander({.continuous = continuous, .wind = wind});
}

TEST(LunarLander, CrashesWhenNothingIsDone) {
    const auto environment = lander();
    EXPECT_LT(mean_return(*environment, 50, do_nothing), -100.0);
    EXPECT_GT(mean_return(*environment, 50, do_nothing), -220.0);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Episode episode = run_episode(*environment, seed, do_nothing);
        EXPECT_TRUE(episode.done);
        EXPECT_EQ(episode.rewards.back(), -100.0);
        EXPECT_LT(episode.rewards.size(), 150U);
    }
}

TEST(LunarLander, IsLandedByAPilotOnDiscreteEngines) {
    const auto environment = lander();
    EXPECT_GT(mean_return(*environment, 50, fly), 200.0);
}

TEST(LunarLander, IsLandedByAPilotOnContinuousEngines) {
    const auto environment = lander(true);
    EXPECT_GT(mean_return(*environment, 50, fly_smoothly), 200.0);
}

TEST(LunarLander, EndsALandingWithAHundred) {
    const auto environment = lander();
    int landings = 0;
    int on_both_legs = 0;  // or on a corner of the ground, where a leg counts as off as soon as it leaves one edge
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Episode episode = run_episode(*environment, seed, fly);
        if (!episode.done || episode.rewards.back() != 100.0) continue;
        ++landings;
        EXPECT_LT(std::abs(episode.observations.back()[3]), 0.05F) << "at rest";
        on_both_legs += episode.observations.back()[6] + episode.observations.back()[7] == 2.0F ? 1 : 0;
    }
    EXPECT_GT(landings, 10);
    EXPECT_GT(on_both_legs, landings / 2);
}

double shaping_of(Observation o) {
    const std::vector<double> s(o.begin(), o.end());
    return -100.0 * std::hypot(s[0], s[1]) - 100.0 * std::hypot(s[2], s[3]) - 100.0 * std::abs(s[4]) + 10.0 * s[6] +
           10.0 * s[7];
}

TEST(LunarLander, EarnsTheChangeOfShapingMinusFuel) {
    const auto environment = lander();
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
        double fuel = 0.0;
        const Episode episode = run_episode(*environment, seed, [&](Observation o, std::span<float> action) {
            fly(o, action);
            fuel += action[0] == 2.0F ? 0.3 : action[0] == 0.0F ? 0.0 : 0.03;
        });
        // All but the last step, which earns 100 or -100 and no more.
        const std::size_t last = episode.rewards.size() - 1;
        const double before = episode.total - episode.rewards[last];
        const double expected = shaping_of(episode.observations[last]) - shaping_of(episode.observations[0]);
        EXPECT_NEAR(before, expected - fuel, 0.31) << "the last step's fuel";
    }
}

TEST(LunarLander, ObservesWithinItsBoundsAndEndsBeyondTheView) {
    const auto environment = lander();
    bool left_view = false;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        const Episode episode = run_episode(*environment, seed, [](Observation o, std::span<float> action) {
            action[0] = o[4] > -0.5F ? 3.0F : 2.0F;  // lean to the right and go
        });
        for (std::size_t t = 0; t + 1 < episode.observations.size(); ++t) {
            ASSERT_LT(std::abs(episode.observations[t][0]), 1.0F);
            for (std::size_t i = 0; i < 8; ++i) {
                const Signal& signal = environment->traits().observations[i];
                ASSERT_GE(episode.observations[t][i], signal.low) << signal.name;
                ASSERT_LE(episode.observations[t][i], signal.high) << signal.name;
            }
        }
        if (episode.observations.back()[0] >= 1.0F) {
            left_view = true;
            EXPECT_TRUE(episode.done);
            EXPECT_EQ(episode.rewards.back(), -100.0);
        }
    }
    EXPECT_TRUE(left_view);
}

TEST(LunarLander, BeginsAboveTheMiddleAtRest) {
    const auto environment = lander();
    std::vector<float> observation(8);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        environment->reset(seed, observation);
        EXPECT_LT(std::abs(observation[0]), 0.05F);
        EXPECT_NEAR(observation[1], 1.41, 0.03);
        EXPECT_LT(std::abs(observation[2]), 1.0F);
        EXPECT_EQ(observation[6] + observation[7], 0.0F);
    }
}

TEST(LunarLander, PushesLeftAndRightAsItsEnginesSay) {
    const auto turned_by = [](bool continuous, float engine) {
        const auto environment = lander(continuous);
        std::vector<float> observation(8);
        environment->reset(3, observation);
        const float before = observation[5];
        std::vector<float> action{continuous ? 0.0F : engine};
        if (continuous) action.push_back(engine);
        for (int i = 0; i < 10; ++i) (void)environment->step(action, observation);
        return observation[5] - before;
    };
    EXPECT_GT(turned_by(false, 1.0F), 0.02F) << "the left engine turns it counter-clockwise";
    EXPECT_LT(turned_by(false, 3.0F), -0.02F);
    EXPECT_GT(turned_by(true, -1.0F), 0.02F);
    EXPECT_LT(turned_by(true, 1.0F), -0.02F);
    EXPECT_EQ(turned_by(true, 0.4F), turned_by(true, 0.0F)) << "up to one half nothing fires";
}

TEST(LunarLander, RepeatsAnEpisodeBitForBitWhateverWentBeforeAndOnAnyThread) {
    const auto environment = lander(false, true);
    const Episode first = run_episode(*environment, 11, fly);
    for (std::uint64_t seed = 0; seed < 5; ++seed) (void)run_episode(*environment, seed, do_nothing);
    EXPECT_EQ(run_episode(*environment, 11, fly), first);
    Episode elsewhere;
    std::thread([&] { elsewhere = run_episode(*lander(false, true), 11, fly); }).join();
    EXPECT_EQ(elsewhere, first);
    EXPECT_NE(run_episode(*environment, 12, fly), first);
}

TEST(LunarLander, HasOtherGroundForAnotherSeedAndALevelPad) {
    const auto environment = lander();
    std::vector<float> observation(8);
    const auto ground = [&](std::uint64_t seed) {
        environment->reset(seed, observation);
        return environment->draw().shapes[0].points;
    };
    const std::vector<Point> one = ground(1);
    const std::vector<Point> two = ground(2);
    ASSERT_EQ(one.size(), 11U);
    EXPECT_NE(one[0].y, two[0].y);
    for (const std::vector<Point>* points : {&one, &two}) {
        for (std::size_t i = 4; i <= 6; ++i) EXPECT_NEAR((*points)[i].y, 400.0 / 30.0 / 4.0, 0.04);
    }
    EXPECT_EQ(environment->draw().shapes.size(), 6U) << "ground, two flags, two legs, the lander";
}

TEST(LunarLander, IsBlownAboutByWind) {
    EXPECT_NE(run_episode(*lander(false, true), 5, do_nothing), run_episode(*lander(), 5, do_nothing));
    const auto calm = lander();
    const auto windy = lander(false, true);
    double drift = 0.0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Episode without = run_episode(*calm, seed, do_nothing);
        const Episode with = run_episode(*windy, seed, do_nothing);
        drift += std::abs(with.observations[30][2] - without.observations[30][2]);
    }
    EXPECT_GT(drift / 20.0, 0.01);
}

TEST(LunarLanderTask, ScoresEqualSeedsEqually) {
    LunarLanderParams params;
    params.episodes.episodes = 2;
    params.episodes.step_limit = 200;
    testing::check_control_task(LunarLanderTask(params, {}), 4);
    params.continuous = true;
    testing::check_control_task(LunarLanderTask(params, {}), 4);
}

TEST(LunarLanderTask, ReadsEightNumbersAndHasAnOutputAnEngineOrAChoice) {
    EXPECT_EQ(LunarLanderTask().traits().input_count, 8U);
    EXPECT_EQ(LunarLanderTask().traits().output_count, 4U);
    EXPECT_EQ(LunarLanderTask({.continuous = true}, {}).traits().output_count, 2U);
    LunarLanderParams params;
    params.continuous = true;
    params.episodes.actions = ActionMapping::argmax;
    ThrowingSink sink;
    check_params(params, sink);
    EXPECT_THROW(sink.finish(), FieldError);
}

}  // namespace
}  // namespace clade
