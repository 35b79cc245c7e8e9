// The tasks that only a recurrent network can do: drawing a curve, and remembering a sequence.
#include <clade/evaluation/tasks/memory/generative.hpp>
#include <clade/evaluation/tasks/memory/sequence_memory.hpp>

#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace clade {
namespace {

using testing::broken_rules;
using testing::connection;
using testing::expect_sound;
using testing::fitness_of;
using testing::measure;
using testing::network_of;
using testing::node;

/// Turns a point by `angle` a step, round a centre such that the first coordinate is amplitude x sin(angle x step).
Network oscillator(double angle, double amplitude) {
    const auto cosine = static_cast<float>(std::cos(angle));
    const auto sine = static_cast<float>(std::sin(angle));
    return network_of(
        {1, 1, false}, {node(1, Activation::identity, 0.5F), node(2), node(3)},
        {connection(0, 2, 1, 1.0F), connection(1, 2, 2, cosine), connection(2, 3, 2, sine), connection(3, 2, 3, -sine),
         connection(4, 3, 3, cosine), connection(5, 0, 2, static_cast<float>(std::sin(angle) * amplitude)),
         connection(6, 0, 3, static_cast<float>((std::cos(angle) - 1.0) * amplitude))},
        NetworkKind::recurrent);
}

TEST(GenerativeTask, AnOscillatorDrawsTheSine) {
    const GenerativeTask task({}, {});
    const auto [low, high] = std::minmax_element(task.targets().begin(), task.targets().end());
    const double angle = 8.0 * M_PI / 79.0;
    Network network = oscillator(angle, 0.8 / (*high - *low));
    EXPECT_GT(fitness_of(task, network), 999.0);
    Network slower = oscillator(0.9 * angle, 0.8 / (*high - *low));
    EXPECT_LT(fitness_of(task, slower), 100.0);
}

TEST(GenerativeTask, FitnessOfAConstantIsThatOfTheFormula) {
    GenerativeTask::Params params{.function = RegressionFunction::beat_sine, .samples = 50, .range = 20.0};
    const double spacing = 20.0 / 49.0;
    std::vector<double> y;
    for (int i = 0; i < 50; ++i) y.push_back(std::sin(spacing * i) + std::sin(1.2 * spacing * i));
    const auto [low, high] = std::minmax_element(y.begin(), y.end());
    double value_error = 0.0;
    double gradient_error = 0.0;
    for (std::size_t i = 0; i < 50; ++i) {
        const std::size_t before = i == 0 ? 0 : i - 1;
        const std::size_t after = i == 49 ? 49 : i + 1;
        value_error += std::pow(y[i] - (*low + *high) / 2.0, 2.0) / 50.0;
        gradient_error +=
            std::pow((y[after] - y[before]) / (spacing * static_cast<double>(after - before)), 2.0) / 50.0;
    }
    Network constant = network_of({1, 1, false}, {node(1, Activation::identity, 0.5F)}, {}, NetworkKind::recurrent);
    EXPECT_NEAR(fitness_of(GenerativeTask(params, {}), constant),
                20.0 / (0.1 * value_error + 0.9 * gradient_error + 0.02), 1e-4);
    params.gradient_weight = 0.0;
    EXPECT_NEAR(fitness_of(GenerativeTask(params, {}), constant), 20.0 / (value_error + 0.02), 1e-4);
}

TEST(GenerativeTask, ReportsTheCurve) {
    const GenerativeTask task({}, {});
    Network constant = network_of({1, 1, false}, {node(1, Activation::identity, 0.5F)}, {});
    const TaskReport report = task.report(constant);
    EXPECT_NEAR(measure(report, "mean squared error"), 0.5, 0.01) << "half of the squared amplitude";
    ASSERT_EQ(report.rows.size(), 80U);
    EXPECT_EQ(report.rows[0], (std::vector<std::string>{"0", "0", report.rows[79][2]}));
}

TEST(GenerativeTask, TakesFunctionsOfOneNumberAlone) {
    EXPECT_EQ(broken_rules(GenerativeTask::Params{}), "");
    EXPECT_EQ(broken_rules(GenerativeTask::Params{.function = RegressionFunction::pagie}),
              "function: must be a function of one number, got 'pagie'");
}

TEST(GenerativeTask, KeepsWhatTasksPromise) {
    expect_sound(GenerativeTask({}, {}));
    EXPECT_EQ(GenerativeTask({}, {}).page().inputs.size(), 1U);
    EXPECT_FALSE(GenerativeTask({}, {}).page().source.empty());
}

SequenceMemoryTask memory(const SequenceMemoryTask::Params& params, std::uint64_t seed = 1) {
    return SequenceMemoryTask(params, {.seed = seed, .directory = {}});
}

/// Hands the bit on from node to node, of which each remembers it for one step of the network; the outputs read the
/// nodes where the bits are when they are asked for.
Network shift_register(const SequenceMemoryTask::Params& params) {
    const bool serial = params.recall == Recall::serial;
    const int begin = params.length * (1 + params.pause) + params.delay;
    const auto outputs = static_cast<std::uint32_t>(serial ? 1 : params.length);
    const auto cells = static_cast<std::uint32_t>(params.steps * (begin + 1));
    std::vector<NodeGene> nodes;
    std::vector<ConnectionGene> connections;
    for (std::uint32_t n = 0; n < outputs + cells; ++n) nodes.push_back(node(3 + n));
    const auto connect = [&](std::uint32_t source, std::uint32_t target) {
        connections.push_back(connection(static_cast<std::uint32_t>(connections.size()), source, target, 1.0F));
    };
    const std::uint32_t first = 3 + outputs;
    connect(2, first);
    for (std::uint32_t cell = 1; cell < cells; ++cell) connect(first + cell - 1, first + cell);
    for (std::uint32_t o = 0; o < outputs; ++o) {
        const int shown = static_cast<int>(o) * (1 + params.pause);
        const int age = params.steps * (begin - shown) + params.steps - 1;
        connect(first + static_cast<std::uint32_t>(age) - 1, 3 + o);
    }
    return network_of({3, outputs, false}, nodes, connections, NetworkKind::recurrent);
}

TEST(SequenceMemoryTask, AShiftRegisterRemembersEverySequence) {
    for (const Recall recall : {Recall::parallel, Recall::serial}) {
        for (const int steps : {1, 2}) {
            const SequenceMemoryTask::Params params{
                .length = 4, .pause = recall == Recall::parallel ? 1 : 0, .delay = 3, .recall = recall, .steps = steps};
            const SequenceMemoryTask task = memory(params);
            Network network = shift_register(params);
            EXPECT_EQ(fitness_of(task, network), 1.0) << name_of(recall) << ", steps " << steps;
            EXPECT_TRUE(task.solves(network, 1.0, {})->solved);
            EXPECT_EQ(measure(task.report(network), "right sequences"), 16.0);
        }
    }
}

TEST(SequenceMemoryTask, ForgettingIsWorthNoMoreThanGuessing) {
    const SequenceMemoryTask::Params params{.length = 3, .delay = 2};
    const SequenceMemoryTask task = memory(params);
    Network half = network_of(
        {3, 3, false},
        {node(3, Activation::identity, 0.5F), node(4, Activation::identity, 0.5F), node(5, Activation::identity, 0.5F)},
        {}, NetworkKind::recurrent);
    EXPECT_NEAR(fitness_of(task, half), 0.75, 1e-12);
    EXPECT_FALSE(task.solves(half, 0.75, {})->solved);
    SequenceMemoryTask::Params longer = params;
    longer.delay = 3;
    Network register_for_two = shift_register({.length = 3, .delay = 2, .steps = params.steps});
    EXPECT_EQ(fitness_of(task, register_for_two), 1.0);
    EXPECT_LT(fitness_of(memory(longer), register_for_two), 0.75) << "a step late, it says other bits";
}

/// What a task shows and asks of one sequence, read from its moments.
struct Played {
    std::vector<float> shown;
    std::vector<float> wanted;
    double weight = 0.0;   // of all answers
    int asked_first = -1;  // time
};

Played played(const SequenceMemoryTask& task, std::size_t row) {
    const std::size_t rows = task.sequences().size();
    const std::size_t outputs = task.traits().output_count;
    Played found;
    int time = -1;
    for (const SequenceMemoryTask::Moment& moment : task.moments()) {
        ++time;
        if (moment.observations[row] == 1.0F) found.shown.push_back(moment.observations[2 * rows + row]);
        EXPECT_EQ(moment.observations[rows + row] == 1.0F, moment.weights[row] > 0.0);
        if (moment.weights[row] == 0.0) continue;
        if (found.asked_first < 0) found.asked_first = time;
        for (std::size_t o = 0; o < outputs; ++o) found.wanted.push_back(moment.targets[o * rows + row]);
        found.weight += moment.weights[row] * static_cast<double>(outputs);
    }
    return found;
}

void expect_shown_then_asked(const SequenceMemoryTask& task, Recall recall) {
    for (std::size_t row = 0; row < task.sequences().size(); ++row) {
        const BitSequence& sequence = task.sequences()[row];
        std::vector<float> bits;
        for (int i = 0; i < sequence.length; ++i) {
            bits.push_back(static_cast<float>((sequence.bits >> static_cast<unsigned>(i)) & 1U));
        }
        const Played found = played(task, row);
        EXPECT_EQ(found.asked_first, 2 * sequence.length + 2);
        EXPECT_EQ(found.shown, bits);
        if (recall == Recall::parallel) bits.resize(3);  // no bit: 0
        EXPECT_EQ(found.wanted, bits);
        EXPECT_NEAR(found.weight, 1.0, 1e-12);
    }
}

TEST(SequenceMemoryTask, ShowsEachSequenceThenAsksForIt) {
    for (const bool variable : {false, true}) {
        for (const Recall recall : {Recall::parallel, Recall::serial}) {
            const SequenceMemoryTask task =
                memory({.length = 3, .variable_length = variable, .pause = 1, .delay = 2, .recall = recall});
            EXPECT_EQ(task.sequences().size(), variable ? 14U : 8U);
            expect_shown_then_asked(task, recall);
        }
    }
}

TEST(SequenceMemoryTask, DrawsSequencesByTheRunsSeedWhereThereAreTooMany) {
    const SequenceMemoryTask::Params params{.length = 12, .variable_length = true, .max_sequences = 300};
    const auto texts = [](const SequenceMemoryTask& task) {
        std::vector<std::uint32_t> written;
        for (const BitSequence& sequence : task.sequences()) {
            written.push_back(sequence.bits | 1U << static_cast<unsigned>(sequence.length));
        }
        return written;
    };
    EXPECT_EQ(texts(memory(params)).size(), 300U);
    EXPECT_EQ(texts(memory(params)), texts(memory(params)));
    EXPECT_NE(texts(memory(params)), texts(memory(params, 2)));
    std::set<int> lengths;
    const SequenceMemoryTask drawn = memory(params);
    for (const BitSequence& sequence : drawn.sequences()) lengths.insert(sequence.length);
    EXPECT_EQ(lengths.size(), 12U);
    const SequenceMemoryTask all = memory({.length = 8});
    const std::vector<std::uint32_t> every = texts(all);
    EXPECT_EQ(std::set<std::uint32_t>(every.begin(), every.end()).size(), 256U);
}

TEST(SequenceMemoryTask, FailsAnOutputThatIsNotFinite) {
    Network network = network_of({3, 1, false}, {node(3, Activation::square)}, {connection(0, 1, 3, 3e38F)});
    EXPECT_TRUE(std::isnan(fitness_of(memory({.length = 1}), network)));
}

TEST(SequenceMemoryTask, KeepsWhatTasksPromise) {
    expect_sound(memory({}));
    expect_sound(memory({.length = 3, .variable_length = true, .recall = Recall::serial}));
    EXPECT_EQ(memory({}).page().outputs.size(), 3U);
    EXPECT_EQ(memory({.recall = Recall::serial}).page().outputs.size(), 1U);
}

}  // namespace
}  // namespace clade
