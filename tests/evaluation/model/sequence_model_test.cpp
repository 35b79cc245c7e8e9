// Models of sequences on new rows: they see them as in training.
#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace clade {
namespace {

using testing::model_of;

constexpr std::size_t patients = 12;

/// Patient p has p % 5 + 1 visits, whose rows are not in the order of their days.
std::vector<std::string> visit_rows() {
    std::vector<std::string> rows;
    for (std::size_t turn = 0; turn < 5; ++turn) {
        for (std::size_t p = 0; p < patients; ++p) {
            if (turn > p % 5) continue;
            const std::size_t day = (turn * 3 + p) % 5 + 1;
            rows.push_back("p" + std::to_string(p) + ",2024-01-0" + std::to_string(day) + "," +
                           std::to_string((p * 7 + day * 3) % 11) + ".5," + std::to_string((p + day * day) % 7) + "," +
                           (day * p % 3 == 0 ? "yes" : "no"));
        }
    }
    return rows;
}

class SequenceModel : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        write("visits.csv", rows_);
    }

    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_ / name; }

    void write(const std::string& name, const std::vector<std::string>& rows,
               const std::string& header = "patient,day,dose,pain,better") const {
        testing::write_lines(file(name), header, rows);
    }

    [[nodiscard]] SupervisedTask classification() const {
        SupervisedTask::Params params;
        params.file = file("visits.csv").string();
        params.label = "better";
        params.columns.sequence = {"patient", "day"};
        params.columns.time = {"day"};
        params.data.validation_fraction = 0.0;
        return {params, {.seed = 1}};
    }

    /// Of a network with memory, written to a file and read back.
    [[nodiscard]] static Predictor saved(const Task& task) {
        const Model model = model_of(task, NetworkParams(NetworkKind::recurrent));
        return Predictor(model_from_json(model_to_json(model)));
    }

    const std::vector<std::string> rows_ = visit_rows();
};

TEST_F(SequenceModel, SaysTheSameOfARowWhereverItStandsInTheFile) {
    Predictor predictor = saved(classification());
    const Predictions said = predictor.predict_file(file("visits.csv"));
    ASSERT_EQ(said.rows.size(), rows_.size());
    std::vector<std::size_t> order(rows_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i * 7 % order.size();
    std::vector<std::string> shuffled;
    for (const std::size_t row : order) shuffled.push_back(rows_[row]);
    write("shuffled.csv", shuffled);
    const Predictions again = predictor.predict_file(file("shuffled.csv"));
    ASSERT_EQ(again.values.rows(), rows_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        EXPECT_EQ(again.values(i, 0), said.values(order[i], 0)) << rows_[order[i]];
        EXPECT_EQ(again.label[i], said.label[order[i]]);
        EXPECT_EQ(again.rows[i], i);
    }
}

TEST_F(SequenceModel, TakesRowsOfNumbersForOneSequenceInItsOrder) {
    Predictor predictor = saved(classification());
    write("one.csv", {"p1,2024-01-03,2.5,4,?", "p1,2024-01-01,7.5,1,?", "p1,2024-01-02,9.5,6,?"});
    const Predictions of_file = predictor.predict_file(file("one.csv"));
    ColumnMatrix<double> rows(3, 2);
    const std::vector<double> doses{7.5, 9.5, 2.5};
    const std::vector<double> pains{1, 6, 4};
    std::ranges::copy(doses, rows.column(0).begin());
    std::ranges::copy(pains, rows.column(1).begin());
    const Predictions of_numbers = predictor.predict(rows);
    EXPECT_EQ(of_numbers.values(0, 0), of_file.values(1, 0));
    EXPECT_EQ(of_numbers.values(1, 0), of_file.values(2, 0));
    EXPECT_EQ(of_numbers.values(2, 0), of_file.values(0, 0));
    EXPECT_NE(predictor.predict_row(std::array{2.5, 4.0})[0], of_file.values(0, 0)) << "a row alone has no past";
}

TEST_F(SequenceModel, ScoresAFileAsTheTaskDoes) {
    const SupervisedTask task = classification();
    Predictor predictor = saved(task);
    Network network = make_network(predictor.model().genome);
    const TaskReport in_training = task.report(network);
    const TaskReport of_file = predictor.evaluate_file(file("visits.csv"));
    ASSERT_EQ(of_file.measures.size(), in_training.measures.size());
    for (std::size_t m = 0; m < of_file.measures.size(); ++m) {
        EXPECT_EQ(of_file.measures[m].value, in_training.measures[m].value) << of_file.measures[m].name;
    }
}

TEST_F(SequenceModel, NamesTheColumnsOfSequencesThatANewFileLacks) {
    Predictor predictor = saved(classification());
    write("new.csv", {"1,2", "3,4"}, "dose,pain");
    expect_contains(message_of([&] { (void)predictor.predict_file(file("new.csv")); }), "lacks 'patient', 'day'");
    write("gaps.csv", {"p1,,1,2", "p1,2024-01-01,1,2"}, "patient,day,dose,pain");
    expect_contains(
        message_of([&] { (void)predictor.predict_file(file("gaps.csv")); }),
        "column 'day' must have a number in every row, got a missing value; no row that was trained on lacks "
        "it: fill it in, or leave out the row");
}

TEST_F(SequenceModel, RefusesAFileOfAModelWhoseSequencesHaveAnOrderButNoKey) {
    Model model = model_of(classification(), NetworkParams(NetworkKind::recurrent));
    model.interface.data->sequence_by.clear();
    expect_contains(message_of([&] { check_model(model); }), "sequence.by: must name a column");
    model = model_of(classification(), NetworkParams(NetworkKind::recurrent));
    model.interface.data->order_kind = ColumnKind::category;
    expect_contains(message_of([&] { check_model(model); }), "data.order_kind must be number or time");
}

}  // namespace
}  // namespace clade
