// Poles on a cart: the physics against reference vectors and laws, and the tasks that are made of them.
#include <clade/evaluation/tasks/control/double_pole.hpp>
#include <clade/evaluation/tasks/control/pole_environment.hpp>
#include <clade/evaluation/tasks/control/single_pole.hpp>

#include <clade/core/random/random.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/random_genomes.hpp"
#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

using testing::expect_sound;
using testing::fitness_of;
using testing::random_genome;
using testing::RandomGenomeOptions;

using State = std::vector<double>;  // [variables x lanes]

PoleEnvironment double_pole(const PoleSetup& setup, SimdLevel simd = best_simd_level()) {
    PoleSetup two = setup;
    two.poles = 2;
    return PoleEnvironment({.name = "poles"}, two, simd);
}

/// The states after `steps` steps with the forces that `force_of(step, lane)` gives, and when each lane was done.
template <class Force>
State run(PoleEnvironment& environment, const State& start, std::size_t steps, const Force& force_of,
          std::vector<std::size_t>* done_at = nullptr) {
    const std::size_t variables = start.size() % 6 == 0 ? 6 : 4;
    const std::size_t lanes = start.size() / variables;
    std::vector<float> observations(environment.traits().observations.size() * lanes);
    std::vector<float> forces(lanes);
    std::vector<double> rewards(lanes);
    std::vector<std::uint8_t> done(lanes);
    environment.start_from(start, observations);
    for (std::size_t step = 1; step <= steps; ++step) {
        for (std::size_t lane = 0; lane < lanes; ++lane) forces[lane] = force_of(step, lane);
        environment.step(forces, observations, rewards, done);
        for (std::size_t lane = 0; lane < lanes && done_at != nullptr; ++lane) {
            EXPECT_EQ(rewards[lane], done[lane] != 0 ? 0.0 : 1.0);
            if (done[lane] != 0 && (*done_at)[lane] == 0) (*done_at)[lane] = step;
        }
    }
    return {environment.state().begin(), environment.state().end()};
}

constexpr auto no_force = [](std::size_t, std::size_t) { return 0.0F; };
const State usual_start{0, 0, 0.07, 0, 0, 0};

void expect_near(const State& state, const State& expected) {
    ASSERT_EQ(state.size(), expected.size());
    for (std::size_t i = 0; i < state.size(); ++i) {
        EXPECT_NEAR(state[i], expected[i], 1e-12 * std::abs(expected[i])) << "variable " << i;
    }
}

/// Kinetic and potential energy of a cart with two poles, whose mass is spread evenly along them.
double energy_of(const State& state) {
    double energy = 0.5 * state[1] * state[1];
    for (std::size_t i = 0; i < 2; ++i) {
        const double half = i == 0 ? 0.5 : 0.05;
        const double mass = i == 0 ? 0.1 : 0.01;
        const double angle = state[2 + 2 * i];
        const double rate = state[3 + 2 * i];
        energy += 0.5 * mass * state[1] * state[1] + mass * half * state[1] * rate * std::cos(angle) +
                  2.0 / 3.0 * mass * half * half * rate * rate + mass * 9.8 * half * std::cos(angle);
    }
    return energy;
}

/// After one action of 2 sin(0.3) N, the reference's force. That is a double and actions are floats: between the floats
/// around it a step is linear in the force to far beyond the tolerance.
State after_reference_push(PoleEnvironment environment) {
    const double force = 2.0 * std::sin(0.3);
    const auto rounded = static_cast<float>(force);
    const float below = double{rounded} > force ? std::nextafter(rounded, 0.0F) : rounded;
    const float above = std::nextafter(below, 2.0F);
    const State low = run(environment, usual_start, 1, [&](std::size_t, std::size_t) { return below; });
    const State high = run(environment, usual_start, 1, [&](std::size_t, std::size_t) { return above; });
    const double part = (force - double{below}) / (double{above} - double{below});
    State between(6);
    for (std::size_t i = 0; i < 6; ++i) between[i] = low[i] + part * (high[i] - low[i]);
    return between;
}

