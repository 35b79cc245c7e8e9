// The tasks that are truth tables: their cases against plain logic, and the fitness of networks that know the answer.
#include <clade/evaluation/tasks/boolean/multiplexer.hpp>
#include <clade/evaluation/tasks/boolean/parity.hpp>
#include <clade/evaluation/tasks/boolean/retina.hpp>

#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <set>

namespace clade {
namespace {

using testing::connection;
using testing::expect_sound;
using testing::fitness_of;
using testing::measure;
using testing::network_of;
using testing::node;

GenomeShape shape_of(const TruthTable& table) {
    return {static_cast<std::uint32_t>(table.inputs.size()), static_cast<std::uint32_t>(table.outputs.size()), false};
}

bool is_on(const TruthTable& table, std::size_t input, std::size_t c) {
    return table.observations[input * table.case_count + c] > 0.5F;
}

/// Answers every case with the same number.
Network constant_network(const TruthTable& table, float value) {
    std::vector<NodeGene> nodes;
    for (std::uint32_t o = 0; o < table.outputs.size(); ++o) {
        nodes.push_back(node(shape_of(table).first_output() + o, Activation::identity, value));
    }
    return network_of(shape_of(table), nodes, std::span<const ConnectionGene>());
}

/// A hidden node for each case and output that is high: 1 in this case, 0 in every other.
Network looking_up(const TruthTable& table) {
    const GenomeShape shape = shape_of(table);
    const auto [off, on] = std::minmax_element(table.observations.begin(), table.observations.end());
    const float scale = 1.0F / (*on - *off);  // to inputs of 0 and 1
    std::vector<NodeGene> nodes;
    for (std::uint32_t o = 0; o < shape.output_count; ++o) {
        nodes.push_back(node(shape.first_output() + o, Activation::identity, table.low));
    }
    std::vector<ConnectionGene> connections;
    const auto connect = [&](std::uint32_t source, std::uint32_t target, float weight) {
        connections.push_back(connection(static_cast<std::uint32_t>(connections.size()), source, target, weight));
    };
    for (std::uint32_t o = 0; o < shape.output_count; ++o) {
        for (std::size_t c = 0; c < table.case_count; ++c) {
            if (table.targets[o * table.case_count + c] != table.high) continue;
            const auto id = static_cast<std::uint32_t>(shape.source_count() + nodes.size());
            float bias = 1.0F;
            for (std::uint32_t i = 0; i < shape.input_count; ++i) {
                const bool set = is_on(table, i, c);
                connect(i, id, set ? scale : -scale);
                bias -= (set ? *on : -*off) * scale;
            }
            nodes.push_back(node(id, Activation::relu, bias));
            connect(id, shape.first_output() + o, table.high - table.low);
        }
    }
    return network_of(shape, nodes, connections);
}

/// A hidden node a data bit, which hands it on if its address is given.
Network addressing(std::uint32_t address_bits) {
    const std::uint32_t data_bits = 1U << address_bits;
    const std::uint32_t inputs = address_bits + data_bits;
    std::vector<NodeGene> nodes{node(inputs)};
    std::vector<ConnectionGene> connections;
    const auto connect = [&](std::uint32_t source, std::uint32_t target, float weight) {
        connections.push_back(connection(static_cast<std::uint32_t>(connections.size()), source, target, weight));
    };
    for (std::uint32_t address = 0; address < data_bits; ++address) {
        const std::uint32_t id = inputs + 1 + address;
        nodes.push_back(node(id, Activation::relu, -static_cast<float>(std::popcount(address))));
        for (std::uint32_t bit = 0; bit < address_bits; ++bit) {
            connect(bit, id, ((address >> bit) & 1U) != 0 ? 1.0F : -1.0F);
        }
        connect(address_bits + address, id, 1.0F);
        connect(id, inputs, 1.0F);
    }
    return network_of({inputs, 1, false}, nodes, connections);
}

MultiplexerTask multiplexer(int address_bits, std::uint64_t seed = 1) {
    return MultiplexerTask({.address_bits = address_bits}, {.seed = seed, .directory = {}});
}

RetinaTask retina(RetinaGoal goal) { return RetinaTask({.goal = goal}, {}); }

void expect_solved(const Task& task, Network network, double fitness) {
    EXPECT_EQ(fitness_of(task, network), fitness);
    EXPECT_TRUE(task.solves(network, fitness, {})->solved);
    EXPECT_EQ(measure(task.report(network), "right share"), 1.0);
}

TEST(TruthTable, ScoreIsThatOfAPlainLoopForAnyNumberOfAnswers) {
    for (std::size_t count = 1; count <= 70; ++count) {
        TruthTable table{{"x"}, {"y"}, count, std::vector<float>(count), std::vector<float>(count), -1.0F, 1.0F};
        const std::vector<float> outputs = testing::random_numbers(count, count);
        double error = 0.0;
        std::size_t right = 0;
        for (std::size_t c = 0; c < count; ++c) {
            table.targets[c] = c % 3 == 0 ? 1.0F : -1.0F;
            const double difference = double{table.targets[c]} - std::clamp(double{outputs[c]}, -1.0, 1.0);
            error += difference * difference / 4.0;
            right += (outputs[c] > 0.0F) == (table.targets[c] > 0.0F) ? 1U : 0U;
        }
        const TruthTableScore score = score_answers(table, outputs);
        EXPECT_NEAR(score.squared_error, error, 1e-6 * static_cast<double>(count));
        EXPECT_EQ(score.right_count, right) << count;
    }
}

TEST(TruthTable, FailsAnOutputThatIsNotFinite) {
    const TruthTable table{{"x"}, {"y"}, 20, std::vector<float>(20), std::vector<float>(20)};
    for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                            std::numeric_limits<float>::quiet_NaN()}) {
        for (const std::size_t place : {0U, 15U, 16U, 19U}) {
            std::vector<float> outputs(20);
            EXPECT_EQ(score_answers(table, outputs).squared_error, 0.0);
            outputs[place] = bad;
            EXPECT_TRUE(std::isnan(score_answers(table, outputs).squared_error)) << bad << " at " << place;
        }
    }
}

