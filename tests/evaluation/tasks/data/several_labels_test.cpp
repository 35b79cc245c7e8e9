// Several columns of classes at once, each with a softmax of its own.
#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <clade/evaluation/data/table_reader.hpp>
#include <clade/evaluation/tasks/data/class_scores_internal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace clade {
namespace {

using Classes = std::vector<std::string>;

/// Two inputs; label "sign" has two classes, label "size" three.
DataTable points(std::size_t rows) {
    const std::vector<float> numbers = testing::random_numbers(2 * rows, 4);
    DataTable table;
    table.inputs = {{.name = "x"}, {.name = "y"}};
    table.labels = {{.name = "sign", .classes = {"minus", "plus"}}, {.name = "size", .classes = {"a", "b", "c"}}};
    for (std::size_t row = 0; row < rows; ++row) {
        table.inputs[0].values.push_back(numbers[2 * row]);
        table.inputs[1].values.push_back(numbers[2 * row + 1]);
        table.labels[0].codes.push_back(numbers[2 * row] > 0.0F ? 1 : 0);
        table.labels[1].codes.push_back(static_cast<std::uint32_t>(row % 3));
    }
    return table;
}

DataTask task_of(const DataTable& table, DataFitness fitness, double validation_fraction = 0.0) {
    DataTaskParams params;
    params.validation_fraction = validation_fraction;
    params.fitness = fitness;
    return {"data", table, params, 1};
}

std::map<std::string, double> measures_of(const TaskReport& report) {
    std::map<std::string, double> measures;
    for (const Measure& measure : report.measures) measures[measure.name] = measure.value;
    return measures;
}

TEST(SeveralLabels, AreReadInTheOrderInWhichTheyAreNamed) {
    const DataTable table =
        parse_table("a,x,b,c\n0,1,u,no\n1,2,v,yes\n1,3,w,no\n", "f.csv", {}, {.labels = {"c", "a", "b"}});
    ASSERT_EQ(table.labels.size(), 3U);
    EXPECT_EQ(table.labels[0], (LabelColumn{"c", {"no", "yes"}, {0, 1, 0}}));
    EXPECT_EQ(table.labels[1], (LabelColumn{"a", {"0", "1"}, {0, 1, 1}}));
    EXPECT_EQ(table.labels[2], (LabelColumn{"b", {"u", "v", "w"}, {0, 1, 2}}));
    ASSERT_EQ(table.inputs.size(), 1U);
    EXPECT_EQ(message_of([] {
                  (void)parse_table("a,x,b\n0,1,u\n1,2,u\n", "f.csv", {}, {.labels = {"a", "b"}});
              }),
              "f.csv:1:5: a label column must have at least two classes, got 'u' only");
}

TEST(SeveralLabels, HaveAnOutputForEachClassNamedAfterBoth) {
    const DataTask task = task_of(points(60), DataFitness::automatic);
    EXPECT_EQ(task.data().training.outputs, (Classes{"sign=minus", "sign=plus", "size=a", "size=b", "size=c"}));
    EXPECT_EQ(task.traits().output_count, 5U);
    const DataInterface data = *task.interface().data;
    ASSERT_EQ(data.labels.size(), 2U);
    EXPECT_EQ(data.labels[1].name, "size");
    EXPECT_EQ(data.labels[1].classes, (Classes{"a", "b", "c"}));
}

TEST(SeveralLabels, HaveTheMeanOfTheirScores) {
    for (const DataScore& score : data_scores()) {
        if (!score.classification) continue;
        const DataTask task = task_of(points(90), score.fitness);
        const Model model = testing::model_of(task);
        Network network = make_network(model.genome);
        const Dataset& rows = task.data().training;
        const std::vector<float> outputs = testing::engine_outputs(model, rows);
        const double sharpness = model.interface.data->sharpness;
        const std::span<const float> all(outputs);
        const double sign = class_score(
            score.fitness, {.outputs = all.first(180), .label = rows.labels[0].codes, .sharpness = sharpness});
        const double size = class_score(
            score.fitness, {.outputs = all.subspan(180), .label = rows.labels[1].codes, .sharpness = sharpness});
        EXPECT_NEAR(task.fitness_on(network, rows), (sign + size) / 2.0, 1e-6) << name_of(score.fitness);
        if (score.label.empty()) continue;
        const auto measures = measures_of(task.report(network));
        const std::string name = "training " + std::string(score.label);
        EXPECT_EQ(measures.at(name), (sign + size) / 2.0);
        EXPECT_EQ(measures.at(name + " of sign"), sign);
        EXPECT_EQ(measures.at(name + " of size"), size);
    }
}

TEST(SeveralLabels, MatchExactlyWhereAllAreRight) {
    const DataTask task = task_of(points(90), DataFitness::accuracy);
    const Model model = testing::model_of(task);
    Network network = make_network(model.genome);
    const Dataset& rows = task.data().training;
    const std::vector<float> outputs = testing::engine_outputs(model, rows);
    double right = 0.0;
    for (std::size_t row = 0; row < 90; ++row) {
        const auto output = [&](std::size_t o) { return outputs[o * 90 + row]; };
        const std::uint32_t sign = output(1) > output(0) ? 1 : 0;
        std::uint32_t size = output(1 + 2) > output(2) ? 1 : 0;
        if (output(4) > output(2 + size)) size = 2;
        right += sign == rows.labels[0].codes[row] && size == rows.labels[1].codes[row] ? 1.0 : 0.0;
    }
    EXPECT_EQ(measures_of(task.report(network)).at("training exact match"), right / 90.0);
    EXPECT_GT(right, 0.0);
    EXPECT_LT(right, 90.0);
}

TEST(SeveralLabels, WithOneOutputThatIsNotFiniteFailWhole) {
    const DataTask task = task_of(points(90), DataFitness::accuracy);
    GenomeStore store({2, 5, false});
    const GenomeSize size{5, 0};
    store.place({&size, 1});
    for (std::uint32_t output = 0; output < 5; ++output) {
        const float bias = output == 4 ? std::numeric_limits<float>::infinity() : 0.0F;
        set_node(store.rows(0), output, {NodeId{2 + output}, bias, 1.0F, Activation::identity, Aggregation::sum});
    }
    Network network = make_network({store, NetworkKind::feed_forward});
    EXPECT_TRUE(std::isnan(task.fitness_on(network, task.data().training)));
}

TEST(SeveralLabels, AreWeighedApart) {
    DataTaskParams params;
    params.class_factors = {1.0, 1.0, 1.0};
    const std::string refused = message_of([&] { (void)DataTask("data", points(60), params, 1); });
    expect_contains(refused,
                    "must have a number for each of 5 classes (sign=minus, sign=plus, size=a, size=b, size=c)");
    params.class_factors = {1.0, 1.0, 1.0, 1.0, 3.0};
    EXPECT_NO_THROW((void)DataTask("data", points(60), params, 1));
}

TEST(SeveralLabels, MustEachHaveTrainingRowsOfEveryClass) {
    DataTable table = points(40);
    std::ranges::fill(table.labels[1].codes, 0);
    const RowSplit first = split(table, {0.25, 0.0}, 1);
    table.labels[1].codes[first.validation.front()] = 2;
    expect_contains(message_of([&] {
                        (void)split(table, {0.25, 0.0}, 1);
                    }),
                    "must leave a training row of every class, but leaves none of 'c'");
}

TEST(SeveralLabels, HaveAConfusionMatrixEach) {
    const DataTask task = task_of(points(80), DataFitness::accuracy, 0.25);
    Network network = make_network(testing::model_of(task).genome);
    const TaskReport report = task.report(network);
    EXPECT_EQ(report.header, (Classes{"validation: label", "true", "said", "rows"}));
    std::map<std::string, int> rows;
    for (const std::vector<std::string>& row : report.rows) rows[row[0]] += std::stoi(row[3]);
    EXPECT_EQ(rows["sign"], static_cast<int>(task.data().validation.row_count()));
    EXPECT_EQ(rows["size"], static_cast<int>(task.data().validation.row_count()));
}

TEST(SeveralLabels, OfAModelArePredictedEach) {
    const Model model = testing::model_of(task_of(points(80), DataFitness::accuracy));
    Predictor predictor(model_from_json(model_to_json(model)));
    ColumnMatrix<double> rows(3, 2);
    for (std::size_t row = 0; row < 3; ++row) rows(row, 0) = 0.5 - static_cast<double>(row);
    const Predictions said = predictor.predict(rows);
    EXPECT_EQ(said.outputs.size(), 5U);
    ASSERT_EQ(said.label.size(), 6U);
    for (std::size_t row = 0; row < 3; ++row) {
        const auto value = [&](std::size_t o) { return said.values(row, o); };
        EXPECT_NEAR(value(0) + value(1), 1.0, 1e-12);
        EXPECT_NEAR(value(2) + value(3) + value(4), 1.0, 1e-12);
        EXPECT_EQ(said.label[2 * row], value(1) > value(0) ? 1U : 0U);
        EXPECT_EQ(value(2 + said.label[2 * row + 1]), std::max({value(2), value(3), value(4)}));
    }
}

TEST(SeveralLabels, OfAModelAreNamedOnce) {
    Model model = testing::model_of(task_of(points(80), DataFitness::accuracy));
    model.interface.data->labels[1].name = "sign";
    expect_contains(message_of([&] { check_model(model); }), "data.labels must have each column once");
    model.interface.data->labels[1].name.clear();
    expect_contains(message_of([&] { check_model(model); }), "data.labels must name columns");
}

}  // namespace
}  // namespace clade
