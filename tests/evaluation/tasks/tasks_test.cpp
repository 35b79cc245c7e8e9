// The built-in tasks, and what every task promises.
#include <clade/evaluation/tasks/boolean/xor.hpp>
#include <clade/evaluation/tasks/control/acrobot.hpp>
#include <clade/evaluation/tasks/control/cart_pole.hpp>
#include <clade/evaluation/tasks/control/continuous_mountain_car.hpp>
#include <clade/evaluation/tasks/control/maze.hpp>
#include <clade/evaluation/tasks/control/mountain_car.hpp>
#include <clade/evaluation/tasks/control/pendulum.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>
#include <clade/evaluation/tasks/data/supervised.hpp>

#include <clade/core/error.hpp>

#include "tests/support/task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace clade {
namespace {

using testing::broken_rules;
using testing::connection;
using testing::expect_sound;
using testing::fitness_of;
using testing::measure;
using testing::network_of;
using testing::node;

/// x + y - 2 (x and y), scaled and moved.
Network xor_network(float scale = 1.0F, float shift = 0.0F, NetworkKind kind = NetworkKind::feed_forward) {
    return network_of({2, 1, false}, {node(2, Activation::identity, shift), node(3, Activation::relu, -1.0F)},
                      {connection(1, 0, 2, scale), connection(2, 1, 2, scale), connection(3, 0, 3, 1.0F),
                       connection(4, 1, 3, 1.0F), connection(5, 3, 2, -2.0F * scale)},
                      kind);
}

TEST(XorTask, FitnessIsThatOfThePaper) {
    const XorTask task;
    Network perfect = xor_network();
    EXPECT_EQ(fitness_of(task, perfect), 16.0);
    Network constant = network_of({2, 1, false}, {node(2, Activation::identity, 0.5F)}, {});
    EXPECT_EQ(fitness_of(task, constant), 4.0);
    Network wrong = xor_network(-1.0F, 1.0F);
    EXPECT_EQ(fitness_of(task, wrong), 0.0);
}

TEST(XorTask, FitnessFallsOnBeyondFourTimesWrong) {
    const XorTask task;
    Network far = network_of({2, 1, false}, {node(2, Activation::identity, 100.0F)}, {});
    Network farther = network_of({2, 1, false}, {node(2, Activation::identity, 200.0F)}, {});
    EXPECT_LT(fitness_of(task, far), 0.0);
    EXPECT_LT(fitness_of(task, farther), fitness_of(task, far));
}

TEST(XorTask, IsSolvedByEveryOutputOnTheRightSideOfOneHalf) {
    const XorTask task;
    Network barely = xor_network(0.2F, 0.4F);  // 0.4 and 0.6: a fitness of 5.76
    EXPECT_EQ(task.solves(barely, 0.0, {})->solved, true);
    Network nearly = xor_network(1.0F, 0.5F);  // 0.5 where 0 is wanted, for a higher fitness
    EXPECT_EQ(task.solves(nearly, 0.0, {})->solved, false);
    EXPECT_GT(fitness_of(task, nearly), 3.9);
    Network perfect = xor_network();
    EXPECT_EQ(task.solves(perfect, 0.0, {})->solved, true);
    EXPECT_FALSE(task.traits().solved_fitness.has_value());
}

TEST(XorTask, StepsARecurrentNetworkFromResetOnEveryCase) {
    Network network = xor_network(1.0F, 0.0F, NetworkKind::recurrent);
    XorTask::Params params;
    params.steps = 2;  // the hidden node's value takes two
    EXPECT_EQ(fitness_of(XorTask(params, {}), network), 16.0);
    params.steps = 1;
    EXPECT_LT(fitness_of(XorTask(params, {}), network), 16.0);
}

TEST(XorTask, ReportsTheFourCases) {
    Network network = xor_network();
    const TaskReport report = XorTask().report(network);
    EXPECT_EQ(measure(report, "error"), 0.0);
    EXPECT_EQ(measure(report, "correct cases"), 4.0);
    ASSERT_EQ(report.rows.size(), 4U);
    EXPECT_EQ(report.header, (std::vector<std::string>{"input 1", "input 2", "target", "output"}));
    EXPECT_EQ(report.rows[1], (std::vector<std::string>{"0", "1", "1", "1.0000"}));
    EXPECT_EQ(report.rows[3], (std::vector<std::string>{"1", "1", "0", "0.0000"}));
}

TEST(XorTask, SaysOnItsPageWhereItIsFrom) {
    const TaskPage page = XorTask().page();
    EXPECT_EQ(page.inputs.size(), 2U);
    EXPECT_EQ(page.outputs.size(), 1U);
    EXPECT_NE(page.source.find("2002"), std::string::npos);
}

SupervisedTask::Params iris_params() {
    SupervisedTask::Params params;
    params.file = "configs/data/iris.csv";
    params.label = "species";
    return params;
}

TaskContext context(std::uint64_t seed = 1) { return {.seed = seed, .directory = CLADE_SOURCE_DIR}; }

/// Says versicolor, or setosa for short petals (petal length is standardised).
Network petal_network() {
    return network_of({4, 3, false}, {node(4), node(5), node(6)},
                      {connection(1, 2, 4, -1.0F), connection(2, 2, 6, 0.0F)});
}

TEST(SupervisedTask, HasAnInputAFeatureAndAnOutputAClass) {
    const SupervisedTask task(iris_params(), context());
    EXPECT_EQ(task.traits().input_count, 4U);
    EXPECT_EQ(task.traits().output_count, 3U);
    EXPECT_EQ(task.traits().direction, FitnessDirection::maximise);
    EXPECT_TRUE(task.traits().deterministic);
}

TEST(SupervisedTask, MeasuresClassificationOfTrainingAndValidationRows) {
    const SupervisedTask task(iris_params(), context());
    Network even = network_of({4, 3, false}, {node(4), node(5), node(6)}, {});
    const TaskReport report = task.report(even);
    EXPECT_NEAR(measure(report, "training accuracy"), 1.0 / 3.0, 1e-12) << "ties go to the first class";
    EXPECT_NEAR(measure(report, "validation accuracy"), 1.0 / 3.0, 1e-12);
    EXPECT_NEAR(measure(report, "training cross-entropy"), std::log(3.0), 1e-6);
    EXPECT_NEAR(measure(report, "validation cross-entropy"), std::log(3.0), 1e-6);
    EXPECT_NEAR(fitness_of(task, even), 1.0 / 3.0, 1e-6);
    Network petals = petal_network();
    const DataMeasures measures = task.measure(petals, task.data().training);
    EXPECT_GT(measures.accuracy, 0.5) << "setosa is told from the others by its petals";
    EXPECT_TRUE(std::isnan(measures.mean_squared_error));
}

TEST(SupervisedTask, CrossEntropyIsThatOfTheSoftmaxInDoublePrecision) {
    const SupervisedTask task(iris_params(), context());
    Network petals = petal_network();
    const Dataset& rows = task.data().training;
    double entropy = 0.0;
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const std::array<double, 3> z{-5.0 * double{rows.inputs(row, 2)}, 0.0, 0.0};
        entropy += std::log(std::exp(z[0]) + std::exp(z[1]) + std::exp(z[2])) - z[rows.labels[0].codes[row]];
    }
    EXPECT_NEAR(task.measure(petals, rows).cross_entropy, entropy / static_cast<double>(rows.row_count()), 1e-5);
}

