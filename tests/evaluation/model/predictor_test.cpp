// Models on new rows: the engine's own outputs, and what is refused.
#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace clade {
namespace {

using testing::engine_outputs;
using testing::model_of;

class PredictorTest : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        file_ = folder_ / "all.csv";
        testing::write_lines(file_, testing::header_of_every_kind, rows_);
    }

    [[nodiscard]] SupervisedTask task(const SupervisedTask::Params& params) const { return {params, {.seed = 1}}; }
    [[nodiscard]] SupervisedTask classification() const { return task(testing::params_of_every_kind(file_)); }
    [[nodiscard]] SupervisedTask regression() const {
        return task(testing::as_regression(testing::params_of_every_kind(file_)));
    }

    /// The rows set aside for validation, as a file of their own.
    [[nodiscard]] std::filesystem::path unseen() const {
        testing::write_lines(folder_ / "unseen.csv", testing::header_of_every_kind,
                             {rows_.begin() + static_cast<std::ptrdiff_t>(rows_.size() / 2), rows_.end()});
        return folder_ / "unseen.csv";
    }

    [[nodiscard]] std::filesystem::path written(const std::string& header, const std::vector<std::string>& rows) const {
        testing::write_lines(folder_ / "new.csv", header, rows);
        return folder_ / "new.csv";
    }

    const std::vector<std::string> rows_ = testing::rows_of_every_kind(60);
    std::filesystem::path file_;
};

/// Written to a file and read back.
Predictor saved(const Model& model) { return Predictor(model_from_json(model_to_json(model))); }

TEST_F(PredictorTest, GivesTheEnginesNumbersForUnseenRowsBitForBit) {
    for (const NetworkParams& network :
         {NetworkParams(NetworkKind::feed_forward), NetworkParams(NetworkKind::recurrent)}) {
        const SupervisedTask task = regression();
        const Model model = model_of(task, network);
        const std::vector<float> outputs = engine_outputs(model, task.data().validation);
        const TargetOutput& target = model.interface.data->targets.at(0);
        const Predictions said = saved(model).predict_file(unseen());
        ASSERT_EQ(said.values.rows(), 30U);
        for (std::size_t row = 0; row < 30; ++row) {
            EXPECT_EQ(said.values(row, 0), target.offset + target.scale * double{outputs[row]}) << "row " << row;
        }
        EXPECT_GT(target.scale, 1.0) << "outputs of 0 to 1 are the range of the prices";
        EXPECT_EQ(said.outputs, std::vector<std::string>{"price"});
        EXPECT_TRUE(said.label.empty());
    }
}

TEST_F(PredictorTest, GivesTheSoftmaxOfTheEnginesOutputsForUnseenRows) {
    for (const ClassOutput output : {ClassOutput::sharpened, ClassOutput::softmax}) {
        SupervisedTask::Params params = testing::params_of_every_kind(file_);
        params.data.output = output;
        const SupervisedTask task = this->task(params);
        const Model model = model_of(task);
        const std::vector<float> outputs = engine_outputs(model, task.data().validation);
        const double sharpness = output == ClassOutput::softmax ? 1.0 : 5.0;
        const Predictions said = saved(model).predict_file(unseen());
        ASSERT_EQ(said.label.size(), 30U);
        EXPECT_EQ(said.outputs, (std::vector<std::string>{"bad", "good"}));
        for (std::size_t row = 0; row < 30; ++row) {
            const double first = std::exp(sharpness * double{outputs[row]});
            const double second = std::exp(sharpness * double{outputs[30 + row]});
            EXPECT_NEAR(said.values(row, 0), first / (first + second), 1e-12) << "row " << row;
            EXPECT_NEAR(said.values(row, 0) + said.values(row, 1), 1.0, 1e-12);
            EXPECT_EQ(said.label[row], outputs[row] >= outputs[30 + row] ? 0U : 1U);
        }
    }
}

TEST_F(PredictorTest, FindsColumnsByTheirNamesInAnyOrderAmongOthers) {
    Predictor predictor = saved(model_of(classification()));
    const Predictions said = predictor.predict_file(
        written("note,start,member,size,city,age", {"x,2024-03-11T02:30:00,yes,large,Bonn,31.5"}));
    const Predictions same =
        predictor.predict_file(written("age,city,size,member,start", {"31.5,Bonn,large,yes,2024-03-11T02:30:00"}));
    EXPECT_EQ(said.values, same.values);
}

