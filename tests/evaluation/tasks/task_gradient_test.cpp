// The gradients of tasks against finite differences of the losses that they say are theirs.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/boolean/multiplexer.hpp>
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>

#include <clade/core/error.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace clade {
namespace {

using Loss = std::function<double(Network&)>;

GenomeStore genome_for(const Task& task, std::uint64_t seed) {
    testing::RandomGenomeOptions options;
    options.shape = {static_cast<std::uint32_t>(task.traits().input_count),
                     static_cast<std::uint32_t>(task.traits().output_count), false};
    options.weight_scale = 0.5;
    options.connection_probability = 0.7;
    options.activations = {Activation::logistic, Activation::identity};
    return testing::random_genome(options, seed);
}

PopulationGradient gradient_of(const Task& task, const GenomeStore& store, double* fitness = nullptr,
                               std::uint64_t seed = 1, std::uint32_t generation = 0) {
    ScoreTable scores;
    PopulationGradient gradient;
    ThreadScorer(task).score_with_gradient({.genomes = store, .number = generation, .seed = seed}, scores, gradient);
    EXPECT_EQ(scores.evaluated, 1U);
    if (fitness != nullptr) *fitness = scores.fitness[0];
    return gradient;
}

double loss_of(const GenomeStore& store, const Loss& loss) {
    Network network = make_network({store, NetworkKind::feed_forward});
    return loss(network);
}

/// Central differences in single precision, as wide as that asks for.
double difference(GenomeStore& store, float& number, const Loss& loss) {
    const float kept = number;
    const float step = 1.0F / 256.0F;
    number = kept + step;
    const double above = loss_of(store, loss);
    const float high = number;
    number = kept - step;
    const double slope = (above - loss_of(store, loss)) / (double{high} - double{number});
    number = kept;
    return slope;
}

void expect_gradient(const Task& task, const Loss& loss, double tolerance) {
    double steepest = 0.0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        GenomeStore store = genome_for(task, seed);
        const PopulationGradient found = gradient_of(task, store);
        const GenomeRows rows = store.rows(0);
        for (std::size_t n = 0; n < rows.bias.size(); ++n) {
            const double expected = difference(store, rows.bias[n], loss);
            EXPECT_NEAR(found.bias[n], expected, tolerance * std::max(1.0, std::abs(expected))) << "bias " << n;
            steepest = std::max(steepest, std::abs(expected));
        }
        for (std::size_t c = 0; c < rows.weight.size(); ++c) {
            const double expected = difference(store, rows.weight[c], loss);
            EXPECT_NEAR(found.weight[c], expected, tolerance * std::max(1.0, std::abs(expected))) << "weight " << c;
        }
    }
    EXPECT_GT(steepest, 10.0 * tolerance);  // or the test would say nothing
}

/// Three features of three classes, of which one is rare.
DataTable flowers(std::size_t rows) {
    DataTable data;
    data.labels = {{.classes = {"a", "b", "c"}}};
    for (const char* name : {"x", "y", "z"}) data.inputs.push_back({.name = name, .values = std::vector<double>(rows)});
    const std::vector<float> noise = testing::random_numbers(3 * rows, 8);
    for (std::size_t row = 0; row < rows; ++row) {
        data.labels[0].codes.push_back(row % 10 == 0 ? 2U : static_cast<std::uint32_t>(row % 2));
        for (std::size_t i = 0; i < 3; ++i) {
            data.inputs[i].values[row] = noise[3 * row + i] + (i == data.labels[0].codes.back() ? 1.0F : 0.0F);
        }
    }
    return data;
}

/// Two features and two targets of different scales.
DataTable planes(std::size_t rows) {
    DataTable data;
    for (const char* name : {"x", "y"}) data.inputs.push_back({.name = name, .values = std::vector<double>(rows)});
    for (const char* name : {"sum", "product"})
        data.targets.push_back({.name = name, .values = std::vector<double>(rows)});
    const std::vector<float> numbers = testing::random_numbers(2 * rows, 9);
    for (std::size_t row = 0; row < rows; ++row) {
        data.inputs[0].values[row] = numbers[2 * row];
        data.inputs[1].values[row] = numbers[2 * row + 1];
        data.targets[0].values[row] = 3.0F * (numbers[2 * row] + numbers[2 * row + 1]);
        data.targets[1].values[row] = numbers[2 * row] * numbers[2 * row + 1];
    }
    return data;
}

Loss fitness_of(const Task& task, const Seeds& seeds = {}) {
    return [&task, seeds](Network& network) { return task.make_evaluator()->evaluate(network, seeds); };
}