TEST(SupervisedTask, OffersEveryFitnessOfItsKind) {
    Network petals = petal_network();
    SupervisedTask::Params params = iris_params();
    const DataMeasures measures =
        SupervisedTask(params, context()).measure(petals, SupervisedTask(params, context()).data().training);
    params.data.fitness = DataFitness::accuracy;
    EXPECT_EQ(fitness_of(SupervisedTask(params, context()), petals), measures.accuracy);
    params.data.fitness = DataFitness::cross_entropy;
    const SupervisedTask minimised(params, context());
    EXPECT_EQ(fitness_of(minimised, petals), measures.cross_entropy);
    EXPECT_EQ(minimised.traits().direction, FitnessDirection::minimise);
    params.data.fitness = DataFitness::likelihood;
    EXPECT_NEAR(fitness_of(SupervisedTask(params, context()), petals), std::exp(-measures.cross_entropy), 1e-6);
}

TEST(SupervisedTask, FailsANetworkWhoseOutputIsNotFinite) {
    const SupervisedTask task(iris_params(), context());
    Network network =
        network_of({4, 3, false}, {node(4), node(5), node(6, Activation::square)}, {connection(1, 0, 6, 3e38F)});
    EXPECT_TRUE(std::isnan(fitness_of(task, network)));
}