TEST(TruthTable, OutputsBeyondTheTargetsAreNoBetterAndNoWorse) {
    const ParityTask task({.bits = 2}, {});
    Network low = constant_network(task.table(), -1000.0F);
    Network high = constant_network(task.table(), 1000.0F);
    EXPECT_EQ(fitness_of(task, low), 2.0);
    EXPECT_EQ(fitness_of(task, high), 2.0);
}

TEST(ParityTask, TargetIsTheParityOfTheOnesInEveryCase) {
    for (const int bits : {2, 3, 7, 16}) {
        const ParityTask task({.bits = bits}, {});
        const TruthTable& table = task.table();
        ASSERT_EQ(table.case_count, std::size_t{1} << static_cast<unsigned>(bits));
        std::size_t wrong = 0;
        for (std::size_t c = 0; c < table.case_count; ++c) {
            int ones = 0;
            for (std::size_t i = 0; i < table.inputs.size(); ++i) ones += is_on(table, i, c) ? 1 : 0;
            wrong += table.targets[c] == static_cast<float>(ones % 2) ? 0U : 1U;
        }
        EXPECT_EQ(wrong, 0U) << bits;
    }
}

TEST(ParityTask, FitnessIsOneACaseLessTheSquaredError) {
    const ParityTask task({.bits = 3}, {});
    expect_solved(task, looking_up(task.table()), 8.0);
    Network half = constant_network(task.table(), 0.5F);
    EXPECT_EQ(fitness_of(task, half), 6.0);
    EXPECT_FALSE(task.solves(half, 6.0, {})->solved);
}

TEST(ParityTask, StepsARecurrentNetworkFromResetOnEveryCase) {
    // Node 3 is x + y - 1 if positive, as late as it takes: parity is x + y - 2 of it.
    const auto network = [] {
        return network_of({2, 1, false}, {node(2), node(3, Activation::relu, -1.0F)},
                          {connection(0, 0, 2, 1.0F), connection(1, 1, 2, 1.0F), connection(2, 0, 3, 1.0F),
                           connection(3, 1, 3, 1.0F), connection(4, 3, 2, -2.0F)},
                          NetworkKind::recurrent);
    };
    Network enough = network();
    EXPECT_EQ(fitness_of(ParityTask({.bits = 2, .steps = 2}, {}), enough), 4.0);
    Network short_of = network();
    EXPECT_LT(fitness_of(ParityTask({.bits = 2, .steps = 1}, {}), short_of), 4.0);
}