TEST(ClassificationGradient, IsThatOfTheCrossEntropyWithItsWeightsAndSharpness) {
    DataTaskParams params;
    params.fitness = DataFitness::cross_entropy;
    params.sharpness = 2.0;
    const DataTask plain("data", flowers(150), params, 1);
    expect_gradient(plain, fitness_of(plain), 2e-3);
    params.class_weights = ClassWeights::balanced;
    params.class_factors = {1.0, 2.0, 3.0};
    const DataTask weighted("data", flowers(150), params, 1);
    expect_gradient(weighted, fitness_of(weighted), 2e-3);
}

TEST(ClassificationGradient, OfASoftmaxOutputIsThatOfTheCrossEntropy) {
    DataTaskParams params;
    params.output = ClassOutput::softmax;
    const DataTask plain("data", flowers(150), params, 1);
    expect_gradient(plain, fitness_of(plain), 2e-3);
    DataTable weighted = flowers(150);
    for (std::size_t row = 0; row < 150; ++row) weighted.weight.push_back(row % 3 == 0 ? 4.0 : 0.5);
    params.class_weights = ClassWeights::balanced;
    const DataTask task("data", weighted, params, 1);
    expect_gradient(task, fitness_of(task), 2e-3);
}

TEST(ClassificationGradient, OfSeveralLabelsIsThatOfTheMeanOfTheirCrossEntropies) {
    DataTaskParams params;
    params.output = ClassOutput::softmax;
    params.class_weights = ClassWeights::balanced;
    DataTable table = flowers(150);
    table.labels.push_back({.name = "size", .classes = {"small", "large"}});
    for (std::size_t row = 0; row < 150; ++row) {
        table.labels[1].codes.push_back(table.inputs[0].values[row] + table.inputs[1].values[row] > 0.5 ? 1 : 0);
    }
    const DataTask task("data", table, params, 1);
    EXPECT_EQ(task.traits().output_count, 5U);
    expect_gradient(task, fitness_of(task), 2e-3);
}

TEST(ClassificationGradient, IsTheSameWhateverOfItIsTheFitness) {
    DataTaskParams params;
    params.fitness = DataFitness::cross_entropy;
    const DataTask entropy("data", flowers(150), params, 1);
    for (const DataFitness other :
         {DataFitness::likelihood, DataFitness::accuracy, DataFitness::balanced_accuracy, DataFitness::f1_macro,
          DataFitness::f1_weighted, DataFitness::roc_auc, DataFitness::brier_score}) {
        params.fitness = other;
        const DataTask task("data", flowers(150), params, 1);
        const GenomeStore store = genome_for(task, 4);
        EXPECT_EQ(gradient_of(task, store).weight, gradient_of(entropy, store).weight);
        EXPECT_EQ(gradient_of(task, store).bias, gradient_of(entropy, store).bias);
    }
}

TEST(ClassificationGradient, IsThatOfTheBatchOfItsGeneration) {
    DataTaskParams params;
    params.fitness = DataFitness::cross_entropy;
    params.batch_size = 20;
    const DataTask task("data", flowers(150), params, 1);
    GenomeStore store = genome_for(task, 4);
    float& weight = store.rows(0).weight[0];
    const auto slope = [&](std::uint32_t generation) {
        return difference(store, weight, fitness_of(task, evaluation_seeds(1, generation, 0)));
    };
    EXPECT_NEAR(gradient_of(task, store, nullptr, 1, 5).weight[0], slope(5), 2e-3);
    EXPECT_NEAR(gradient_of(task, store, nullptr, 1, 6).weight[0], slope(6), 2e-3);
    EXPECT_GT(std::abs(slope(5) - slope(6)), 1e-2);
}

TEST(RegressionGradient, IsThatOfTheMeanSquaredErrorOfScaledTargets) {
    DataTaskParams params;
    params.fitness = DataFitness::mean_squared_error;
    for (const TargetScale scale : {TargetScale::unit, TargetScale::standard, TargetScale::none}) {
        params.target_scale = scale;
        const DataTask task("data", planes(100), params, 1);
        expect_gradient(task, fitness_of(task), 5e-3);
    }
}

TEST(RegressionGradient, CountsErrorsByTheTargetsVarianceForCloseness) {
    DataTaskParams params;
    params.fitness = DataFitness::closeness;
    const DataTask task("data", planes(100), params, 1);
    expect_gradient(
        task, [&](Network& network) { return task.measure(network, task.data().training).normalised_error; }, 5e-3);
}