TEST(SupervisedTask, FindsItsFileBesideTheConfigurationOrInTheWorkingDirectory) {
    SupervisedTask::Params params = iris_params();
    params.file = "iris.csv";
    EXPECT_NO_THROW(SupervisedTask(params, {.seed = 1, .directory = CLADE_SOURCE_DIR "/configs/data"}));
    EXPECT_THROW(SupervisedTask(params, {.seed = 1, .directory = "/nowhere"}), Error);
    params.file = CLADE_SOURCE_DIR "/configs/data/iris.csv";
    EXPECT_NO_THROW(SupervisedTask(params, {.seed = 1, .directory = "/nowhere"}));
}

TEST(SupervisedTask, LearnsNumbersOfTargetColumns) {
    SupervisedTask::Params params = iris_params();
    params.kind = SupervisedKind::regression;
    params.label.clear();
    params.targets = {"petal_width_cm"};
    params.features = {"petal_length_cm"};
    params.data.target_scale = TargetScale::standard;
    const SupervisedTask task(params, context());
    Network line = network_of({1, 1, false}, {node(1)}, {connection(1, 0, 1, 0.96F)});  // the correlation
    const TaskReport report = task.report(line);
    EXPECT_GT(measure(report, "training R2"), 0.9);
    EXPECT_GT(measure(report, "validation R2"), 0.8);
    EXPECT_LT(measure(report, "training mean squared error"), 0.06) << "in square centimetres";
    EXPECT_GT(fitness_of(task, line), 0.9);
    Network mean = network_of({1, 1, false}, {node(1)}, {});
    EXPECT_NEAR(task.measure(mean, task.data().training).r2, 0.0, 1e-9);
    EXPECT_NEAR(fitness_of(task, mean), 0.5, 1e-9);
}

TEST(SupervisedTask, SaysWhichParametersContradict) {
    EXPECT_EQ(broken_rules(iris_params()), "");
    EXPECT_EQ(broken_rules(SupervisedTask::Params{}),
              "file: must name a CSV file\nlabel: must name the column of classes; or set targets, for numbers");
    SupervisedTask::Params params = iris_params();
    params.kind = SupervisedKind::regression;
    params.data.fitness = DataFitness::accuracy;
    EXPECT_EQ(
        broken_rules(params),
        "targets: must name at least one column where kind is regression\n"
        "label: must be empty where kind is regression; did you mean kind: classification?\n"
        "fitness: must be automatic, mean_squared_error, r2, mean_absolute_error, root_mean_squared_error or closeness "
        "for regression, got 'accuracy'");
}

TEST(RegressionTask, DrawsItsSamplesBySeed) {
    RegressionTask::Params params;
    params.noise = 0.1;
    const RegressionTask task(params, context(3));
    const RegressionTask same(params, context(3));
    const RegressionTask other(params, context(4));
    EXPECT_EQ(task.data().training.row_count() + task.data().validation.row_count(), 80U);
    EXPECT_EQ(task.data().training.targets, same.data().training.targets);
    EXPECT_NE(task.data().training.targets, other.data().training.targets);
}

TEST(RegressionTask, ScoresThePerfectNetworkBest) {
    RegressionTask::Params params;
    params.function = RegressionFunction::parabola;
    params.data.standardise = false;
    params.data.target_scale = TargetScale::none;
    const RegressionTask task(params, context());
    Network parabola = network_of({1, 1, false}, {node(1, Activation::square)}, {connection(1, 0, 1, 1.0F)});
    EXPECT_NEAR(fitness_of(task, parabola), 1.0, 1e-9);
    EXPECT_NEAR(measure(task.report(parabola), "validation R2"), 1.0, 1e-9);
    Network line = network_of({1, 1, false}, {node(1)}, {connection(1, 0, 1, 1.0F)});
    EXPECT_LT(fitness_of(task, line), 0.5);
}

