#include <clade/evaluation/data/dataset.hpp>

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace clade {
namespace {

Dataset iris() {
    return make_dataset(read_csv(CLADE_SOURCE_DIR "/configs/data/iris.csv"),
                        {.features = {}, .targets = {}, .label = "species"});
}

std::string complaint(const std::string& text, const DatasetColumns& columns) {
    try {
        (void)make_dataset(parse_csv(text, "f.csv"), columns);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(Dataset, ReportsRowsOfAWrongLengthTogetherWithWhatIsWrongInOthers) {
    EXPECT_EQ(complaint("a,b,y\n1,2,x\n3,,y\n5,6\n", {.features = {}, .targets = {}, .label = "y"}),
              "f.csv:3:3: column 'b' must have a number in every row, got a missing value\n"
              "f.csv:4:1: a row must have 3 fields like the header, got 2");
}

TEST(Dataset, TakesEveryColumnThatIsNotTheLabelAsAFeature) {
    const Dataset data = iris();
    EXPECT_EQ(data.row_count(), 150U);
    EXPECT_EQ(data.features,
              (std::vector<std::string>{"sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"}));
    EXPECT_EQ(data.outputs, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
    EXPECT_FLOAT_EQ(data.inputs(0, 0), 5.1F);
    EXPECT_FLOAT_EQ(data.inputs(149, 3), 1.8F);
    EXPECT_EQ(data.label[0], 0U);
    EXPECT_EQ(data.label[149], 2U);
    EXPECT_EQ(data.observations()[150], data.inputs(0, 1)) << "a feature is contiguous";
}

TEST(Dataset, TakesTheFeaturesAndTargetsNamedInTheirOrder) {
    const Dataset data = make_dataset(parse_csv("a,b,c,d\n1,2,3,4\n5,6,7,8\n", "f.csv"),
                                      {.features = {"d", "a"}, .targets = {"c"}, .label = {}});
    EXPECT_FALSE(data.is_classification());
    EXPECT_EQ(data.feature_count(), 2U);
    EXPECT_EQ(data.inputs(1, 0), 8.0F);
    EXPECT_EQ(data.inputs(1, 1), 5.0F);
    EXPECT_EQ(data.targets(0, 0), 3.0F);
}

TEST(Dataset, ReportsEveryBrokenFieldOfFeaturesTargetsAndLabel) {
    EXPECT_EQ(complaint("a,b,l\n1,x,u\n,2,\n", {.features = {}, .targets = {}, .label = "l"}),
              "f.csv:2:3: column 'b' must hold finite numbers, got 'x'\n"
              "f.csv:3:1: column 'a' must have a number in every row, got a missing value\n"
              "f.csv:3:4: column 'l' must have a label in every row, got a missing value");
}

TEST(Dataset, RefusesColumnsThatServeTwiceOrAreNotThere) {
    const std::string text = "a,b\n1,2\n3,4\n";
    EXPECT_NE(complaint(text, {.features = {"a", "b"}, .targets = {"b"}, .label = {}}).find("must serve once"),
              std::string::npos);
    EXPECT_NE(
        complaint(text, {.features = {"c"}, .targets = {"b"}, .label = {}}).find("the header must name column 'c'"),
        std::string::npos);
    EXPECT_NE(complaint(text, {.features = {}, .targets = {"a", "b"}, .label = {}}).find("left as a feature"),
              std::string::npos);
}

TEST(Dataset, ReportsEveryWrongColumnTogetherWithWhatIsWrongInTheOthers) {
    EXPECT_EQ(complaint("a,b,kind\n1,x,p\n3,4,q\n", {.features = {"aa", "b", "b"}, .targets = {}, .label = "Kind"}),
              "f.csv:1:1: the header must name column 'Kind'; did you mean 'kind'?\n"
              "f.csv:1:1: the header must name column 'aa'; did you mean 'a'?\n"
              "f.csv:1:3: column 'b' must serve once, got it twice\n"
              "f.csv:2:3: column 'b' must hold finite numbers, got 'x'");
    EXPECT_EQ(complaint("a,b,kind\n1,2,p\n3,4,q\n", {.features = {}, .targets = {}, .label = "species"}),
              "f.csv:1:1: the header must name column 'species', got: a b kind");
}

TEST(Dataset, RefusesASingleClass) {
    EXPECT_EQ(complaint("a,l\n1,u\n2,u\n", {.features = {}, .targets = {}, .label = "l"}),
              "f.csv:1:3: a label column must have at least two classes, got 'u' only");
}

TEST(Dataset, SplitsEveryClassAlikeAndLosesNoRow) {
    const Dataset data = iris();
    const DatasetSplit parts = split(data, 0.2, 7);
    EXPECT_EQ(parts.training.row_count(), 120U);
    EXPECT_EQ(parts.validation.row_count(), 30U);
    for (std::uint32_t label = 0; label < 3; ++label) {
        EXPECT_EQ(std::count(parts.validation.label.begin(), parts.validation.label.end(), label), 10);
    }
    const auto rows_of = [](const Dataset& part) {
        std::multiset<std::vector<float>> rows;
        for (std::size_t row = 0; row < part.inputs.rows(); ++row) {
            rows.insert({part.inputs(row, 0), part.inputs(row, 1), part.inputs(row, 2), part.inputs(row, 3)});
        }
        return rows;
    };
    std::multiset<std::vector<float>> both = rows_of(parts.training);
    both.merge(rows_of(parts.validation));
    EXPECT_EQ(both, rows_of(data));
}

TEST(Dataset, SplitsBySeed) {
    const Dataset data = iris();
    EXPECT_EQ(split(data, 0.2, 7).training.inputs, split(data, 0.2, 7).training.inputs);
    EXPECT_NE(split(data, 0.2, 7).training.inputs, split(data, 0.2, 8).training.inputs);
    EXPECT_EQ(split(data, 0.0, 7).validation.row_count(), 0U);
    EXPECT_EQ(split(data, 0.0, 7).training.inputs, data.inputs) << "rows keep their order";
}

TEST(Dataset, RefusesToLeaveNothingForTraining) {
    Dataset data{{"x"}, {"y"}, DataMatrix(1, 1), DataMatrix(1, 1), {}};
    EXPECT_THROW((void)split(data, 0.9, 1), Error);
}

TEST(Dataset, StandardisesByTheRowsMeasured) {
    DataMatrix training(4, 2);
    for (std::size_t row = 0; row < 4; ++row) {
        training(row, 0) = static_cast<float>(row + 1);
        training(row, 1) = 5.0F;
    }
    DataMatrix validation(1, 2);
    validation(0, 0) = 10.0F;
    validation(0, 1) = 6.0F;
    const Standardisation measured = measure_standardisation(training);
    measured.apply(training);
    measured.apply(validation);
    const float deviation = std::sqrt(1.25F);
    EXPECT_FLOAT_EQ(training(0, 0), -1.5F / deviation);
    EXPECT_FLOAT_EQ(validation(0, 0), 7.5F / deviation);
    EXPECT_EQ(training(0, 1), 0.0F) << "a constant column";
    EXPECT_EQ(validation(0, 1), 1.0F);
}

}  // namespace
}  // namespace clade
