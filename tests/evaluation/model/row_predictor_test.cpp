// Single rows: what a Predictor says of them, bit for bit.
#include <clade/evaluation/model/row_predictor.hpp>

#include "tests/evaluation/model/model_fixture.hpp"

#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <vector>

namespace clade {
namespace {

class RowPredictorTest : public FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        testing::write_lines(folder_ / "all.csv", testing::header_of_every_kind, testing::rows_of_every_kind(60));
    }

    [[nodiscard]] Model model(bool regression, const NetworkParams& network, std::uint64_t seed = 3) const {
        SupervisedTask::Params params = testing::params_of_every_kind(folder_ / "all.csv");
        if (regression) params = testing::as_regression(params);
        return testing::model_of(SupervisedTask(params, {.seed = 1}), network, seed);
    }

    const std::vector<std::array<double, 5>> rows_{
        {31.5, 1.0, 2.0, 1.0, 1710124200.0},
        {std::numeric_limits<double>::quiet_NaN(), 0.0, 0.0, 0.0, 0.0},
    };
};

TEST_F(RowPredictorTest, SaysOfARowWhatAPredictorSays) {
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        for (const bool regression : {false, true}) {
            const Model model = this->model(regression, NetworkParams(kind));
            Predictor predictor(model);
            RowPredictor rows(model);
            EXPECT_EQ(rows.column_count(), 5U);
            ASSERT_EQ(rows.label_count(), regression ? 0U : 1U);
            for (const auto& row : rows_) {
                const std::vector<double> expected = predictor.predict_row(row);
                std::vector<double> said(expected.size());
                std::vector<std::uint32_t> labels(rows.label_count());
                rows.predict(row, said, labels);
                EXPECT_EQ(said, expected);
                if (regression) continue;
                EXPECT_EQ(labels[0], said[1] > said[0] ? 1U : 0U);
            }
        }
    }
}

TEST_F(RowPredictorTest, SaysOfASequenceWhatAPredictorSays) {
    ColumnMatrix<double> sequence(2, 5);
    for (std::size_t row = 0; row < 2; ++row) {
        for (std::size_t c = 0; c < 5; ++c) sequence(row, c) = rows_[row][c];
    }
    int with_memory = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Model model = this->model(true, NetworkParams(NetworkKind::recurrent, 2), seed);
        model.interface.data->sequence_by = "patient";
        const Predictions expected = Predictor(model).predict(sequence);
        RowPredictor rows(model);
        std::array<double, 1> said{};
        for (int time = 0; time < 2; ++time) {
            rows.reset();
            for (std::size_t row = 0; row < 2; ++row) {
                rows.predict(rows_[row], said, {});
                EXPECT_EQ(said[0], expected.values(row, 0)) << "row " << row;
            }
        }
        rows.predict(rows_[0], said, {});
        with_memory += said[0] != expected.values(0, 0) ? 1 : 0;
    }
    EXPECT_GT(with_memory, 0) << "sequences go on without reset()";
}

TEST_F(RowPredictorTest, RefusesOtherSizesAndOtherModels) {
    RowPredictor rows(model(false, {}));
    std::array<double, 2> said{};
    EXPECT_EQ(message_of<Error>([&] { rows.predict(std::array{1.0}, said, {}); }),
              "a prediction takes 5 columns and gives 2 values and 1 classes, got room for 1, 2 and 0");
    const Model alone{.genome = {testing::random_genome({}, 1), {}}};
    EXPECT_NE(message_of<Error>([&] { (void)RowPredictor(alone); }).find("this file has a genome only"),
              std::string::npos);
}

TEST_F(RowPredictorTest, RefusesWhatAPredictorRefuses) {
    const Model model = this->model(false, {});
    Predictor predictor(model);
    RowPredictor rows(model);
    std::array<double, 2> said{};
    const std::array row{31.5, 9.0, 2.0, 1.0, 0.0};
    const std::string refusal = message_of<Error>([&] { rows.predict(row, said, {}); });
    EXPECT_EQ(refusal, message_of<Error>([&] { (void)predictor.predict_row(row); }));
    EXPECT_EQ(refusal, "row 1: column 'city' must have the position of one of 4 categories, got 9");
}

}  // namespace
}  // namespace clade