TEST(ParityTask, ReportsEveryCaseOfASmallTable) {
    const ParityTask task({.bits = 2}, {});
    Network network = looking_up(task.table());
    const TaskReport report = task.report(network);
    EXPECT_EQ(report.header, (std::vector<std::string>{"bit 0", "bit 1", "target parity", "parity"}));
    ASSERT_EQ(report.rows.size(), 4U);
    EXPECT_EQ(report.rows[1], (std::vector<std::string>{"1", "0", "1", "1"}));
    Network many = constant_network(ParityTask({.bits = 7}, {}).table(), 0.0F);
    EXPECT_TRUE(ParityTask({.bits = 7}, {}).report(many).rows.empty());
}

TEST(MultiplexerTask, TargetIsTheDataBitThatTheAddressNames) {
    for (const int address_bits : {1, 2, 3, 4}) {
        const MultiplexerTask task = multiplexer(address_bits);
        for (const TruthTable& table : {task.table(), task.held_out()}) {
            std::size_t wrong = 0;
            for (std::size_t c = 0; c < table.case_count; ++c) {
                std::size_t address = 0;
                for (std::size_t i = 0; i < static_cast<std::size_t>(address_bits); ++i) {
                    if (is_on(table, i, c)) address += std::size_t{1} << i;
                }
                const bool chosen = is_on(table, static_cast<std::size_t>(address_bits) + address, c);
                wrong += chosen == (table.targets[c] == 1.0F) ? 0U : 1U;
            }
            EXPECT_EQ(wrong, 0U) << address_bits;
        }
    }
}

TEST(MultiplexerTask, ShowsEveryCaseOnceUpToElevenInputs) {
    for (const int address_bits : {1, 2, 3}) {
        const MultiplexerTask task = multiplexer(address_bits);
        const TruthTable& table = task.table();
        std::set<std::size_t> seen;
        for (std::size_t c = 0; c < table.case_count; ++c) {
            std::size_t bits = 0;
            for (std::size_t i = 0; i < table.inputs.size(); ++i) bits += (is_on(table, i, c) ? 1U : 0U) << i;
            seen.insert(bits);
        }
        EXPECT_EQ(seen.size(), std::size_t{1} << table.inputs.size());
        EXPECT_EQ(table.case_count, seen.size());
        EXPECT_EQ(task.held_out().case_count, 0U);
    }
}

TEST(MultiplexerTask, DrawsTheCasesOfTwentyInputsByTheRunsSeed) {
    const MultiplexerTask task = multiplexer(4);
    EXPECT_EQ(task.table().case_count, 16U * 128U);
    EXPECT_EQ(task.held_out().case_count, 16U * 4096U);
    EXPECT_EQ(task.table().observations, multiplexer(4).table().observations);
    EXPECT_NE(task.table().observations, multiplexer(4, 2).table().observations);
    EXPECT_EQ(std::count(task.table().targets.begin(), task.table().targets.end(), 1.0F), 1024);
}

TEST(MultiplexerTask, FitnessOfThePerfectNetworkIsThatOfSharpNeat) {
    expect_solved(multiplexer(1), addressing(1), 108.0);
    expect_solved(multiplexer(2), addressing(2), 1064.0);
    expect_solved(multiplexer(3), addressing(3), 2048.0);
    expect_solved(multiplexer(4), addressing(4), 2048.0);
    const MultiplexerTask task = multiplexer(3);
    Network half = constant_network(task.table(), 0.5F);
    EXPECT_EQ(fitness_of(task, half), 1536.0);
}

TEST(MultiplexerTask, HeldOutCasesMustBeRightToo) {
    const MultiplexerTask task = multiplexer(4);
    Network by_heart = looking_up(task.table());
    EXPECT_EQ(fitness_of(task, by_heart), 2048.0);
    const auto verdict = task.solves(by_heart, 2048.0, {});
    EXPECT_FALSE(verdict->solved);
    EXPECT_EQ(verdict->measures[0].value, 2048.0);
    EXPECT_LT(verdict->measures[1].value, 40000.0) << "half of the cases are 0, which it says of those not seen";
}

/// Whether a half holds an object, from its pixels as they are counted in the paper.
bool counts_as_object(std::initializer_list<bool> outer, std::initializer_list<bool> inner) {
    const auto outer_count = std::count(outer.begin(), outer.end(), true);
    const auto inner_count = std::count(inner.begin(), inner.end(), true);
    if (outer_count + inner_count >= 3) return true;
    return outer_count + inner_count >= 1 && inner_count == 0;
}