TEST(RegressionGradient, IsThatOfTheFitnessOfEveryErrorWithWeights) {
    DataTable weighted = planes(100);
    for (std::size_t row = 0; row < 100; ++row) weighted.weight.push_back(row % 3 == 0 ? 4.0 : 0.5);
    DataTaskParams params;
    for (const DataFitness fitness : {DataFitness::mean_squared_error, DataFitness::root_mean_squared_error}) {
        params.fitness = fitness;
        const DataTask task("data", weighted, params, 1);
        expect_gradient(task, fitness_of(task), 5e-3);
    }
    params.fitness = DataFitness::mean_absolute_error;  // which has kinks: all estimates are too low, or too high
    params.target_scale = TargetScale::none;
    for (std::size_t row = 0; row < 100; ++row) {
        weighted.targets[0].values[row] += 100.0;
        weighted.targets[1].values[row] -= 100.0;
    }
    const DataTask task("data", weighted, params, 1);
    expect_gradient(task, fitness_of(task), 5e-3);
    params = {};
    params.fitness = DataFitness::r2;
    const DataTask explained("data", planes(100), params, 1);
    expect_gradient(
        explained, [&](Network& network) { return 1.0 - explained.measure(network, explained.data().training).r2; },
        5e-3);
}

TEST(RegressionTaskGradient, IsThereToo) {
    RegressionTask::Params params;
    params.data.fitness = DataFitness::mean_squared_error;
    const RegressionTask task(params, {});
    expect_gradient(task, fitness_of(task), 5e-3);
}

TEST(TruthTableGradient, IsThatOfTheSquaredErrorOfOutputsThatAreNotLimited) {
    const MultiplexerTask task({}, {});
    const TruthTable& table = task.table();
    expect_gradient(
        task,
        [&](Network& network) {
            std::vector<float> outputs(table.answer_count());
            network.activate_batch(table.observations, outputs, table.case_count);
            const double range = double{table.high} - double{table.low};
            double error = 0.0;
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                error += std::pow((double{outputs[i]} - double{table.targets[i]}) / range, 2);
            }
            return error / static_cast<double>(table.outputs.size());
        },
        5e-3);
}

TEST(XorGradient, IsThatOfHalfTheSquaredError) {
    const XorTask task;
    expect_gradient(
        task,
        [](Network& network) {
            const std::array<float, 8> cases{0, 0, 1, 1, 0, 1, 0, 1};
            const std::array<float, 4> targets{0, 1, 1, 0};
            std::array<float, 4> outputs{};
            network.activate_batch(cases, outputs, 4);
            double error = 0.0;
            for (std::size_t i = 0; i < 4; ++i) error += 0.5 * std::pow(double{outputs[i]} - double{targets[i]}, 2);
            return error;
        },
        2e-3);
}

TEST(EvaluateGradients, GivesTheFitnessThatEvaluateGives) {
    const DataTask task("data", flowers(150), {}, 1);
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const GenomeStore store = genome_for(task, seed);
        double fitness = 0.0;
        (void)gradient_of(task, store, &fitness);
        EXPECT_EQ(fitness, loss_of(store, fitness_of(task)));
    }
}

std::string refusal(const Task& task, const GenomeStore& store, const NetworkParams& network = {},
                    const FunctionSet& functions = {}) {
    ScoreTable scores;
    PopulationGradient gradient;
    try {
        ThreadScorer(task).score_with_gradient(
            {.genomes = store, .number = 3, .network = network, .functions = functions}, scores, gradient);
    } catch (const std::exception& error) {
        return error.what();
    }
    return {};
}

TEST(EvaluateGradients, RefusesWhatHasNone) {
    const XorTask differentiable;
    const GenomeStore store = genome_for(differentiable, 1);
    const FunctionTask task({.name = "mine", .input_count = 2, .output_count = 1},
                            [](Network&, const Seeds&) { return 0.0; });
    EXPECT_EQ(refusal(task, store), "task 'mine' has no gradient");
    EXPECT_EQ(
        refusal(differentiable, store, NetworkKind::recurrent),
        "generation 3, position 0, task 'xor': a recurrent network has no gradient: only feed-forward ones have one");
    FunctionSet added;
    testing::RandomGenomeOptions options;
    options.shape = {2, 1, false};
    options.activations = {added.activations.add("mine", [](float x) { return x; })};
    EXPECT_EQ(
        refusal(differentiable, testing::random_genome(options, 1), {}, added),
        "generation 3, position 0, task 'xor': activation 'mine' has no derivative: only built-in functions have one");
    const FunctionTask careless({.name = "careless", .input_count = 2, .output_count = 1, .differentiable = true},
                                [](Network&, const Seeds&) { return 0.0; });
    EXPECT_EQ(
        refusal(careless, store),
        "generation 3, position 0, task 'careless': evaluators of a differentiable task must override gradient()");
}

}  // namespace
}  // namespace clade
