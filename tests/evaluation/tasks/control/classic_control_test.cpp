// The dynamics of the classic control tasks: against known trajectories, and what holds of them for physical reasons.
#include <clade/evaluation/tasks/control/acrobot.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/continuous_mountain_car.hpp>
#include <clade/evaluation/tasks/control/mountain_car.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>

#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace clade {
namespace {

using State = std::vector<double>;
using Make = std::unique_ptr<KernelEnvironment> (*)(SimdLevel);

struct NamedEnvironment {
    std::string name;
    Make make;
    std::vector<StartRange> start;
};

const std::vector<NamedEnvironment>& environments() {
    static const double pi = std::acos(-1.0);
    static const std::vector<NamedEnvironment> all{
        {"cart_pole", make_cart_pole, std::vector<StartRange>(4, {-0.05, 0.05})},
        {"mountain_car", make_mountain_car, {{-0.6, -0.4}, {0.0, 0.0}}},
        {"continuous_mountain_car", make_continuous_mountain_car, {{-0.6, -0.4}, {0.0, 0.0}}},
        {"acrobot", make_acrobot, std::vector<StartRange>(4, {-0.1, 0.1})},
        {"pendulum", make_pendulum, {{-pi, pi}, {-1.0, 1.0}}}};
    return all;
}

/// One lane, step by step.
class Lane {
public:
    Lane(Make make, const State& start) : environment_(make(best_simd_level())) {
        observations_.resize(environment_->traits().observations.size());
        environment_->start_from(start, observations_);
    }
    /// The reward.
    double step(float action) {
        environment_->step({&action, 1}, observations_, {&reward_, 1}, {&done_, 1});
        return reward_;
    }
    [[nodiscard]] bool done() const { return done_ != 0; }
    [[nodiscard]] double state(std::size_t variable) const { return environment_->state()[variable]; }
    [[nodiscard]] State state() const { return {environment_->state().begin(), environment_->state().end()}; }
    [[nodiscard]] const std::vector<float>& observations() const { return observations_; }

private:
    std::unique_ptr<KernelEnvironment> environment_;
    std::vector<float> observations_;
    double reward_ = 0.0;
    std::uint8_t done_ = 0;
};

void expect_near(const State& state, const State& expected, double relative) {
    ASSERT_EQ(state.size(), expected.size());
    for (std::size_t v = 0; v < state.size(); ++v) {
        EXPECT_NEAR(state[v], expected[v], relative * std::abs(expected[v])) << "variable " << v;
    }
}

struct Tally {
    std::size_t steps = 0;
    double total = 0.0;
};

/// Follows a rule until the episode is over or `limit` steps are.
Tally follow(Lane& lane, const std::function<float(const Lane&)>& rule, std::size_t limit) {
    Tally episode;
    while (episode.steps < limit && !lane.done()) {
        episode.total += lane.step(rule(lane));
        ++episode.steps;
    }
    return episode;
}

// Reference numbers: the formulas of Gymnasium's sources, followed in Python in double precision.

TEST(CartPole, FollowsTheReferenceTrajectory) {
    Lane lane(make_cart_pole, {0.01, -0.02, 0.03, 0.04});
    lane.step(1);
    expect_near(lane.state(), {0.0096, 0.17467919574755525, 0.0308, -0.24306871796000815}, 1e-12);
    for (int step = 2; step <= 10; ++step) EXPECT_EQ(lane.step(step % 2 == 1 ? 1 : 0), 1.0);
    expect_near(lane.state(), {0.025170769805637132, -0.023430405247453573, 0.016253613775848174, 0.11566955839653689},
                1e-12);
}

TEST(CartPole, FallsIn10StepsWhenPushedRightAlwaysAndStandsUnderARuleOfTwoNumbers) {
    Lane pushed(make_cart_pole, {0.01, -0.02, 0.03, 0.04});
    EXPECT_EQ(follow(
                  pushed, [](const Lane&) { return 1.0F; }, 500)
                  .total,
              10.0);
    Lane ruled(make_cart_pole, {0.01, -0.02, 0.03, 0.04});
    const auto rule = [](const Lane& lane) { return lane.state(2) + 0.5 * lane.state(3) > 0.0 ? 1.0F : 0.0F; };
    EXPECT_EQ(follow(ruled, rule, 500).total, 500.0);
}

TEST(CartPole, EndsBeyondTheTrackAndBeyondTwelveDegrees) {
    const auto done_after = [](const State& start) {
        Lane lane(make_cart_pole, start);
        lane.step(1);
        return lane.done();
    };
    for (const double side : {-1.0, 1.0}) {
        EXPECT_FALSE(done_after({side * 2.379, side, 0, 0})) << "x becomes 2.399";
        EXPECT_TRUE(done_after({side * 2.381, side, 0, 0}));
        EXPECT_FALSE(done_after({0, 0, side * 0.1894, side})) << "theta becomes 0.2094";
        EXPECT_TRUE(done_after({0, 0, side * 0.1895, side}));
    }
}

TEST(MountainCar, FollowsTheReferenceTrajectoryAndReachesTheGoalInItsSteps) {
    Lane lane(make_mountain_car, {-0.5, 0.0});
    const auto rule = [](const Lane& at) { return at.state(1) >= 0.0 ? 2.0F : 0.0F; };
    Tally begin = follow(lane, rule, 10);
    expect_near(lane.state(), {-0.4576895848965753, 0.007254692062725155}, 1e-12);
    const Tally rest = follow(lane, rule, 500);
    EXPECT_EQ(begin.steps + rest.steps, 124U);
    EXPECT_EQ(begin.total + rest.total, -124.0);
    EXPECT_GE(lane.state(0), 0.5);
}

TEST(MountainCar, StopsAtTheWallAndHasATopSpeed) {
    for (const Make make : {Make{make_mountain_car}, Make{make_continuous_mountain_car}}) {
        Lane lane(make, {-1.19, -0.05});
        lane.step(0);
        EXPECT_NEAR(lane.state(0), -1.2, 1e-7);
        EXPECT_EQ(lane.state(1), 0.0);
        Lane fast(make, {-0.9, 0.0699999});
        fast.step(2);
        EXPECT_NEAR(fast.state(1), 0.07, 1e-8);
        EXPECT_NEAR(fast.state(0), -0.83, 1e-7);
    }
}

TEST(MountainCar, EndsAtTheGoal) {
    const auto done_after = [](Make make, double x, double v) {
        Lane lane(make, {x, v});
        lane.step(1);
        return lane.done();
    };
    EXPECT_TRUE(done_after(make_mountain_car, 0.48, 0.03));
    EXPECT_FALSE(done_after(make_mountain_car, 0.46, 0.03));
    EXPECT_FALSE(done_after(make_mountain_car, 0.56, -0.03)) << "on its way back";
    EXPECT_TRUE(done_after(make_continuous_mountain_car, 0.43, 0.03));
    EXPECT_FALSE(done_after(make_continuous_mountain_car, 0.41, 0.03));
}

TEST(ContinuousMountainCar, ReachesTheGoalInItsStepsForTheForceItCosts) {
    Lane lane(make_continuous_mountain_car, {-0.5, 0.0});
    const auto rule = [](const Lane& at) { return at.state(1) >= 0.0 ? 1.0F : -1.0F; };
    const Tally episode = follow(lane, rule, 999);
    EXPECT_EQ(episode.steps, 106U);
    EXPECT_NEAR(episode.total, 89.40, 1e-5);
}

TEST(ContinuousMountainCar, KeepsItsStateInSinglePrecisionAndLimitsTheForceButNotItsCost) {
    Lane lane(make_continuous_mountain_car, {-0.5, 0.0});
    EXPECT_NEAR(lane.step(3.0F), -0.9, 1e-12);
    const double v = 0.0015 - 0.0025 * std::cos(-1.5);
    EXPECT_EQ(lane.state(1), static_cast<double>(static_cast<float>(v)));
    EXPECT_EQ(lane.state(0), static_cast<double>(static_cast<float>(-0.5 + v)));
}

TEST(Acrobot, FollowsTheReferenceTrajectory) {
    Lane lane(make_acrobot, {0.05, -0.03, 0.02, 0.01});
    for (int k = 1; k <= 10; ++k) EXPECT_EQ(lane.step(static_cast<float>(k % 3)), -1.0);
    expect_near(lane.state(), {0.033327768057537406, -0.13410082037533377, 0.08411941495746131, -0.1924093921993947},
                1e-12);
}

TEST(Acrobot, SwingsUpIn73StepsWhenTheTorqueFollowsTheSecondJoint) {
    Lane lane(make_acrobot, {0.05, -0.03, 0.02, 0.01});
    const auto rule = [](const Lane& at) { return at.state(3) > 0.0 ? 2.0F : at.state(3) < 0.0 ? 0.0F : 1.0F; };
    const Tally episode = follow(lane, rule, 500);
    EXPECT_EQ(episode.steps, 73U);
    EXPECT_EQ(episode.total, -72.0);
    EXPECT_GT(-std::cos(lane.state(0)) - std::cos(lane.state(0) + lane.state(1)), 1.0);
}

TEST(Acrobot, KeepsAnglesInOneTurnAndVelocitiesInTheirBounds) {
    const double pi = std::acos(-1.0);
    Stream stream({5, 0, Purpose::episode}, 0);
    for (int i = 0; i < 2000; ++i) {
        Lane lane(make_acrobot, {stream.uniform(-pi, pi), stream.uniform(-pi, pi), stream.uniform(-4.0, 4.0) * pi,
                                 stream.uniform(-9.0, 9.0) * pi});
        lane.step(static_cast<float>(i % 3));
        ASSERT_LE(std::abs(lane.state(0)), pi);
        ASSERT_LE(std::abs(lane.state(1)), pi);
        ASSERT_LE(std::abs(lane.state(2)), 4.0 * pi);
        ASSERT_LE(std::abs(lane.state(3)), 9.0 * pi);
    }
}

TEST(Acrobot, KeepsItsEnergyWithoutTorque) {
    const auto energy = [](const State& s) {
        const double both = s[2] + s[3];
        // Centres of mass: (sin, -cos) / 2 along each link; mass and moment of inertia of a link are 1.
        const double first = 0.5 * (1.0 + 0.25) * s[2] * s[2];
        const double second =
            0.5 * (s[2] * s[2] + 0.25 * both * both + s[2] * both * std::cos(s[1])) + 0.5 * both * both;
        return first + second - 9.8 * (1.5 * std::cos(s[0]) + 0.5 * std::cos(s[0] + s[1]));
    };
    Lane lane(make_acrobot, {0.7, -0.4, 0.0, 0.0});
    const double begin = energy(lane.state());
    double low = 0.0;
    double high = 0.0;
    for (int i = 0; i < 100; ++i) {
        lane.step(1);
        low = std::min(low, energy(lane.state()) - begin);
        high = std::max(high, energy(lane.state()) - begin);
    }
    EXPECT_GT(low, -0.1) << "Runge-Kutta loses a little in 20 s";
    EXPECT_LE(high, 1e-3);
}

TEST(Pendulum, FollowsTheReferenceTrajectory) {
    Lane lane(make_pendulum, {1.0, 0.5});
    double total = 0.0;
    double theta = 1.0;
    double omega = 0.5;
    for (int k = 1; k <= 200; ++k) {
        // Actions are in single precision, the published numbers' were not; beside them it follows the formulas.
        const auto torque = static_cast<float>(std::clamp(-3.0 * std::sin(0.1 * k), -2.0, 2.0));
        total += lane.step(torque);
        omega = std::clamp(omega + (15.0 * std::sin(theta) + 3.0 * double{torque}) * 0.05, -8.0, 8.0);
        theta += omega * 0.05;
        if (k == 10) {
            expect_near(lane.state(), {theta, omega}, 1e-12);
            expect_near(lane.state(), {2.674497678280596, 5.111745029656833}, 1e-6);
            EXPECT_NEAR(total, -37.03890774948455, 1e-5);
        }
        EXPECT_FALSE(lane.done());
    }
    expect_near(lane.state(), {theta, omega}, 1e-9);
    EXPECT_NEAR(total, -1315.7558560668817, 1e-3);
}

TEST(Pendulum, KeepsItsEnergyWithoutTorqueWithinBoundsForever) {
    Lane lane(make_pendulum, {std::acos(-1.0) - 0.8, 0.0});
    const auto energy = [](const Lane& at) { return 0.5 * at.state(1) * at.state(1) + 15.0 * std::cos(at.state(0)); };
    const double begin = energy(lane);
    double low = begin;
    double high = begin;
    for (int i = 0; i < 20000; ++i) {
        lane.step(0.0F);
        low = std::min(low, energy(lane));
        high = std::max(high, energy(lane));
    }
    EXPECT_GT(low, begin - 0.5) << "semi-implicit Euler: off by order dt, but never drifting";
    EXPECT_LT(high, begin + 0.5);
}

TEST(ClassicControl, IsAsGoodAsItsMirrorImageToTheLastBit) {
    const auto check = [](Make make, const State& start, const std::function<std::pair<float, float>(int)>& actions) {
        State mirrored = start;
        for (double& value : mirrored) value = -value;
        Lane lane(make, start);
        Lane mirror(make, mirrored);
        for (int i = 0; i < 60; ++i) {
            const auto [action, opposite] = actions(i);
            ASSERT_EQ(lane.step(action), mirror.step(opposite));
            for (std::size_t v = 0; v < start.size(); ++v) ASSERT_EQ(lane.state(v), -mirror.state(v));
        }
    };
    check(make_cart_pole, {0.01, -0.03, 0.04, 0.02},
          [](int i) { return std::pair(i % 3 ? 1.0F : 0.0F, i % 3 ? 0.0F : 1.0F); });
    check(make_acrobot, {0.3, -0.2, 0.4, 0.1}, [](int i) { return std::pair(float(i % 3), float(2 - i % 3)); });
    check(make_pendulum, {1.0, -0.7}, [](int i) { return std::pair(0.03F * float(i), -0.03F * float(i)); });
}

TEST(ClassicControl, ObservesItsState) {
    Lane cart(make_cart_pole, {0.01, -0.02, 0.03, 0.04});
    EXPECT_EQ(cart.observations(), (std::vector<float>{0.01F, -0.02F, 0.03F, 0.04F}));
    Lane links(make_acrobot, {0.3, -0.2, 0.4, 0.1});
    EXPECT_EQ(links.observations(),
              (std::vector<float>{static_cast<float>(std::cos(0.3)), static_cast<float>(std::sin(0.3)),
                                  static_cast<float>(std::cos(-0.2)), static_cast<float>(std::sin(-0.2)), 0.4F, 0.1F}));
    Lane pendulum(make_pendulum, {2.0, -0.7});
    pendulum.step(1.0F);
    EXPECT_FLOAT_EQ(pendulum.observations()[0], static_cast<float>(std::cos(pendulum.state(0))));
    EXPECT_FLOAT_EQ(pendulum.observations()[1], static_cast<float>(std::sin(pendulum.state(0))));
    EXPECT_FLOAT_EQ(pendulum.observations()[2], static_cast<float>(pendulum.state(1)));
}

TEST(ClassicControl, StartsUniformlyWithinItsRanges) {
    std::vector<std::uint64_t> seeds(4000);
    std::iota(seeds.begin(), seeds.end(), 1);
    for (const NamedEnvironment& each : environments()) {
        const auto environment = each.make(best_simd_level());
        std::vector<float> observations(environment->traits().observations.size() * seeds.size());
        environment->reset(seeds, observations);
        ASSERT_EQ(environment->state().size(), each.start.size() * seeds.size());
        for (std::size_t v = 0; v < each.start.size(); ++v) {
            const auto values = environment->state().subspan(v * seeds.size(), seeds.size());
            const auto [low, high] = each.start[v];
            const auto [least, most] = std::minmax_element(values.begin(), values.end());
            const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(seeds.size());
            EXPECT_GE(*least, low) << each.name << ' ' << v;
            EXPECT_LE(*most, high) << each.name << ' ' << v;
            EXPECT_LE(*least, low + 0.01 * (high - low)) << each.name << ' ' << v;
            EXPECT_GE(*most, high - 0.01 * (high - low)) << each.name << ' ' << v;
            EXPECT_NEAR(mean, 0.5 * (low + high), 0.025 * (high - low)) << each.name << ' ' << v;
        }
    }
}

/// State, observations, rewards and marks after some steps of lanes that start with these seeds.
std::vector<double> run_lanes(KernelEnvironment& environment, std::span<const std::uint64_t> seeds) {
    const std::size_t lanes = seeds.size();
    std::vector<float> observations(environment.traits().observations.size() * lanes);
    std::vector<float> actions(lanes);
    std::vector<double> rewards(lanes);
    std::vector<std::uint8_t> done(lanes);
    std::vector<double> seen;
    environment.reset(seeds, observations);
    for (std::uint64_t step = 0; step < 40; ++step) {
        for (std::size_t l = 0; l < lanes; ++l) actions[l] = static_cast<float>((seeds[l] * 7 + step / 3) % 2);
        environment.step(actions, observations, rewards, done);
        seen.insert(seen.end(), environment.state().begin(), environment.state().end());
        seen.insert(seen.end(), observations.begin(), observations.end());
        seen.insert(seen.end(), rewards.begin(), rewards.end());
        seen.insert(seen.end(), done.begin(), done.end());
    }
    return seen;
}

TEST(ClassicControl, GivesALaneTheSameBitsAloneAsAmongOthersAtEverySimdLevel) {
    std::vector<std::uint64_t> seeds(37);
    std::iota(seeds.begin(), seeds.end(), 1000);
    for (const NamedEnvironment& each : environments()) {
        const auto plain = each.make(SimdLevel::baseline);
        std::vector<std::vector<double>> alone;
        for (const std::uint64_t seed : seeds) alone.push_back(run_lanes(*plain, {&seed, 1}));
        for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
            const auto environment = each.make(level);
            for (const std::size_t lanes : {2U, 7U, 8U, 9U, 16U, 37U}) {
                const std::vector<double> together = run_lanes(*environment, {seeds.data(), lanes});
                ASSERT_EQ(together.size(), lanes * alone[0].size());
                for (std::size_t i = 0; i < together.size(); ++i) {
                    ASSERT_EQ(together[i], alone[i % lanes][i / lanes]) << each.name << ", " << lanes << " lanes";
                }
            }
        }
    }
}

}  // namespace
}  // namespace clade
