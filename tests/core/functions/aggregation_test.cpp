#include <clade/core/functions/aggregation.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace clade {
namespace {

class EveryAggregation : public ::testing::TestWithParam<int> {
protected:
    [[nodiscard]] Aggregation aggregation() const { return static_cast<Aggregation>(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(Aggregation, EveryAggregation,
                         ::testing::Range(0, static_cast<int>(EnumNames<Aggregation>::names.size())),
                         [](const auto& aggregation) {
                             return std::string(name_of(static_cast<Aggregation>(aggregation.param)));
                         });

double aggregate_of(Aggregation aggregation, std::vector<float> values) {
    return double{aggregate(aggregation, values)};
}

TEST_P(EveryAggregation, HasTheSlopesOfFiniteDifferences) {
    Stream stream({1, 0, Purpose::data_noise}, 0);
    for (std::size_t count = 0; count < 8; ++count) {
        for (int repeat = 0; repeat < 20; ++repeat) {
            std::vector<float> values(count);
            for (float& value : values) value = static_cast<float>(stream.normal());
            std::vector<float> slopes(count, 77.0F);
            aggregate_slopes(aggregation(), values, slopes);
            for (std::size_t i = 0; i < count; ++i) {
                const float step = 1.0F / 1024.0F;
                std::vector<float> above = values;
                std::vector<float> below = values;
                above[i] += step;
                below[i] -= step;
                const double difference = aggregate_of(aggregation(), above) - aggregate_of(aggregation(), below);
                EXPECT_NEAR(double{slopes[i]}, difference / (double{above[i]} - double{below[i]}), 1e-3);
            }
        }
    }
}

TEST_P(EveryAggregation, ComputesWhatItsNameSays) {
    const std::map<std::string_view, float> of_values{{"sum", -0.5F},        {"product", -12.0F}, {"max", 2.0F},
                                                      {"min", -4.0F},        {"maxabs", -4.0F},   {"median", 1.5F},
                                                      {"mean", -1.0F / 6.0F}};
    const std::string_view name = builtin_functions().aggregations.name(aggregation());
    ASSERT_TRUE(of_values.contains(name)) << "no expected value for " << name;
    EXPECT_FLOAT_EQ(static_cast<float>(aggregate_of(aggregation(), {1.5F, -4.0F, 2.0F})), of_values.at(name));
}

TEST_P(EveryAggregation, SaysItsFormula) { EXPECT_NE(aggregation_formula(aggregation()), ""); }

std::vector<float> slopes_of(Aggregation aggregation, const std::vector<float>& values) {
    std::vector<float> slopes(values.size());
    aggregate_slopes(aggregation, values, slopes);
    return slopes;
}

TEST(AggregateSlopes, AreThoseOfTheFirstOfEqualExtremeValues) {
    EXPECT_EQ(slopes_of(Aggregation::max, {1, 3, 3}), (std::vector<float>{0, 1, 0}));
    EXPECT_EQ(slopes_of(Aggregation::min, {1, 1, 3}), (std::vector<float>{1, 0, 0}));
    EXPECT_EQ(slopes_of(Aggregation::maxabs, {1, -3, 3}), (std::vector<float>{0, 1, 0}));
}

TEST(AggregateSlopes, OfAProductWithZerosAreTheProductsOfTheOthers) {
    EXPECT_EQ(slopes_of(Aggregation::product, {2, 0, 5}), (std::vector<float>{0, 10, 0}));
    EXPECT_EQ(slopes_of(Aggregation::product, {0, 0, 5}), (std::vector<float>{0, 0, 0}));
    EXPECT_EQ(slopes_of(Aggregation::product, {7}), (std::vector<float>{1}));
}

TEST(AggregateSlopes, OfAMedianGoToOneOfEqualValuesOrTheMiddleTwo) {
    EXPECT_EQ(slopes_of(Aggregation::median, {2, 2, 2}), (std::vector<float>{0, 1, 0}));
    EXPECT_EQ(slopes_of(Aggregation::median, {4, 1, 3, 2}), (std::vector<float>{0, 0, 0.5F, 0.5F}));
}

}  // namespace
}  // namespace clade