TEST(PoleEnvironment, MovesFromAPushAsTheReferenceDoes) {
    expect_near(after_reference_push(double_pole({})),
                {1.0502724694815201e-04, 1.0502971005954497e-02, 7.0048500688308980e-02, 4.8520787350801520e-03,
                 -1.5825063306552619e-03, -1.5899725356100725e-01});
}

TEST(PoleEnvironment, FrictionOfTheCartIsThatOfTheReference) {
    expect_near(after_reference_push(double_pole({.cart_friction = 5e-4})),
                {1.0494616865058603e-04, 1.0494051858974604e-02, 7.0048622053921340e-02, 4.8654353833203880e-03,
                 -1.5812859732787677e-03, -1.5886246523283360e-01});
}

TEST(PoleEnvironment, EndsWhereTheReferenceDoesAfterHalfASecond) {
    const State expected{5.1297444828045240e-02, 8.4526994499442360e-02,  1.0365362518149848e-01,
                         3.3186048258020030e-01, -5.8692486654530510e+00, -1.1158287646778065e+01};
    PoleEnvironment environment = double_pole({});
    const State state = run(environment, usual_start, 25, [](std::size_t step, std::size_t) {
        return static_cast<float>(2.0 * std::sin(0.3 * static_cast<double>(step)));
    });
    // As far as forces that are rounded to floats allow: the short pole has fallen through.
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(state[i], expected[i], 2e-6 * std::abs(expected[i]));
}

TEST(PoleEnvironment, AShortPoleLeftAloneFallsInStep23) {
    PoleEnvironment environment = double_pole({.cart_friction = 5e-4});
    std::vector<std::size_t> done_at{0};
    const State state = run(environment, usual_start, 23, no_force, &done_at);
    EXPECT_EQ(done_at[0], 23U);
    EXPECT_NEAR(std::abs(state[4]), 0.718908, 5e-7);
}

TEST(PoleEnvironment, KeepsItsEnergyWithoutFrictionAndForce) {
    PoleEnvironment environment = double_pole({.pole_friction = 0.0});
    const double before = energy_of(usual_start);
    for (std::size_t steps = 1; steps <= 40; ++steps) {  // 0.8 s
        const double drift = energy_of(run(environment, usual_start, steps, no_force)) - before;
        EXPECT_LT(std::abs(drift), 2.2e-8) << "after " << steps << " steps";
    }
}

TEST(PoleEnvironment, MirrorsWhatIsMirrored) {
    for (const std::size_t poles : {1U, 2U}) {
        PoleEnvironment environment({.name = "poles"}, {.poles = poles, .cart_friction = 5e-4});
        State start = usual_start;
        start.resize(2 + 2 * poles);
        start[1] = 0.25;
        State mirrored = start;
        for (double& value : mirrored) value = -value;
        const auto force = [](std::size_t step, std::size_t) { return step % 3 == 0 ? 4.0F : -3.0F; };
        const State right = run(environment, start, 30, force);
        const State left = run(environment, mirrored, 30, [&](std::size_t s, std::size_t l) { return -force(s, l); });
        for (std::size_t i = 0; i < right.size(); ++i) EXPECT_EQ(right[i], -left[i]);
    }
}