TEST_F(PredictorTest, TreatsARowOfNumbersAsTheSameRowOfAFile) {
    Predictor predictor = saved(model_of(classification()));
    EXPECT_EQ(predictor.columns(), (std::vector<std::string>{"age", "city", "size", "member", "start"}));
    const Predictions said = predictor.predict_file(
        written("age,city,size,member,start", {"31.5,Bonn,large,yes,2024-03-11T02:30:00", ",?,small,no,1970-01-01"}));
    const double missing = std::numeric_limits<double>::quiet_NaN();
    const auto categories = predictor.model().interface.data->columns[1].categories;
    EXPECT_EQ(categories, (std::vector<std::string>{"(missing)", "Bonn", "Köln", "Ulm, old"}));
    const auto first = predictor.predict_row(std::array{31.5, 1.0, 2.0, 1.0, 1710124200.0});
    const auto second = predictor.predict_row(std::array{missing, 0.0, 0.0, 0.0, 0.0});
    for (std::size_t c = 0; c < 2; ++c) {
        EXPECT_EQ(first[c], said.values(0, c));
        EXPECT_EQ(second[c], said.values(1, c));
    }
    EXPECT_NE(first, second);
}

TEST_F(PredictorTest, TellsAllMissingColumnsAtOnceWithTheirLikes) {
    Predictor predictor = saved(model_of(classification()));
    const std::string message =
        message_of<Error>([&] { (void)predictor.predict_file(written("agee,city,member", {"1,Bonn,yes"})); });
    EXPECT_NE(message.find("new.csv:1:1: the header must name every column of the model, in any order, but lacks 'age' "
                           "(did you mean 'agee'?), 'size', 'start'; it has agee, city, member; add or rename these "
                           "columns"),
              std::string::npos)
        << message;
}

/// All lines of what a call throws.
template <class Call>
std::string lines_of(const Call& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}

TEST_F(PredictorTest, RefusesWhatTheTrainingDataDidNotHaveWithPlaceAndWayOut) {
    Predictor predictor = saved(model_of(classification()));
    const std::string message = lines_of([&] {
        (void)predictor.predict_file(
            written("age,city,size,member,start", {"1,Rome,huge,yes,2024-01-01", "1,Bonn,small,?,2024-01-01",
                                                   "1,Bonn,small,no,today", "x,Rome,small,no,2024-01-01"}));
    });
    for (const char* part :
         {"new.csv:2:3: column 'city' must hold the categories of the training data ('(missing)', "
          "'Bonn', 'Köln', 'Ulm, old'), got 'Rome' (the first of 2); leave the field empty, which counts as "
          "missing",
          "new.csv:2:8: column 'size' must hold the categories of its order, got 'huge'; leave "
          "out the row",
          "new.csv:3:14: column 'member' must have a value in every row, got '?', a missing value; no "
          "row that was trained on lacks it: fill it in, or leave out the row",
          "new.csv:4:17: column 'start' must hold ISO 8601 dates or times, got 'today'",
          "new.csv:5:1: column 'age' must hold finite numbers, got 'x'; write it as in the training data, or leave "
          "the field empty"}) {
        EXPECT_NE(message.find(part), std::string::npos) << part << "\nin\n" << message;
    }
}

TEST_F(PredictorTest, FillsMissingValuesInNewRowsAsTrainingWouldHave) {
    SupervisedTask::Params params = testing::params_of_every_kind(file_);
    params.features = {"price", "member"};  // nothing of these is missing in the file
    params.columns = {.boolean = {"member"}, .fill = MissingValues::mean};
    const SupervisedTask task = this->task(params);
    Predictor predictor = saved(model_of(task));
    const double mean = *task.data().encodings.at(0).fill;
    const Predictions said = predictor.predict_file(written("price,member", {",yes"}));
    EXPECT_EQ(said.values(0, 0), predictor.predict_row(std::array{mean, 1.0})[0]);
}

TEST_F(PredictorTest, ReadsLaterFilesAsTheTrainingFileWasRead) {
    SupervisedTask::Params params;
    params.file = written("x;y", {"1,5;-", "2,5;4", "# no row", "3,5;9", "4,0;16"}).string();
    params.kind = SupervisedKind::regression;
    params.targets = {"y"};
    params.format = {
        .separator = CsvSeparator::semicolon, .comment = "#", .decimal = DecimalMark::comma, .missing = {"-"}};
    params.columns.column_fill = {"y=drop_row"};
    Predictor predictor = saved(model_of(task(params)));
    const Predictions said = predictor.predict_file(written("z;x", {"# comment", "1;2,25"}));
    EXPECT_EQ(said.values(0, 0), predictor.predict_row(std::array{2.25})[0]);
}

TEST_F(PredictorTest, MakesTheLagsAndMeansOfASeriesAndPredictsItsLastRows) {
    std::vector<std::string> rows;
    for (int i = 0; i < 40; ++i) {
        rows.push_back((i % 2 == 0 ? "a," : "b,") + std::to_string(i * i % 11) + ',' + std::to_string(i * 7 % 13));
    }
    for (const int horizon : {0, 2}) {
        SupervisedTask::Params params;
        params.file = written("shop,sold,price", rows).string();
        params.kind = SupervisedKind::regression;
        params.targets = {"sold"};
        params.columns.group = "shop";
        params.columns.lags = {1, 3};
        params.columns.rolling = {2};
        params.columns.horizon = horizon;
        const SupervisedTask task = this->task(params);
        const Model model = model_of(task);
        Predictor predictor = saved(model);
        const Predictions said = predictor.predict_file(params.file);
        const std::size_t known = task.data().training.row_count() + task.data().validation.row_count();
        ASSERT_EQ(said.rows.size(), 40U - 2 * 3) << "all rows with three of their shop before them";
        EXPECT_EQ(said.rows.front(), 6U);
        EXPECT_EQ(said.rows.back(), 39U);
        EXPECT_EQ(known, 40U - 2 * 3 - 2 * static_cast<std::size_t>(horizon));
        const std::vector<float> outputs = engine_outputs(model, task.data().training);
        const TargetOutput& target = model.interface.data->targets.at(0);
        for (std::size_t row = 0; row < outputs.size(); ++row) {
            EXPECT_EQ(said.values(row, 0), target.offset + target.scale * double{outputs[row]});
        }
    }
}

