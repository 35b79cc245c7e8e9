// Scores of classes and numbers against scikit-learn, and by their properties.
#include <clade/evaluation/tasks/data/class_scores_internal.hpp>
#include <clade/evaluation/tasks/data/number_scores_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

namespace clade {
namespace {

constexpr double close = 1e-12;

/// Four classes; the last has no row, but is said of one.
const std::vector<float> outputs_of_four{2,  0, 1, 5, -1, 0.5F,  0.5F, 3,   //
                                         1,  3, 1, 2, 0,  0.25F, 2,    -1,  //
                                         0,  1, 4, 1, 2,  0.5F,  1,    0,   //
                                         -1, 0, 0, 1, 3,  -2,    0.5F, 0.25F};
const std::vector<std::uint32_t> labels_of_four{0, 1, 0, 1, 2, 2, 1, 0};

/// Two classes, with ties.
const std::vector<float> outputs_of_two{0, 0, 0.5F, 1, 0.5F, 0, 2, 1,  //
                                        0, 1, 0.5F, 1, 1.5F, 0, 0, 1.5F};
const std::vector<std::uint32_t> labels_of_two{0, 1, 1, 0, 1, 0, 0, 1};

const std::vector<double> weights_of_eight{1, 2, 0.5, 3, 1, 1.5, 2, 0.25};

struct Expected {
    DataFitness score;
    double plain;
    double weighted;
};

// scikit-learn 1.7.2 (and 1.2.1, which has no Brier score of more than two classes); the ROC AUC is roc_auc_score() of each
// class with rows against the rest, in the mean.
TEST(ClassScores, AreThoseOfScikitLearn) {
    const std::vector<Expected> all{{DataFitness::accuracy, 0.5, 0.466666666666667},
                                    {DataFitness::balanced_accuracy, 0.444444444444444, 0.428571428571429},
                                    {DataFitness::f1_macro, 0.342857142857143, 0.265151515151515},
                                    {DataFitness::f1_weighted, 0.514285714285714, 0.504377104377104},
                                    {DataFitness::cross_entropy, 1.55741369395671, 1.78982869199625},
                                    {DataFitness::roc_auc, 0.788888888888889, 0.75656789031402},
                                    {DataFitness::brier_score, 0.752195210412827, 0.833583684287493}};
    ClassPredictions rows{.outputs = outputs_of_four, .label = labels_of_four, .sharpness = 1.5};
    for (const Expected& expected : all) {
        rows.weight = {};
        EXPECT_NEAR(class_score(expected.score, rows), expected.plain, close) << name_of(expected.score);
        rows.weight = weights_of_eight;
        EXPECT_NEAR(class_score(expected.score, rows), expected.weighted, close) << name_of(expected.score);
    }
}

// scikit-learn 1.7.2.
TEST(ClassScores, OfTwoClassesAreThoseOfScikitLearnWithTies) {
    const std::vector<Expected> all{{DataFitness::roc_auc, 0.90625, 0.951111111111111},
                                    {DataFitness::brier_score, 0.162675658684024, 0.158314789046391},
                                    {DataFitness::cross_entropy, 0.500014636562413, 0.486314970137361},
                                    {DataFitness::f1_macro, 0.873015873015873, 0.94815668202765}};
    ClassPredictions rows{.outputs = outputs_of_two, .label = labels_of_two};
    for (const Expected& expected : all) {
        rows.weight = {};
        EXPECT_NEAR(class_score(expected.score, rows), expected.plain, close) << name_of(expected.score);
        rows.weight = weights_of_eight;
        EXPECT_NEAR(class_score(expected.score, rows), expected.weighted, close) << name_of(expected.score);
    }
}

TEST(ClassScores, F1OfAClassThatIsNeverRightlySaidIsZero) {
    const std::vector<float> outputs{1, 1, 1, 1, 0, 0, 0, 0};  // always the first of two classes
    const std::vector<std::uint32_t> label{0, 0, 0, 1};
    const ClassPredictions rows{.outputs = outputs, .label = label};
    EXPECT_NEAR(class_score(DataFitness::f1_macro, rows), 0.5 * 6.0 / 7.0, close);
    EXPECT_NEAR(class_score(DataFitness::f1_weighted, rows), 0.75 * 6.0 / 7.0, close);
    EXPECT_NEAR(class_score(DataFitness::balanced_accuracy, rows), 0.5, close);
    EXPECT_EQ(class_score(DataFitness::roc_auc, rows), 0.5);
}

TEST(ClassScores, AreNotANumberWhereNothingCanBeSaid) {
    std::vector<float> outputs{1, 2, 3, 4};
    const std::vector<std::uint32_t> one_class{1, 1};
    ClassPredictions rows{.outputs = outputs, .label = one_class};
    EXPECT_TRUE(std::isnan(class_score(DataFitness::roc_auc, rows))) << "there is nothing to rank above";
    EXPECT_EQ(class_score(DataFitness::accuracy, rows), 1.0);
    for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        outputs[2] = bad;
        for (const DataScore& score : data_scores()) {
            if (!score.classification) continue;
            EXPECT_TRUE(std::isnan(class_score(score.fitness, rows))) << name_of(score.fitness);
            EXPECT_TRUE(std::isnan(class_score(score.fitness, {}))) << "without rows";
        }
    }
    EXPECT_THROW((void)class_score(DataFitness::r2, {outputs_of_two, labels_of_two, {}, 1.0}), LogicError);
}

/// Random outputs, some equal, and labels.
struct RandomClasses {
    RandomClasses(std::uint64_t seed, std::size_t rows, std::size_t classes) {
        Stream stream({seed, 0, Purpose::episode}, 0);
        for (std::size_t i = 0; i < rows * classes; ++i) {
            outputs.push_back(static_cast<float>(static_cast<int>(stream.below(81)) - 40) * 0.125F);
        }
        for (std::size_t row = 0; row < rows; ++row) {
            label.push_back(stream.below(static_cast<std::uint32_t>(classes)));
            weight.push_back(1.0 + stream.below(3));
        }
    }