TEST(PoleEnvironment, GivesALaneTheSameBitsAloneAsAmongOthersAtEverySimdLevel) {
    for (const std::size_t lanes : {2U, 7U, 8U, 19U}) {
        State start(6 * lanes);
        Stream stream({lanes, 0, Purpose::episode}, 0);
        for (double& value : start) value = stream.uniform(-1.0, 1.0);
        const auto force = [](std::size_t step, std::size_t lane) { return static_cast<float>((step * 7 + lane) % 5); };
        State alone(6 * lanes);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            State own(6);
            for (std::size_t v = 0; v < 6; ++v) own[v] = start[v * lanes + lane];
            PoleEnvironment environment = double_pole({.cart_friction = 5e-4}, SimdLevel::baseline);
            own = run(environment, own, 20, [&](std::size_t step, std::size_t) { return force(step, lane); });
            for (std::size_t v = 0; v < 6; ++v) alone[v * lanes + lane] = own[v];
        }
        for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
            PoleEnvironment environment = double_pole({.cart_friction = 5e-4}, simd);
            EXPECT_EQ(run(environment, start, 20, force), alone) << lanes << " lanes, level " << static_cast<int>(simd);
        }
    }
}

TEST(PoleEnvironment, EndsWhereTheCartLeavesItsTrackOrAPoleFallsOrANumberIsNone) {
    PoleEnvironment environment = double_pole({});
    const double nan = std::nan("");
    const State starts{0, 2.41, 0, 0,    0,    nan,  // a lane a column
                       0, 0,    0, 0,    0,    0,    //
                       0, 0,    0, 0.64, 0,    0,    //
                       0, 0,    0, 0,    0,    0,    //
                       0, 0,    0, 0,    0.64, 0,    //
                       0, 0,    0, 0,    0,    0};
    std::vector<std::size_t> done_at(6);
    run(environment, starts, 1, no_force, &done_at);
    EXPECT_EQ(done_at, (std::vector<std::size_t>{0, 1, 0, 1, 1, 1}));
}

TEST(PoleEnvironment, ShowsVelocitiesOnlyWhereAsked) {
    PoleEnvironment blind = double_pole({.velocities = false});
    std::vector<float> observations(4);
    blind.start_from(State{1, 2, 3, 4, 5, 6}, observations);
    EXPECT_EQ(observations, (std::vector<float>{1, 3, 5, 1}));
    PoleEnvironment seeing = double_pole({});
    observations.resize(7);
    seeing.start_from(State{1, 2, 3, 4, 5, 6}, observations);
    EXPECT_EQ(observations, (std::vector<float>{1, 2, 3, 4, 5, 6, 1}));
    EXPECT_EQ(seeing.traits().observations.back().scale, 0.5);
}

TEST(DampingFitness, IsTheSumOfThePaper) {
    EXPECT_EQ(damping_fitness(99, 1000, 5.0), 0.1 * 0.099);
    EXPECT_EQ(damping_fitness(100, 1000, 5.0), 0.1 * 0.1 + 0.9 * (0.75 / 5.0));
    EXPECT_EQ(damping_fitness(1000, 1000, 0.5), 0.1 + 0.9 * 1.5);
}

TEST(GeneralisationStarts, AreTheGridOf625) {
    const std::vector<double> states = generalisation_starts();
    ASSERT_EQ(states.size(), 6U * 625U);
    const std::array<double, 6> ends{1.944, 1.215, 0.056548368, 0.135087768, 0, 0};  // 0.45 of each range
    std::set<std::array<double, 4>> distinct;
    for (std::size_t start = 0; start < 625; ++start) {
        std::array<double, 4> begin{};
        for (std::size_t v = 0; v < 4; ++v) begin[v] = states[v * 625 + start];
        distinct.insert(begin);
    }
    EXPECT_EQ(distinct.size(), 625U);
    for (std::size_t v = 0; v < 6; ++v) {
        const auto [low, high] = std::minmax_element(states.begin() + static_cast<std::ptrdiff_t>(v * 625),
                                                     states.begin() + static_cast<std::ptrdiff_t>((v + 1) * 625));
        EXPECT_NEAR(*low, -ends[v], 1e-9);
        EXPECT_NEAR(*high, ends[v], 1e-9);
    }
}

