// Rows of sequences go through recurrent networks one a step.
#include "tests/support/messages.hpp"
#include "tests/support/random_genomes.hpp"

#include <clade/evaluation/tasks/data/data_scorer_internal.hpp>
#include <clade/evaluation/tasks/data/data_task.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>
#include <clade/core/simd.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace clade {
namespace {

constexpr std::size_t input_count = 3;

/// Sequences of 1 to 9 rows of random numbers, whose rows take turns at random.
DataTable random_sequences(std::size_t sequences, std::uint64_t seed) {
    Stream random({seed, 0, Purpose::data_noise}, 0);
    DataTable table;
    for (std::size_t i = 0; i < input_count; ++i) table.inputs.push_back({.name = "x" + std::to_string(i)});
    table.targets = {{.name = "y"}};
    std::vector<std::size_t> left;
    for (std::size_t s = 0; s < sequences; ++s) left.push_back(1 + random.below(9));
    for (std::size_t s = 0; sequences > 0; s = random.below(static_cast<std::uint32_t>(left.size()))) {
        if (left[s] == 0) continue;
        if (--left[s] == 0) --sequences;
        for (DataColumn& input : table.inputs) input.values.push_back(random.normal());
        table.targets[0].values.push_back(random.normal());
        table.sequence.push_back(static_cast<std::uint32_t>(s));
    }
    return table;
}

DataTask task_of(const DataTable& table, int steps = 1, int batch_size = 0) {
    DataTaskParams params;
    params.validation_fraction = 0.0;
    params.standardise = false;
    params.target_scale = TargetScale::none;
    params.fitness = DataFitness::mean_squared_error;
    params.steps = steps;
    params.batch_size = batch_size;
    return {"data", table, params, 1};
}

Network recurrent_network(SimdLevel simd = best_simd_level()) {
    const GenomeStore genome = testing::random_genome(
        {.shape = {input_count, 1, true}, .recurrent = true, .activations = {Activation::tanh}}, 5);
    return make_network({genome, NetworkKind::recurrent}, {}, simd);
}

/// What the network says of each row of the table, sequence by sequence, a row at a time.
std::vector<float> said_one_by_one(const DataTable& table, int steps) {
    std::map<std::uint32_t, Network> networks;  // each keeps the memory of its sequence
    std::vector<float> said;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        auto network = networks.find(table.sequence[row]);
        if (network == networks.end()) {
            network = networks.emplace(table.sequence[row], recurrent_network()).first;
            network->second.reset();
        }
        std::array<float, input_count> inputs{};
        for (std::size_t i = 0; i < input_count; ++i) inputs[i] = static_cast<float>(table.inputs[i].values[row]);
        float output = 0.0F;
        for (int step = 0; step < steps; ++step) network->second.activate(inputs, {&output, 1});
        said.push_back(output);
    }
    return said;
}

/// Outputs of the training rows, by the values of their first inputs, of which no two are equal.
std::map<float, float> said_in_steps(const DataTask& task, Network network) {
    const Dataset& rows = task.data().training;
    DataScorer scorer({.training = rows});
    const std::span<const float> outputs = scorer.run(network, rows);
    std::map<float, float> said;
    for (std::size_t row = 0; row < rows.row_count(); ++row) said[rows.inputs(row, 0)] = outputs[row];
    return said;
}

TEST(SequenceScoring, SaysOfEachRowWhatTheNetworkSaysThatSawTheSequenceSoFar) {
    const DataTable table = random_sequences(150, 1);
    for (const int steps : {1, 3}) {
        const DataTask task = task_of(table, steps);
        const std::vector<float> expected = said_one_by_one(table, steps);
        double errors = 0.0;
        for (std::size_t row = 0; row < table.row_count(); ++row) {
            const double error = double{expected[row]} - table.targets[0].values[row];
            errors += error * error / static_cast<double>(table.row_count());
        }
        Network network = recurrent_network();
        EXPECT_NEAR(task.make_evaluator()->evaluate(network, {}), errors, 1e-12 * errors);
    }
    const std::map<float, float> said = said_in_steps(task_of(table), recurrent_network());
    const std::vector<float> expected = said_one_by_one(table, 1);
    ASSERT_EQ(said.size(), table.row_count());
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        EXPECT_EQ(said.at(static_cast<float>(table.inputs[0].values[row])), expected[row]) << "row " << row;
    }
}

TEST(SequenceScoring, IsTheSameAtEverySimdLevelAndForEveryOrderOfTheSequences) {
    const DataTable table = random_sequences(100, 2);
    DataTable renamed = table;  // another order of equally long sequences
    for (std::uint32_t& sequence : renamed.sequence) sequence = 99 - sequence;
    const std::map<float, float> said = said_in_steps(task_of(table), recurrent_network());
    EXPECT_EQ(said_in_steps(task_of(renamed), recurrent_network()), said);
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        if (level > best_simd_level()) continue;
        EXPECT_EQ(said_in_steps(task_of(table), recurrent_network(level)), said);
    }
}

TEST(SequenceScoring, RemembersNothingOfOtherSequencesAndOfEarlierCalls) {
    const DataTable table = random_sequences(100, 3);
    const DataTask task = task_of(table);
    Network network = recurrent_network();
    const auto evaluator = task.make_evaluator();
    const double first = evaluator->evaluate(network, {});
    EXPECT_EQ(evaluator->evaluate(network, {}), first);
    DataTable alone = table;  // each row a sequence of its own
    for (std::size_t row = 0; row < alone.row_count(); ++row) alone.sequence[row] = static_cast<std::uint32_t>(row);
    EXPECT_NE(said_in_steps(task_of(alone), recurrent_network()), said_in_steps(task, recurrent_network()));
    DataTable independent = table;
    independent.sequence.clear();
    EXPECT_EQ(said_in_steps(task_of(independent), recurrent_network()),
              said_in_steps(task_of(alone), recurrent_network()));
}

TEST(SequenceScoring, TakesBatchesOfWholeSequences) {
    const DataTask task = task_of(random_sequences(100, 4), 1, 50);
    EXPECT_FALSE(task.traits().deterministic);
    Network network = recurrent_network();
    const auto evaluator = task.make_evaluator();
    const double first = evaluator->evaluate(network, {.generation = 1});
    EXPECT_NE(evaluator->evaluate(network, {.generation = 2}), first);
    EXPECT_EQ(evaluator->evaluate(network, {.generation = 1}), first);
}

TEST(SequenceScoring, NeedsMemoryAndHasNoGradient) {
    const DataTable table = random_sequences(20, 5);
    EXPECT_TRUE(task_of(table).traits().needs_memory);
    EXPECT_FALSE(task_of(table).traits().differentiable);
    DataTable independent = table;
    independent.sequence.clear();
    EXPECT_FALSE(task_of(independent).traits().needs_memory);
    EXPECT_TRUE(task_of(independent).traits().differentiable);
}

}  // namespace
}  // namespace clade