    [[nodiscard]] ClassPredictions view() const { return {outputs, label, {}, 1.0}; }

    std::vector<float> outputs;  // [class][row]
    std::vector<std::uint32_t> label;
    std::vector<double> weight;  // 1, 2 or 3
};

constexpr std::uint64_t seeds = 200;

/// Rows and classes of every size.
RandomClasses classes_of(std::uint64_t seed) { return {seed, 2 + seed % 50, 2 + seed % 5}; }

TEST(ClassScores, LieWithinTheRangeOfTheTable) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const RandomClasses data = classes_of(seed);
        for (const DataScore& score : data_scores()) {
            if (!score.classification) continue;
            const double value = class_score(score.fitness, data.view());
            EXPECT_TRUE(score.range.contains(value) || (score.fitness == DataFitness::roc_auc && std::isnan(value)))
                << name_of(score.fitness) << " " << value;
        }
    }
}

TEST(ClassScores, CountARowOfWeightTwoAsTwoRows) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const RandomClasses data = classes_of(seed);
        ClassPredictions weighted = data.view();
        weighted.weight = data.weight;
        RandomClasses repeated(seed, 0, 2);
        for (std::size_t c = 0; c < weighted.class_count(); ++c) {
            for (std::size_t row = 0; row < data.label.size(); ++row) {
                const auto times = static_cast<std::size_t>(data.weight[row]);
                repeated.outputs.insert(repeated.outputs.end(), times, data.outputs[c * data.label.size() + row]);
                if (c == 0) repeated.label.insert(repeated.label.end(), times, data.label[row]);
            }
        }
        for (const DataScore& score : data_scores()) {
            if (!score.classification) continue;
            const double expected = class_score(score.fitness, repeated.view());
            if (std::isnan(expected)) continue;
            EXPECT_NEAR(class_score(score.fitness, weighted), expected, 1e-9) << name_of(score.fitness);
        }
    }
}

TEST(RocAuc, OfTwoClassesIsTheShareOfPairsInTheRightOrder) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const RandomClasses data(seed, 2 + seed % 40, 2);
        const std::size_t count = data.label.size();
        const auto margin = [&](std::size_t row) { return data.outputs[count + row] - data.outputs[row]; };
        double right = 0.0;
        double pairs = 0.0;
        for (std::size_t a = 0; a < count; ++a) {
            for (std::size_t b = 0; b < count; ++b) {
                if (data.label[a] != 1 || data.label[b] != 0) continue;
                right += margin(a) > margin(b) ? 1.0 : margin(a) == margin(b) ? 0.5 : 0.0;
                pairs += 1.0;
            }
        }
        if (pairs > 0.0) {
            EXPECT_NEAR(class_score(DataFitness::roc_auc, data.view()), right / pairs, close);
        }
    }
}

TEST(RocAuc, StaysUnderMonotoneMapsOfTheOutputs) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const RandomClasses data(seed, 30, 2);
        RandomClasses mapped = data;
        for (std::size_t row = 0; row < 30; ++row) {  // a map of the margin, exact for such numbers
            const float margin = data.outputs[30 + row] - data.outputs[row];
            mapped.outputs[row] = 0.0F;
            mapped.outputs[30 + row] = margin * margin * margin + 4.0F * margin + 7.0F;
        }
        const double expected = class_score(DataFitness::roc_auc, data.view());
        EXPECT_EQ(class_score(DataFitness::roc_auc, mapped.view()), expected);
        ClassPredictions sharper = data.view();
        sharper.sharpness = 1000.0;
        EXPECT_EQ(class_score(DataFitness::roc_auc, sharper), expected) << "probabilities of 0 and 1 keep their order";
    }
}