TEST(RetinaTask, CountsPixelsForBothOrEitherSide) {
    const RetinaTask both = retina(RetinaGoal::left_and_right);
    const RetinaTask either = retina(RetinaGoal::left_or_right);
    const TruthTable& table = both.table();
    std::size_t wrong = 0;
    for (std::size_t c = 0; c < table.case_count; ++c) {
        const auto on = [&](std::size_t i) { return is_on(table, i, c); };
        const bool left = counts_as_object({on(0), on(4)}, {on(1), on(5)});
        const bool right = counts_as_object({on(3), on(7)}, {on(2), on(6)});
        wrong += (table.targets[c] == 1.0F) == (left && right) ? 0U : 1U;
        wrong += (either.table().targets[c] == 1.0F) == (left || right) ? 0U : 1U;
    }
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(std::count(table.targets.begin(), table.targets.end(), 1.0F), 64) << "8 of 16 patterns a side";
    EXPECT_EQ(std::count(either.table().targets.begin(), either.table().targets.end(), 1.0F), 192);
}

TEST(RetinaTask, ListsEightPatternsASide) {
    const TruthTable table = retina(RetinaGoal::patterns).table();
    std::set<int> left;
    std::set<int> right;
    for (std::size_t c = 0; c < table.case_count; ++c) {
        const auto on = [&](std::size_t i) { return is_on(table, i, c) ? 1 : 0; };
        if (table.targets[c] == 1.0F) left.insert(8 * on(0) + 4 * on(1) + 2 * on(4) + on(5));
        if (table.targets[256 + c] == 1.0F) right.insert(8 * on(2) + 4 * on(3) + 2 * on(6) + on(7));
    }
    EXPECT_EQ(left, (std::set<int>{0, 1, 2, 3, 4, 7, 8, 11}));
    EXPECT_EQ(right, (std::set<int>{0, 1, 2, 4, 8, 12, 13, 14}));
    EXPECT_EQ(std::count(table.targets.begin(), table.targets.end(), 1.0F), 256);
    EXPECT_EQ(std::count(table.targets.begin(), table.targets.end(), -1.0F), 256);
    EXPECT_EQ(std::count(table.observations.begin(), table.observations.end(), 3.0F), 1024);
    EXPECT_EQ(std::count(table.observations.begin(), table.observations.end(), -3.0F), 1024);
}

TEST(RetinaTask, FitnessOfThePerfectNetworkIsTheNumberOfImages) {
    for (const RetinaGoal goal : {RetinaGoal::left_and_right, RetinaGoal::left_or_right, RetinaGoal::patterns}) {
        const RetinaTask task = retina(goal);
        Network network = looking_up(task.table());
        EXPECT_NEAR(fitness_of(task, network), 256.0, 1e-4) << "inputs of 3 are scaled by a sixth, rounded";
        EXPECT_TRUE(task.solves(network, 256.0, {})->solved);
    }
    const RetinaTask task = retina(RetinaGoal::patterns);
    Network middle = constant_network(task.table(), 0.0F);
    EXPECT_EQ(fitness_of(task, middle), 192.0);
}

TEST(EveryTruthTable, KeepsWhatTasksPromise) {
    expect_sound(ParityTask({.bits = 4}, {}));
    expect_sound(multiplexer(2));
    expect_sound(multiplexer(3));
    expect_sound(retina(RetinaGoal::left_or_right));
    expect_sound(retina(RetinaGoal::patterns));
}

TEST(EveryTruthTable, SaysOnItsPageWhatItReadsAndWants) {
    const TaskPage page = retina(RetinaGoal::patterns).page();
    ASSERT_EQ(page.inputs.size(), 8U);
    EXPECT_EQ(page.inputs[0].low, -3.0);
    EXPECT_EQ(page.inputs[0].high, 3.0);
    ASSERT_EQ(page.outputs.size(), 2U);
    EXPECT_EQ(page.outputs[1].low, -1.0);
    EXPECT_NE(multiplexer(2).page().reward.find("plus 1000"), std::string::npos);
    EXPECT_NE(multiplexer(4).page().solved.find("65536 held-out"), std::string::npos);
    for (const std::string& source : {page.source, multiplexer(1).page().source, ParityTask({}, {}).page().source}) {
        EXPECT_FALSE(source.empty());
    }
}

}  // namespace
}  // namespace clade