TEST(RegressionTask, ItsFunctionsAreWhatTheyAreCalled) {
    EXPECT_NEAR(regression_value(RegressionFunction::sine, 1.0), std::sin(1.0), 1e-6);
    EXPECT_EQ(regression_value(RegressionFunction::parabola, -2.0), 4.0);
    EXPECT_EQ(regression_value(RegressionFunction::cubic, 2.0), 2.0);
    EXPECT_NEAR(regression_value(RegressionFunction::bump, 0.5), std::exp(-0.25), 1e-6);
    EXPECT_EQ(regression_value(RegressionFunction::step, 0.0), 1.0);
    EXPECT_NEAR(regression_value(RegressionFunction::wave, 1.0), std::sin(2.0) + 0.5, 1e-6);
    EXPECT_NEAR(regression_value(RegressionFunction::beat_sine, 2.0), std::sin(2.0) + std::sin(2.4), 1e-6);
    EXPECT_NEAR(regression_value(RegressionFunction::modulated_sine, 2.0), std::sin(2.0 + std::sin(2.0)), 1e-6);
    EXPECT_NEAR(regression_value(RegressionFunction::pagie, 2.0, -0.5), 1.0 / (1.0 + 1.0 / 16.0) + 1.0 / 17.0, 1e-12);
    EXPECT_EQ(regression_value(RegressionFunction::pagie, 0.0, 0.0), 0.0);
}

RegressionTask::Params pagie_params() {
    RegressionTask::Params params;
    params.function = RegressionFunction::pagie;
    params.samples = 676;
    params.low = -5.0;
    params.high = 5.0;
    params.data.validation_fraction = 0.0;
    params.data.standardise = false;
    return params;
}

TEST(RegressionTask, SamplesTwoInputsOnAGrid) {
    const RegressionTask task(pagie_params(), context());
    const Dataset& rows = task.data().training;
    ASSERT_EQ(task.traits().input_count, 2U);
    ASSERT_EQ(rows.row_count(), 676U);
    for (std::size_t row = 0; row < 676; ++row) {
        const std::size_t line = row / 26;
        const double x = -5.0 + 0.4 * static_cast<double>(row % 26);
        const double y = -5.0 + 0.4 * static_cast<double>(line);
        EXPECT_NEAR(double{rows.inputs(row, 0)}, x, 1e-5);
        EXPECT_NEAR(double{rows.inputs(row, 1)}, y, 1e-5);
        EXPECT_NEAR(rows.targets(row, 0), 1.0 / (1.0 + std::pow(x, -4.0)) + 1.0 / (1.0 + std::pow(y, -4.0)), 1e-5);
    }
}

TEST(RegressionTask, DrawsRandomSamplesWithinTheRange) {
    RegressionTask::Params params = pagie_params();
    params.sampling = Sampling::random;
    params.samples = 500;  // no square number
    EXPECT_EQ(broken_rules(params), "");
    const RegressionTask task(params, context(3));
    const DataMatrix& inputs = task.data().training.inputs;
    ASSERT_EQ(inputs.rows(), 500U);
    const auto [low, high] = std::ranges::minmax(inputs.values());
    EXPECT_GE(low, -5.0F);
    EXPECT_LT(low, -4.8F);
    EXPECT_LT(high, 5.0F);
    EXPECT_GT(high, 4.8F);
    EXPECT_EQ(inputs, RegressionTask(params, context(3)).data().training.inputs);
    EXPECT_NE(inputs, RegressionTask(params, context(4)).data().training.inputs);
}

TEST(RegressionTask, AGridOfTwoInputsTakesASquareNumberOfSamples) {
    RegressionTask::Params params = pagie_params();
    EXPECT_EQ(broken_rules(params), "");
    params.samples = 675;
    EXPECT_EQ(broken_rules(params), "samples: must be a square number from 4 on for a grid of two inputs, got 675");
}

TEST(RegressionTask, SaysWhichParametersContradict) {
    RegressionTask::Params params;
    EXPECT_EQ(broken_rules(params), "");
    params.low = 4.0;
    params.data.fitness = DataFitness::likelihood;
    EXPECT_EQ(
        broken_rules(params),
        "high: must be greater than low\nfitness: must be automatic, mean_squared_error, r2, mean_absolute_error, "
        "root_mean_squared_error or closeness for regression, got 'likelihood'");
}

TEST(EveryTask, GivesEqualNetworksEqualFitness) {
    expect_sound(XorTask());
    expect_sound(MazeTask());
    expect_sound(SupervisedTask(iris_params(), context()));
    RegressionTask::Params params;
    expect_sound(RegressionTask(params, context()));
    expect_sound(CartPoleTask());
    expect_sound(MountainCarTask());
    expect_sound(ContinuousMountainCarTask());
    expect_sound(AcrobotTask());
    expect_sound(PendulumTask());
    expect_sound(RegressionTask(pagie_params(), context()));
}

}  // namespace
}  // namespace clade
