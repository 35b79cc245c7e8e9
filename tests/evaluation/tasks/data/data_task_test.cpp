// Folds, batches, class weights and reports of tasks with data.
#include <clade/evaluation/tasks/data/confusion_matrix.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>
#include <clade/evaluation/tasks/data/supervised.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/data/table_reader.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

using Row = std::vector<float>;

/// `rows` rows of the classes "few" (every fifth) and "many"; the feature is the row's index.
DataTable uneven(std::size_t rows) {
    DataTable data;
    data.labels = {{.classes = {"few", "many"}}};
    data.inputs = {{.name = "x"}};
    for (std::size_t row = 0; row < rows; ++row) {
        data.inputs[0].values.push_back(static_cast<double>(row));
        data.labels[0].codes.push_back(row % 5 == 0 ? 0U : 1U);
    }
    return data;
}

/// The same as networks read it, not standardised.
Dataset as_read(const DataTable& table, const std::vector<std::size_t>& rows) {
    return encode(table, {rows, {}}, false).training;
}
Dataset as_read(const DataTable& table) { return as_read(table, split(table, {.validation = 0.0}, 1).training); }

Row features_of(const Dataset& data) { return {data.inputs.values().begin(), data.inputs.values().end()}; }
Row features_of(const std::vector<std::size_t>& rows) { return {rows.begin(), rows.end()}; }

/// Always says the class of this index, of two.
Network saying(std::uint32_t index) {
    GenomeStore store({1, 2, false});
    const GenomeSize size{2, 0};
    store.place({&size, 1});
    for (std::uint32_t i = 0; i < 2; ++i) {
        set_node(store.rows(0), i,
                 {NodeId{1 + i}, i == index ? 1.0F : 0.0F, 1.0F, Activation::identity, Aggregation::sum});
    }
    return make_network({store, NetworkKind::feed_forward});
}

double seeded_fitness(const Task& task, Network network, const Seeds& seeds = {}) {
    network.reset();
    return task.make_evaluator()->evaluate(network, seeds);
}