TEST_F(PredictorTest, ReportsOnAFileOfTheValidationRowsWhatTheRunReportedOnThem) {
    SupervisedTask::Params weighted = testing::params_of_every_kind(file_);
    weighted.row_weights = "importance";
    for (const SupervisedTask::Params& params :
         {testing::params_of_every_kind(file_), weighted, testing::as_regression(weighted)}) {
        const SupervisedTask task = this->task(params);
        const Model model = model_of(task);
        Network network = make_network(model.genome);
        const TaskReport of_run = task.report(network);
        const TaskReport report = saved(model).evaluate_file(unseen());
        ASSERT_FALSE(report.measures.empty());
        for (const Measure& measure : report.measures) {
            const std::string name = "validation" + measure.name.substr(std::string("test").size());
            const auto same = std::ranges::find(of_run.measures, name, &Measure::name);
            ASSERT_NE(same, of_run.measures.end()) << name;
            EXPECT_EQ(same->value, measure.value) << name;
        }
        EXPECT_EQ(report.rows, of_run.rows);
    }
}

TEST_F(PredictorTest, NeedsTheTrueClassesToEvaluate) {
    Predictor predictor = saved(model_of(classification()));
    const std::string lacks = message_of<Error>(
        [&] { (void)predictor.evaluate_file(written("age,city,size,member,start", {"1,Bonn,small,no,2024-01-01"})); });
    EXPECT_NE(lacks.find("lacks 'outcome'"), std::string::npos) << lacks;
    const std::string other = message_of<Error>([&] {
        (void)predictor.evaluate_file(
            written("age,city,size,member,start,outcome", {"1,Bonn,small,no,2024-01-01,fine"}));
    });
    EXPECT_NE(
        other.find("new.csv:2:28: column 'outcome' must hold the categories of the training data ('bad', 'good'), "
                   "got 'fine'"),
        std::string::npos)
        << other;
}

TEST_F(PredictorTest, RefusesRowsOfNumbersThatItsColumnsCannotHave) {
    Predictor predictor = saved(model_of(classification()));
    const auto message = [&](std::vector<double> row) {
        return message_of<Error>([&] { (void)predictor.predict_row(row); });
    };
    EXPECT_EQ(message({1.0}), "a row must have a number for each of 5 columns, got 1");
    EXPECT_EQ(message({1.0, 4.0, 0.0, 0.0, 0.0}),
              "row 1: column 'city' must have the position of one of 4 categories, got 4");
    EXPECT_EQ(message({1.0, 1.0, 0.0, std::numeric_limits<double>::quiet_NaN(), 0.0}),
              "row 1: column 'member' must have a value: no row that was trained on lacks it; fill it in, or leave "
              "out the row");
    EXPECT_EQ(message({1e300, 1.0, 0.0, 0.0, 0.0}),
              "row 1: column 'age' must be within the range of single precision, got 1e+300");
}

TEST_F(PredictorTest, SaysNothingWhereAnOutputIsNotFinite) {
    Model model = model_of(regression());
    model.genome.store.rows(0).weight[0] = std::numeric_limits<float>::infinity();
    for (std::size_t row = 0; row < model.genome.store[0].node_count(); ++row) {
        model.genome.store.rows(0).bias[row] = std::numeric_limits<float>::infinity();
    }
    Predictor predictor(model);
    EXPECT_TRUE(std::isnan(predictor.predict_row(std::array{1.0, 1.0, 0.0, 0.0, 0.0})[0]));
}

TEST(PredictorRules, RefusesModelsOfOtherTasksAndGenomesAlone) {
    const Model alone{.genome = {testing::random_genome({}, 1), {}}};
    EXPECT_NE(message_of<Error>([&] { (void)Predictor(alone); }).find("this file has a genome only"),
              std::string::npos);
    Model control = alone;
    control.origin.task = "cart_pole";
    EXPECT_EQ(message_of<Error>([&] { (void)Predictor(control); }),
              "this model of task 'cart_pole' is not one of rows of data: only models of data tasks predict");
    Model other = control;
    other.is_direct = false;
    EXPECT_NE(message_of<Error>([&] { (void)Predictor(other); }).find("use that program"), std::string::npos);
}

}  // namespace
}  // namespace clade