/// Force in proportion to what is read: output = 1/2 + sum of gain x input.
Network linear_controller(const std::vector<float>& gains) {
    const auto inputs = static_cast<std::uint32_t>(gains.size());
    GenomeStore store({inputs, 1, false});
    const GenomeSize size{1, inputs};
    store.place({&size, 1});
    set_node(store.rows(0), 0, {.node_id = NodeId{inputs}, .bias = 0.5F, .activation = Activation::identity});
    for (std::uint32_t i = 0; i < inputs; ++i) {
        set_connection(store.rows(0), i, {Innovation{i}, NodeId{i}, NodeId{inputs}, gains[i], 1});
    }
    return make_network({store, NetworkKind::feed_forward});
}

const std::vector<float> balancing_gains{-1.643F, -0.295F, -2.210F, -2.232F, 1.142F, 0.466F, 0.0F};

double measure(const std::vector<Measure>& measures, const std::string& name) {
    for (const Measure& found : measures) {
        if (found.name == name) return found.value;
    }
    ADD_FAILURE() << "no measure " << name;
    return 0.0;
}

TEST(DoublePoleTask, IsSolvedByALinearControllerThatBalances) {
    const DoublePoleTask task({});
    Network balances = linear_controller(balancing_gains);
    const double fitness = fitness_of(task, balances);
    EXPECT_EQ(fitness, 100'000.0);
    EXPECT_TRUE(task.solves(balances, fitness, {})->solved);
    Network falls = linear_controller(std::vector<float>(7, 0.0F));
    const double less = fitness_of(task, falls);
    EXPECT_EQ(less, 22.0) << "steps balanced, without the one that failed";
    EXPECT_FALSE(task.solves(falls, less, {})->solved);
}

TEST(DoublePoleTask, WithDampingIsSolvedByWhatBalancesFromEnoughStarts) {
    DoublePoleTask::Params params;
    params.fitness = PoleFitness::damping;
    const DoublePoleTask task(params);
    Network network = linear_controller(balancing_gains);
    const double fitness = fitness_of(task, network);
    EXPECT_GT(fitness, 0.1);
    const Verdict verdict = *task.solves(network, fitness, {});
    EXPECT_TRUE(verdict.solved);
    EXPECT_EQ(measure(verdict.measures, "steps from the normal start"), 100'000.0);
    const double passed = measure(verdict.measures, "generalisation");
    EXPECT_GT(passed, 300.0);
    EXPECT_LT(passed, 625.0);
    EXPECT_EQ(measure(task.report(network).measures, "generalisation"), passed);
    params.generalisation_threshold = static_cast<int>(passed) + 1;
    EXPECT_FALSE(DoublePoleTask(params).solves(network, fitness, {})->solved);
    EXPECT_TRUE(task.solves(network, 0.05, {})->measures.empty()) << "what has fallen is not tested";
    std::stop_source source;
    Deadline deadline;
    deadline.cancel_with(source.get_token());
    source.request_stop();
    EXPECT_THROW((void)task.solves(network, fitness, deadline), Cancelled);
}

/// Fitness with damping from a trace of the states before each step, which is cut after `limit` steps.
TEST(DoublePoleTask, DampingSumsWhatMovedInTheLastHundredStepsBalanced) {
    std::size_t compared = 0;
    for (const std::uint64_t limit : {80U, 250U}) {
        DoublePoleTask::Params params;
        params.fitness = PoleFitness::damping;
        params.max_steps = limit;
        const DoublePoleTask task(params);
        params.max_steps = limit + 1;  // one more row: the state after the last step
        const DoublePoleTask longer(params);
        for (const float part : {1.0F, 0.97F, 0.9F, 0.6F}) {
            std::vector<float> gains = balancing_gains;
            for (std::size_t i = 0; i < 6; ++i) gains[i] *= i < 2 ? -part : part;  // some fall after a while
            Network network = linear_controller(gains);
            const double fitness = fitness_of(task, network);
            network.reset();
            const Trace trace = longer.trace(network, 0);
            std::size_t steps = trace.rows.size();
            if (steps > limit) {
                steps = limit;
            } else if (trace.rows.back().back() == 0.0) {
                steps -= 1;
            }
            double movement = 0.0;
            for (std::size_t row = steps - std::min<std::size_t>(steps, 100) + 1; row <= steps; ++row) {
                for (std::size_t v = 1; v <= 4; ++v) movement += std::abs(trace.rows[row][v]);
            }
            EXPECT_NEAR(fitness, damping_fitness(steps, limit, movement), 1e-5 * fitness);
            if (steps > 100 && steps < limit) ++compared;
        }
    }
    EXPECT_GT(compared, 0U) << "or none has fallen late";
}

TEST(DoublePoleTask, LongLimitsAreForStepsAndShortOnesForDamping) {
    DoublePoleTask::Params params;
    EXPECT_EQ(step_limit_of(params), 100'000U);
    params.fitness = PoleFitness::damping;
    EXPECT_EQ(step_limit_of(params), 1'000U);
    params.max_steps = 5;
    EXPECT_EQ(step_limit_of(params), 5U);
}

TEST(SinglePoleTask, IsSolvedByALinearControllerThatBalances) {
    const SinglePoleTask task({});
    Network balances = linear_controller({0.5F, 0.5F, 3.0F, 1.0F, 0.0F});
    const double fitness = fitness_of(task, balances);
    EXPECT_EQ(fitness, 100'000.0);
    EXPECT_TRUE(task.solves(balances, fitness, {})->solved);
    Network falls = linear_controller(std::vector<float>(5, 0.0F));
    const double less = fitness_of(task, falls);
    EXPECT_LT(less, 60.0);
    EXPECT_FALSE(task.solves(falls, less, {})->solved);
}

TEST(EpisodeRunner, CountsFromGivenStartsWhatEachStartGivesAlone) {
    PoleEnvironment environment = double_pole({});
    EpisodeParams params;
    params.step_limit = 300;
    EpisodeRunner runner(environment, params);
    Network network = linear_controller(balancing_gains);
    const State starts = generalisation_starts();
    runner.run(network, 625, [&](std::span<float> observations) { environment.start_from(starts, observations); });
    const std::vector<double> together(runner.returns().begin(), runner.returns().end());
    EXPECT_LT(*std::min_element(together.begin(), together.end()), 100.0) << "or no lane ended before others";
    for (std::size_t start = 0; start < 625; start += 13) {
        State own(6);
        for (std::size_t v = 0; v < 6; ++v) own[v] = starts[v * 625 + start];
        std::size_t watched = 0;
        runner.run(
            network, 1, [&](std::span<float> observations) { environment.start_from(own, observations); },
            [&] { ++watched; });
        EXPECT_EQ(runner.returns()[0], together[start]) << "start " << start;
        EXPECT_EQ(watched, runner.steps()[0]);
    }
}

TEST(PoleTasks, DrawTrackCartAndPoles) {
    const DoublePoleTask task({});
    Network network = linear_controller(std::vector<float>(7, 0.0F));
    const Trace trace = task.trace(network, 1);
    ASSERT_EQ(trace.rows.size(), 23U);
    ASSERT_EQ(trace.drawings.size(), 23U);
    ASSERT_EQ(trace.drawings[0].shapes.size(), 4U);
    const Shape& pole = trace.drawings[0].shapes[2];
    EXPECT_EQ(pole.role, Shape::Role::part);
    EXPECT_NEAR(pole.points[1].x, std::sin(0.07), 1e-6);
    EXPECT_NEAR(pole.points[1].y, std::cos(0.07), 1e-6);
}

TEST(PoleTasks, KeepWhatEveryTaskPromises) {
    for (const bool velocities : {true, false}) {
        expect_sound(SinglePoleTask({.velocities = velocities}));
        expect_sound(DoublePoleTask({.velocities = velocities}));
        expect_sound(DoublePoleTask({.velocities = velocities, .fitness = PoleFitness::damping}));
    }
}

}  // namespace
}  // namespace clade