std::string refusal(const DataTable& data, const DataTaskParams& params) {
    try {
        const DataTask task("data", data, params, 1);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(Folds, OfOneSeedPartitionTheRowsAndAreOfEvenSizeAndClasses) {
    const DataTable data = uneven(103);
    std::multiset<float> seen;
    for (std::size_t fold = 0; fold < 5; ++fold) {
        const RowSplit parts = split_fold(data, {5, fold}, 7);
        const Row unseen = features_of(parts.test);
        seen.insert(unseen.begin(), unseen.end());
        EXPECT_EQ(parts.training.size() + parts.test.size(), 103U);
        EXPECT_NEAR(static_cast<double>(parts.test.size()), 20.6, 1.0);
        EXPECT_NEAR(static_cast<double>(std::ranges::count_if(
                        parts.test, [&](std::size_t row) { return data.labels[0].codes[row] == 0; })),
                    4.2, 1.0);
        Row both = features_of(parts.training);
        both.insert(both.end(), unseen.begin(), unseen.end());
        std::sort(both.begin(), both.end());
        EXPECT_EQ(both, features_of(as_read(data)));
    }
    const Row all = features_of(as_read(data));
    EXPECT_EQ(seen, std::multiset<float>(all.begin(), all.end()));
}

TEST(Folds, AreDealtBySeed) {
    const DataTable data = uneven(50);
    EXPECT_EQ(features_of(split_fold(data, {5, 2}, 7).test), features_of(split_fold(data, {5, 2}, 7).test));
    EXPECT_NE(features_of(split_fold(data, {5, 2}, 7).test), features_of(split_fold(data, {5, 2}, 8).test));
}

TEST(Folds, CannotBeMoreThanThereAreRows) {
    DataTaskParams params;
    params.folds = 11;
    EXPECT_EQ(refusal(uneven(10), params), "folds: must be at most the number of rows, 10, got 11");
    params.folds = 10;
    EXPECT_EQ(refusal(uneven(10), params), "");
}

TEST(DataTask, ValidatesOnTheFoldNamed) {
    DataTaskParams params;
    params.standardise = false;
    params.folds = 4;
    params.fold = 3;
    const DataTable data = uneven(40);
    const DataTask task("data", data, params, 9);
    EXPECT_EQ(features_of(task.data().test), features_of(split_fold(data, {4, 3}, 9).test));
}

TEST(DataTask, SaysWhichFoldsAndWeightsContradict) {
    SupervisedTask::Params params;
    params.file = "f.csv";
    params.kind = SupervisedKind::regression;
    params.targets = {"y"};
    params.data.folds = 1;
    params.data.fold = 1;
    params.data.class_weights = ClassWeights::balanced;
    params.data.class_factors = {1.0};
    ThrowingSink sink;
    check_params(params, sink);
    std::string rules;
    try {
        sink.finish();
    } catch (const Error& error) {
        rules = error.what();
    }
    EXPECT_EQ(rules,
              "folds: must be 0 or at least 2, got 1\n"
              "fold: must be less than folds, 1, got 1\n"
              "class_weights: must be none where kind is regression, got 'balanced'\n"
              "class_factors: must be empty where kind is regression");
}

TEST(DataTask, WarnsOfPartsThatWereAskedForAndHaveNoRow) {
    DataTable halves = uneven(20);
    for (std::uint32_t row = 0; row < 20; ++row) halves.group.push_back(row / 10);
    const std::vector<std::string> none;
    const auto warnings = [](const DataTable& data, double validation, double test) {
        const DataTaskParams params{.validation_fraction = validation, .test_fraction = test};
        return DataTask("data", data, params, 1).traits().warnings;
    };
    EXPECT_EQ(warnings(halves, 0.0, 0.2),
              std::vector<std::string>{"no row is held out although test_fraction is 0.2: there are too few rows or "
                                       "groups for it; take a larger fraction, or 0"});
    EXPECT_EQ(warnings(halves, 0.2, 0.2).size(), 2U);
    EXPECT_EQ(warnings(halves, 0.0, 0.4), none);
    EXPECT_EQ(warnings(uneven(20), 0.2, 0.2), none);
}

TEST(DataTask, KeepsTargetsInDoublePrecision) {
    DataTable data;
    data.inputs = {{.name = "x"}};
    data.targets = {{.name = "y"}};
    for (int i = 0; i < 60; ++i) {
        data.inputs[0].values.push_back(1.7e9 + i);
        data.targets[0].values.push_back(1e9 + i);
    }
    DataTaskParams params;
    params.validation_fraction = 0.0;
    params.target_scale = TargetScale::standard;
    const DataTask task("data", data, params, 1);
    EXPECT_EQ(task.data().training.targets(59, 0) - task.data().training.targets(0, 0), 59.0);
    GenomeStore store({1, 1, false});
    const GenomeSize size{1, 1};
    store.place({&size, 1});
    set_node(store.rows(0), 0, {NodeId{1}, 0.0F, 1.0F, Activation::identity, Aggregation::sum});
    set_connection(store.rows(0), 0, {Innovation{1}, NodeId{0}, NodeId{1}, 1.0F, true});
    Network line = make_network({store, NetworkKind::feed_forward});
    EXPECT_NEAR(task.measure(line, task.data().training).r2, 1.0, 1e-9);
    Network mean = [] {
        GenomeStore constant({1, 1, false});
        const GenomeSize one{1, 0};
        constant.place({&one, 1});
        set_node(constant.rows(0), 0, {NodeId{1}, 0.0F, 1.0F, Activation::identity, Aggregation::sum});
        return make_network({constant, NetworkKind::feed_forward});
    }();
    EXPECT_NEAR(task.measure(mean, task.data().training).r2, 0.0, 1e-9);
}

TEST(Batches, AreRowsOfTheDataDrawnBySeedEachOnce) {
    const Dataset data = as_read(uneven(100));
    const Dataset batch = draw_rows(data, 30, 5);
    const Row drawn = features_of(batch);
    EXPECT_EQ(std::set<float>(drawn.begin(), drawn.end()).size(), 30U);
    EXPECT_TRUE(std::is_sorted(drawn.begin(), drawn.end()));
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        EXPECT_EQ(batch.labels[0].codes[i], data.labels[0].codes[static_cast<std::size_t>(drawn[i])]);
    }
    EXPECT_EQ(features_of(draw_rows(data, 30, 5)), drawn);
    EXPECT_NE(features_of(draw_rows(data, 30, 6)), drawn);
    EXPECT_EQ(features_of(draw_rows(data, 100, 6)), features_of(data));
}

TEST(Batches, AreTheSameForAllGenomesOfAGenerationAndOthersInTheNext) {
    DataTaskParams params;
    params.fitness = DataFitness::accuracy;
    params.validation_fraction = 0.0;
    params.batch_size = 40;
    const DataTask task("data", uneven(100), params, 1);
    EXPECT_FALSE(task.traits().deterministic);
    std::set<double> found;
    const auto evaluator = task.make_evaluator();
    for (std::uint64_t generation = 0; generation < 20; ++generation) {
        const double few = seeded_fitness(task, saying(0), {1, generation, 3});
        EXPECT_DOUBLE_EQ(few + seeded_fitness(task, saying(1), {1, generation, 4}), 1.0) << "of the same rows";
        Network network = saying(0);
        EXPECT_EQ(evaluator->evaluate(network, {1, generation, 5}), few) << "whatever was scored before";
        EXPECT_DOUBLE_EQ(few * 40.0, std::round(few * 40.0)) << "of 40 rows";
        found.insert(few);
    }
    EXPECT_GT(found.size(), 3U);
}

TEST(Batches, OfAllRowsAreNoBatches) {
    DataTaskParams params;
    params.fitness = DataFitness::accuracy;
    params.validation_fraction = 0.0;
    params.batch_size = 100;
    const DataTask task("data", uneven(100), params, 1);
    EXPECT_TRUE(task.traits().deterministic);
    EXPECT_DOUBLE_EQ(seeded_fitness(task, saying(0), {1, 8, 1}), 0.2);
}

TEST(Batches, DoNotDecideWhetherTheTaskIsSolvedAllTrainingRowsDo) {
    DataTaskParams params;
    params.fitness = DataFitness::accuracy;
    params.validation_fraction = 0.0;
    params.batch_size = 3;
    params.solved_fitness = 0.8;
    const DataTask task("data", uneven(100), params, 1);
    Network many = saying(1);
    Network few = saying(0);
    EXPECT_TRUE(task.solves(many, 0.0, {})->solved);
    EXPECT_FALSE(task.solves(few, 1.0, {})->solved) << "though a batch may have said so";
    EXPECT_DOUBLE_EQ(task.solves(few, 1.0, {})->measures.at(0).value, 0.2);
    EXPECT_DOUBLE_EQ(task.report(few).measures.at(0).value, 0.2);
}

TEST(ClassWeights, BalancedMakeEveryClassCountTheSameInTheFitnessAlone) {
    DataTaskParams params;
    params.fitness = DataFitness::accuracy;
    params.validation_fraction = 0.0;
    EXPECT_NEAR(seeded_fitness(DataTask("data", uneven(100), params, 1), saying(1)), 0.8, 1e-6);
    params.class_weights = ClassWeights::balanced;
    const DataTask task("data", uneven(100), params, 1);
    EXPECT_NEAR(seeded_fitness(task, saying(0)), 0.5, 1e-6);
    EXPECT_NEAR(seeded_fitness(task, saying(1)), 0.5, 1e-6);
    Network many = saying(1);
    EXPECT_DOUBLE_EQ(task.report(many).measures.at(0).value, 0.8) << "reports count rows";
}

TEST(ClassWeights, AreMultipliedByFactorsOfTheClasses) {
    DataTaskParams params;
    params.fitness = DataFitness::accuracy;
    params.validation_fraction = 0.0;
    params.class_factors = {4.0, 1.0};
    EXPECT_NEAR(seeded_fitness(DataTask("data", uneven(100), params, 1), saying(0)), 0.5, 1e-6) << "20 rows x 4 of 160";
    params.class_weights = ClassWeights::balanced;
    EXPECT_NEAR(seeded_fitness(DataTask("data", uneven(100), params, 1), saying(0)), 0.8, 1e-6);
    params.class_factors = {1.0};
    EXPECT_EQ(refusal(uneven(100), params),
              "class_factors: must have a number for each of 2 classes (few, many), got 1");
}

/// The rows of uneven(), those of class "few" counting four times.
DataTable uneven_weighted(std::size_t rows) {
    DataTable data = uneven(rows);
    for (std::size_t row = 0; row < rows; ++row) data.weight.push_back(row % 5 == 0 ? 4.0 : 1.0);
    return data;
}

TEST(RowWeights, CountInFitnessAndReports) {
    DataTaskParams params;
    params.validation_fraction = 0.0;
    for (const DataFitness fitness : {DataFitness::accuracy, DataFitness::f1_weighted}) {
        params.fitness = fitness;
        const DataTask task("data", uneven_weighted(100), params, 1);
        const double share =
            fitness == DataFitness::accuracy ? 1.0 : 2.0 / 3.0;  // F1 of a half that is all that is said
        EXPECT_NEAR(seeded_fitness(task, saying(0)), 0.5 * share, 1e-12);
        EXPECT_NEAR(seeded_fitness(task, saying(1)), 0.5 * share, 1e-12);
        Network many = saying(1);
        EXPECT_NEAR(task.report(many).measures.at(0).value, 0.5, 1e-12);
        EXPECT_NEAR(task.measure(many, task.data().training).accuracy, 0.5, 1e-12);
    }
}

TEST(RowWeights, GoWithTheirRowsIntoPartsAndBatches) {
    const DataTable data = uneven_weighted(100);
    const auto expect_kept = [](const Dataset& part) {
        ASSERT_EQ(part.weight.size(), part.row_count());
        for (std::size_t row = 0; row < part.row_count(); ++row) {
            EXPECT_EQ(part.weight[row], part.labels[0].codes[row] == 0 ? 4.0 : 1.0);
        }
    };
    expect_kept(encode(data, split(data, {.validation = 0.3}, 1), false).training);
    expect_kept(encode(data, split_fold(data, {5, 2}, 1), false).test);
    expect_kept(draw_rows(as_read(data), 17, 1));
}

TEST(RowWeights, AreAColumnThatIsNoFeature) {
    const DatasetColumns columns{.labels = {"y"}, .weight = "w"};
    const DataTable data = parse_table("x,w,y\n1,2,a\n3,0.5,b\n", "f.csv", {}, columns);
    ASSERT_EQ(data.inputs.size(), 1U);
    EXPECT_EQ(data.inputs[0].name, "x");
    EXPECT_EQ(data.weight, (std::vector<double>{2.0, 0.5}));
    const auto refused = [&](const std::string& text) {
        try {
            (void)parse_table(text, "f.csv", {}, columns);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(refused("x,w,y\n1,0,a\n3,-2,b\n"),
              "f.csv:2:3: column 'w' must hold weights greater than 0, got '0' (the first of 2); leave out rows that "
              "must not "
              "count");
    EXPECT_NE(refused("x,v,y\n1,1,a\n3,2,b\n").find("'w'"), std::string::npos);
}

TEST(Batches, OfOneClassHaveTheRocAucOfChance) {
    DataTaskParams params;
    params.fitness = DataFitness::roc_auc;
    params.validation_fraction = 0.0;
    params.batch_size = 2;
    const DataTask task("data", uneven(100), params, 1);
    for (std::uint64_t generation = 0; generation < 20; ++generation) {
        EXPECT_EQ(seeded_fitness(task, saying(1), {1, generation, 3}), 0.5) << "and equal outputs have it in any batch";
    }
}

TEST(SoftmaxOutput, HasPlainSumsAndTheCrossEntropyAsFitness) {
    DataTaskParams params;
    params.output = ClassOutput::softmax;
    params.validation_fraction = 0.0;
    const DataTask task("data", uneven(100), params, 1);
    EXPECT_EQ(task.traits().output_activation, "identity");
    EXPECT_EQ(task.traits().direction, FitnessDirection::minimise);
    const double right = -std::log(std::exp(1.0) / (std::exp(1.0) + 1.0));  // outputs are 0 and 1
    EXPECT_NEAR(seeded_fitness(task, saying(1)), 0.8 * right + 0.2 * (right + 1.0), 1e-6);
    EXPECT_EQ(DataTask("data", uneven(100), {}, 1).traits().output_activation, "");
}

TEST(ConfusionMatrix, CountsTrueClassesInRowsAndSaidOnesInColumns) {
    const std::vector<float> outputs{2.0F, 0.0F, 1.0F, 5.0F,   // of class 0
                                     1.0F, 3.0F, 1.0F, 9.0F};  // of class 1
    const std::vector<std::uint32_t> label{0, 0, 1, 1};
    const ConfusionMatrix matrix = confusion_matrix(outputs, label);
    EXPECT_EQ(matrix.count, (std::vector<std::size_t>{1, 1, 1, 1}));
    EXPECT_EQ(matrix.at(0, 1), 1U);
    const std::vector<std::uint32_t> other{0, 0, 0, 1};
    EXPECT_EQ(confusion_matrix(outputs, other).count, (std::vector<std::size_t>{2, 1, 0, 1})) << "ties: the first";
}

TEST(ConfusionMatrix, NumbersItsColumnsWhereTheNamesAreTooLong) {
    ConfusionMatrix matrix{std::vector<std::size_t>(100, 7), 10};
    std::vector<std::string> classes;
    for (int c = 0; c < 10; ++c) classes.push_back("quite a long name " + std::to_string(c));
    TaskReport report;
    add_table(report, matrix, classes, "validation");
    EXPECT_EQ(report.header[3], "3");
    EXPECT_EQ(report.rows[2][0], "3 quite a long name 2");
    classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    add_table(report, matrix, classes, "validation");
    EXPECT_EQ(report.header[0], "validation: true \\ said");
    EXPECT_EQ(report.header[3], "2");
    EXPECT_EQ(report.rows[2], (std::vector<std::string>{"2", "7", "7", "7", "7", "7", "7", "7", "7", "7", "7"}));
}

TEST(DataTask, ReportsTheConfusionMatrixOfTheValidationRows) {
    const DataTask task("data", uneven(100), DataTaskParams{}, 1);
    Network many = saying(1);
    const TaskReport report = task.report(many);
    EXPECT_EQ(report.header, (std::vector<std::string>{"validation: true \\ said", "few", "many"}));
    EXPECT_EQ(report.rows, (std::vector<std::vector<std::string>>{{"few", "0", "4"}, {"many", "0", "16"}}));
    DataTaskParams all;
    all.validation_fraction = 0.0;
    EXPECT_TRUE(DataTask("data", uneven(100), all, 1).report(many).header.empty());
}

TEST(DataTask, ReportsEveryScoreOfClasses) {
    const DataTask task("data", uneven(100), DataTaskParams{}, 1);
    Network many = saying(1);
    const TaskReport report = task.report(many);
    std::vector<std::string> names;
    for (const Measure& found : report.measures) names.push_back(found.name);
    EXPECT_EQ(std::vector<std::string>(names.begin(), names.begin() + 7),
              (std::vector<std::string>{"training accuracy", "training cross-entropy", "training balanced accuracy",
                                        "training F1 macro", "training F1 weighted", "training ROC AUC",
                                        "training Brier score"}));
    EXPECT_EQ(names.size(), 14U);
    EXPECT_DOUBLE_EQ(report.measures[2].value, 0.5);
    EXPECT_DOUBLE_EQ(report.measures[5].value, 0.5);
}

TEST(DataTask, ReportsEveryScoreOfNumbersByTargetToo) {
    DataTable data;
    data.inputs = {{.name = "x", .values = {0.0, 0.0, 0.0, 0.0}}};
    data.targets = {{.name = "width", .values = {0.0, 1.0, 2.0, 3.0}},
                    {.name = "height", .values = {1.0, 5.0, 5.0, 5.0}}};
    DataTaskParams params;
    params.validation_fraction = 0.0;
    params.target_scale = TargetScale::none;
    Network network = saying(0);  // says 1 and 0
    const std::vector<Measure> measures = DataTask("data", data, params, 1).report(network).measures;
    const std::vector<Measure> expected{{"training mean squared error", (1.5 + 19.0) / 2.0},
                                        {"training mean squared error of width", 1.5},
                                        {"training mean squared error of height", 19.0},
                                        {"training R2", (1.0 - 1.5 / 1.25 + 1.0 - 19.0 / 3.0) / 2.0},
                                        {"training R2 of width", 1.0 - 1.5 / 1.25},
                                        {"training R2 of height", 1.0 - 19.0 / 3.0},
                                        {"training mean absolute error", 2.5},
                                        {"training mean absolute error of width", 1.0},
                                        {"training mean absolute error of height", 4.0},
                                        {"training root mean squared error", (std::sqrt(1.5) + std::sqrt(19.0)) / 2.0},
                                        {"training root mean squared error of width", std::sqrt(1.5)},
                                        {"training root mean squared error of height", std::sqrt(19.0)}};
    ASSERT_EQ(measures.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(measures[i].name, expected[i].name);
        EXPECT_NEAR(measures[i].value, expected[i].value, 1e-12) << expected[i].name;
    }
}

TEST(DataTask, ItsFitnessIsTheScoreThatItReports) {
    DataTaskParams params;
    params.validation_fraction = 0.0;
    const DataTable data = uneven(100);
    for (const DataScore& score : data_scores()) {
        if (!score.classification || score.label.empty()) continue;
        params.fitness = score.fitness;
        const DataTask task("data", data, params, 1);
        EXPECT_EQ(task.traits().direction, score.direction);
        Network many = saying(1);
        const TaskReport report = task.report(many);
        const auto found = std::ranges::find(report.measures, "training " + std::string(score.label), &Measure::name);
        ASSERT_NE(found, report.measures.end());
        EXPECT_NEAR(seeded_fitness(task, many), found->value, 1e-7) << score.label;
    }
}

TEST(DataTask, ItsPageNamesFeaturesAndClasses) {
    SupervisedTask::Params params;
    params.file = "configs/data/wine.csv";
    params.label = "cultivar";
    const TaskPage page = SupervisedTask(params, {.seed = 1, .directory = CLADE_SOURCE_DIR}).page();
    ASSERT_EQ(page.inputs.size(), 13U);
    EXPECT_EQ(page.inputs.front().name, "alcohol");
    ASSERT_EQ(page.outputs.size(), 3U);
    EXPECT_EQ(page.outputs.back().name, "class_2");
    EXPECT_NE(page.reward.find("likelihood"), std::string::npos);
    EXPECT_NE(page.source.find("wine.csv"), std::string::npos);
    EXPECT_EQ(RegressionTask({}, {}).page().outputs.front().name, "sin x");
}

}  // namespace
}  // namespace clade