// scikit-learn 1.7.2 and 1.2.1.
TEST(NumberScores, AreThoseOfScikitLearn) {
    const std::vector<double> targets{1, 2, 4, -3, 0.5, 10};
    const std::vector<double> estimates{1.5, 1.75, 3, -2, 2, 8};
    const std::vector<double> weight{1, 2, 0.5, 3, 1, 0.25};
    const std::vector<Expected> all{{DataFitness::mean_squared_error, 1.42708333333333, 0.919354838709677},
                                    {DataFitness::root_mean_squared_error, 1.19460593223595, 0.958829932109797},
                                    {DataFitness::mean_absolute_error, 1.04166666666667, 0.838709677419355},
                                    {DataFitness::r2, 0.910065645514223, 0.8969198459923}};
    for (const Expected& expected : all) {
        EXPECT_NEAR(number_score(expected.score, {estimates, targets, {}}), expected.plain, close);
        EXPECT_NEAR(number_score(expected.score, {estimates, targets, weight}), expected.weighted, close);
    }
}

TEST(NumberScores, R2OfAConstantTargetIsOneWithoutAnErrorElseZero) {
    const std::vector<double> constant(3, 0.1);  // whose mean is not 0.1 in double precision
    const std::vector<double> near{0.1, 0.1, 0.2};
    EXPECT_EQ(number_score(DataFitness::r2, {constant, constant, {}}), 1.0);
    EXPECT_EQ(number_score(DataFitness::r2, {near, constant, {}}), 0.0);
}

TEST(NumberScores, KeepTheirDigitsFarFromZero) {
    std::vector<double> targets;
    std::vector<double> estimates;
    for (int i = 0; i < 60; ++i) {
        targets.push_back(1e9 + i);
        estimates.push_back(1e9 + 59 - i);
    }
    EXPECT_NEAR(number_score(DataFitness::r2, {estimates, targets, {}}), -3.0,
                1e-9);  // errors are twice the deviations
}

TEST(NumberScores, AreNotANumberForEstimatesThatAreNone) {
    const std::vector<double> targets{1, 2};
    for (const double bad :
         {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN(), 1e200}) {
        const std::vector<double> estimates{bad, 1.0};
        EXPECT_TRUE(std::isnan(number_score(DataFitness::mean_squared_error, {estimates, targets, {}})));
        EXPECT_TRUE(std::isnan(number_score(DataFitness::r2, {estimates, targets, {}})));
        const std::vector<double> constant{2, 2};
        EXPECT_TRUE(std::isnan(number_score(DataFitness::r2, {estimates, constant, {}})));
    }
    EXPECT_TRUE(std::isnan(number_score(DataFitness::r2, {})));
    EXPECT_THROW((void)number_score(DataFitness::accuracy, {targets, targets, {}}), LogicError);
}

TEST(NumberScores, CountARowOfWeightTwoAsTwoRows) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        Stream stream({seed, 0, Purpose::episode}, 1);
        std::vector<double> targets;
        std::vector<double> estimates;
        std::vector<double> weight;
        std::vector<double> more_targets;
        std::vector<double> more_estimates;
        for (int row = 0; row < 20; ++row) {
            targets.push_back(100.0 + stream.normal());
            estimates.push_back(targets.back() + 0.5 * stream.normal());
            weight.push_back(1.0 + stream.below(3));
            const auto times = static_cast<std::size_t>(weight.back());
            more_targets.insert(more_targets.end(), times, targets.back());
            more_estimates.insert(more_estimates.end(), times, estimates.back());
        }
        for (const DataFitness score : {DataFitness::mean_squared_error, DataFitness::root_mean_squared_error,
                                        DataFitness::mean_absolute_error, DataFitness::r2}) {
            EXPECT_NEAR(number_score(score, {estimates, targets, weight}),
                        number_score(score, {more_estimates, more_targets, {}}), 1e-9);
        }
    }
}

TEST(DataScores, AreAllFitnessChoicesEachOnce) {
    EXPECT_EQ(data_scores().size() + 1, EnumNames<DataFitness>::names.size());
    for (std::size_t i = 1; i < EnumNames<DataFitness>::names.size(); ++i) {
        const auto fitness = static_cast<DataFitness>(i);
        EXPECT_EQ(data_score(fitness).fitness, fitness);
        EXPECT_NE(fits(fitness, true), fits(fitness, false));
    }
    EXPECT_THROW((void)data_score(DataFitness::automatic), LogicError);
}

TEST(DataScores, AreTheRowsOfThePageInTheirOrder) {
    std::ifstream file(CLADE_SOURCE_DIR "/apps/docs/tasks.md");
    std::string page{std::istreambuf_iterator<char>(file), {}};
    std::size_t at = page.find("| score | range | better |");
    ASSERT_NE(at, std::string::npos);
    for (const DataScore& score : data_scores()) {
        const bool higher = score.direction == FitnessDirection::maximise;
        const std::string row = "| `" + std::string(name_of(score.fitness)) + "` | ";
        const std::size_t found = page.find(row, at);
        ASSERT_NE(found, std::string::npos) << row;
        EXPECT_EQ(page.find(score.range.describe() + " | " + (higher ? "higher" : "lower") + " | " +
                                std::string(score.formula) + " | ",
                            found),
                  found + row.size())
            << row << score.range.describe() << ", " << (higher ? "higher" : "lower") << ", " << score.formula;
        at = found;
    }
}

}  // namespace
}  // namespace clade
