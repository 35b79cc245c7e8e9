#include <clade/core/genome/attribute.hpp>

#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <string>
#include <vector>

namespace clade {
namespace {

constexpr std::size_t row_count = 200000;

RandomKey key_of(std::uint32_t generation = 1, Purpose purpose = Purpose::mutate_weight) {
    return {42, generation, purpose};
}

/// Nothing left to the defaults, which are those of experiments.
AttributeParams wide_params() {
    AttributeParams params;
    params.perturb_rate = 0.9;
    params.perturb_distribution = PerturbDistribution::uniform;
    params.perturb_power = 1.0;
    params.replace_rate = 0.1;
    params.min = -1000.0;
    params.max = 1000.0;
    return params;
}

AttributeParams normal_params(double mean, double deviation) {
    AttributeParams params = wide_params();
    params.distribution = Distribution::normal;
    params.mean = mean;
    params.deviation = deviation;
    return params;
}

AttributeParams uniform_params(double low, double high) {
    AttributeParams params = wide_params();
    params.distribution = Distribution::uniform;
    params.low = low;
    params.high = high;
    return params;
}

AttributeParams choice_params(std::vector<double> values, double replace_rate) {
    AttributeParams params = wide_params();
    params.distribution = Distribution::choice;
    params.values = std::move(values);
    params.perturb_rate = 0.0;
    params.replace_rate = replace_rate;
    return params;
}

std::vector<float> initialised(const AttributeParams& params, std::size_t count = row_count,
                               std::uint32_t generation = 1) {
    std::vector<float> column(count);
    initialise(column, 0, params, key_of(generation));
    return column;
}

std::vector<float> mutated(std::vector<float> column, const AttributeParams& params, std::uint32_t generation = 1) {
    mutate(column, 0, params, key_of(generation));
    return column;
}

std::vector<double> doubles(const std::vector<float>& values) { return {values.begin(), values.end()}; }

TEST(Attribute, NewbornNormalValuesAreNormal) {
    const auto column = doubles(initialised(normal_params(2.0, 3.0)));
    EXPECT_LT(ks_distance(column, [](double x) { return normal_distribution((x - 2.0) / 3.0); }), ks_bound);
    const double mean = std::accumulate(column.begin(), column.end(), 0.0) / row_count;
    double variance = 0.0;
    for (const double value : column) variance += (value - mean) * (value - mean) / row_count;
    EXPECT_NEAR(mean, 2.0, 4.0 * 3.0 / std::sqrt(row_count));
    EXPECT_NEAR(std::sqrt(variance), 3.0, 4.0 * 3.0 / std::sqrt(2.0 * row_count));
}

TEST(Attribute, NewbornUniformValuesAreUniform) {
    const auto column = doubles(initialised(uniform_params(-2.0, 6.0)));
    EXPECT_LT(ks_distance(column, [](double x) { return (x + 2.0) / 8.0; }), ks_bound);
}

TEST(Attribute, NewbornChoicesAreEquallyFrequent) {
    for (const std::size_t count : {1U, 2U, 3U, 7U, 40U}) {
        std::vector<double> values(count);
        std::iota(values.begin(), values.end(), 0.0);
        AttributeParams params = choice_params(values, 0.0);
        std::vector<std::size_t> seen(count, 0);
        for (const float value : initialised(params)) ++seen.at(static_cast<std::size_t>(value));
        if (count == 1) continue;
        EXPECT_LT(chi_square(seen), chi_square_bound(count)) << count;
    }
}

TEST(Attribute, NewbornValuesAreLimitedToTheBounds) {
    AttributeParams params = normal_params(0.0, 3.0);
    params.min = -1.0;
    params.max = 0.5;
    const auto column = initialised(params);
    EXPECT_EQ(*std::min_element(column.begin(), column.end()), -1.0F);
    EXPECT_EQ(*std::max_element(column.begin(), column.end()), 0.5F);
}

TEST(Attribute, OneNewbornFollowsTheSameDistribution) {
    Stream stream(key_of(), 0);
    std::vector<double> sample(50000);
    for (double& value : sample) value = newborn(normal_params(2.0, 3.0), stream);
    EXPECT_LT(ks_distance(sample, [](double x) { return normal_distribution((x - 2.0) / 3.0); }), ks_bound);
    for (double& value : sample) value = newborn(uniform_params(-2.0, 6.0), stream);
    EXPECT_LT(ks_distance(sample, [](double x) { return (x + 2.0) / 8.0; }), ks_bound);
    std::vector<std::size_t> seen(3, 0);
    for (int i = 0; i < 30000; ++i) {
        ++seen.at(static_cast<std::size_t>(newborn(choice_params({0.0, 1.0, 2.0}, 0.0), stream)));
    }
    EXPECT_LT(chi_square(seen), chi_square_bound(3));
}

TEST(Attribute, RatesAreThoseOfTheParameters) {
    AttributeParams params = uniform_params(100.0, 200.0);
    params.perturb_rate = 0.3;
    params.replace_rate = 0.05;
    std::size_t replaced = 0;
    std::size_t perturbed = 0;
    for (const float value : mutated(std::vector<float>(row_count, 0.0F), params)) {
        if (value >= 100.0F) {
            ++replaced;
        } else if (value != 0.0F) {
            ++perturbed;
            ASSERT_LE(std::fabs(value), 1.0F);
        }
    }
    EXPECT_LT(binomial_deviation(replaced, row_count, 0.05), binomial_bound);
    EXPECT_LT(binomial_deviation(perturbed, row_count, 0.3), binomial_bound);
}

TEST(Attribute, ProbabilityZeroNeverMutatesAndOneAlwaysDoes) {
    AttributeParams params = uniform_params(2.0, 3.0);
    params.perturb_rate = 0.0;
    params.replace_rate = 0.0;
    EXPECT_FALSE(params.mutates());
    const std::vector<float> zeros(row_count, 0.0F);
    EXPECT_EQ(mutated(zeros, params), zeros);
    params.replace_rate = 1.0;
    for (const float value : mutated(zeros, params)) ASSERT_GE(value, 2.0F);
    params.replace_rate = 0.0;
    params.perturb_rate = 1.0;
    std::size_t unchanged = 0;
    for (const float value : mutated(zeros, params)) unchanged += value == 0.0F ? 1U : 0U;
    EXPECT_LE(unchanged, 2U);  // a move of exactly nothing has a chance of 2^-24
}

TEST(Attribute, ChoiceWithRateZeroNeverRedrawsAndOneAlwaysDoes) {
    const std::vector<float> fives(row_count, 5.0F);
    EXPECT_EQ(mutated(fives, choice_params({1.0, 2.0}, 0.0)), fives);
    for (const float value : mutated(fives, choice_params({1.0, 2.0}, 1.0))) ASSERT_LE(value, 2.0F);
}

TEST(Attribute, UniformMovesAreUniform) {
    AttributeParams params = uniform_params(0.0, 1.0);
    params.perturb_rate = 1.0;
    params.replace_rate = 0.0;
    params.perturb_power = 2.5;
    const auto moves = doubles(mutated(std::vector<float>(row_count, 0.0F), params));
    EXPECT_LT(ks_distance(moves, [](double x) { return (x + 2.5) / 5.0; }), ks_bound);
}

TEST(Attribute, NormalMovesAreNormal) {
    AttributeParams params = normal_params(0.0, 1.0);
    params.perturb_rate = 1.0;
    params.replace_rate = 0.0;
    params.perturb_power = 0.5;
    params.perturb_distribution = PerturbDistribution::normal;
    const auto moves = doubles(mutated(std::vector<float>(row_count, 0.0F), params));
    EXPECT_LT(ks_distance(moves, [](double x) { return normal_distribution(x / 0.5); }), ks_bound);
}

TEST(Attribute, ReplacementsFollowTheBirthDistribution) {
    AttributeParams params = normal_params(500.0, 2.0);
    params.replace_rate = 0.4;
    std::vector<double> replaced;
    for (const float value : mutated(std::vector<float>(row_count, 0.0F), params)) {
        if (value > 400.0F) replaced.push_back(value);
    }
    EXPECT_LT(ks_distance(replaced, [](double x) { return normal_distribution((x - 500.0) / 2.0); }), ks_bound);
}

TEST(Attribute, RedrawnChoicesAreEquallyFrequentAtEveryRate) {
    for (const double rate : {0.01, 0.1, 0.5, 1.0}) {
        std::vector<std::size_t> seen(3, 0);
        std::size_t redrawn = 0;
        for (const float value : mutated(std::vector<float>(row_count, 7.0F), choice_params({0.0, 1.0, 2.0}, rate))) {
            if (value == 7.0F) continue;
            ++redrawn;
            ++seen.at(static_cast<std::size_t>(value));
        }
        EXPECT_LT(chi_square(seen), chi_square_bound(3)) << rate;
        if (rate < 1.0) {
            EXPECT_LT(binomial_deviation(redrawn, row_count, rate), binomial_bound) << rate;
        }
    }
}

TEST(Attribute, MutatedValuesStayWithinTheBounds) {
    AttributeParams params = normal_params(0.0, 5.0);
    params.min = -2.0;
    params.max = 3.0;
    params.perturb_power = 4.0;
    params.perturb_distribution = PerturbDistribution::normal;
    std::vector<float> column(row_count, 1.0F);
    for (std::uint32_t generation = 0; generation < 5; ++generation) column = mutated(column, params, generation);
    EXPECT_EQ(*std::min_element(column.begin(), column.end()), -2.0F);
    EXPECT_EQ(*std::max_element(column.begin(), column.end()), 3.0F);
}

TEST(Attribute, NeighboursAreNotCorrelated) {
    AttributeParams params = uniform_params(-1.0, 1.0);
    params.perturb_rate = 1.0;
    params.replace_rate = 0.0;
    const double bound = 4.0 / std::sqrt(static_cast<double>(row_count));
    for (const auto& column : {initialised(params), mutated(std::vector<float>(row_count, 0.0F), params)}) {
        for (const std::size_t lag : {1U, 2U, 8U, 15U, 16U, 17U, 32U, 64U, 512U, 1023U, 1024U, 1025U}) {
            const std::span<const float> all(column);
            EXPECT_LT(std::fabs(correlation(all.first(row_count - lag), all.subspan(lag))), bound) << lag;
        }
    }
}

TEST(Attribute, GenerationsAndPurposesAreNotCorrelated) {
    const AttributeParams params = uniform_params(-1.0, 1.0);
    const double bound = 4.0 / std::sqrt(static_cast<double>(row_count));
    const auto first = initialised(params, row_count, 1);
    EXPECT_LT(std::fabs(correlation(first, initialised(params, row_count, 2))), bound);
    std::vector<float> other(row_count);
    initialise(other, 0, params, key_of(1, Purpose::mutate_bias));
    EXPECT_LT(std::fabs(correlation(first, other)), bound);
}

TEST(Attribute, DecisionAndAmountAreNotCorrelated) {
    AttributeParams params = uniform_params(-1.0, 1.0);
    params.perturb_rate = 0.0;
    params.replace_rate = 0.5;
    const auto drawn = mutated(std::vector<float>(row_count, 9.0F), params);
    std::vector<double> replaced;
    for (const float value : drawn) {
        if (value < 9.0F) replaced.push_back(value);
    }
    EXPECT_LT(ks_distance(replaced, [](double x) { return (x + 1.0) / 2.0; }), ks_bound);
}

std::string attribute_issues(const AttributeParams& params) {
    ThrowingSink issues;
    AttributeParams copy = params;
    RangeCheck ranges("weight", issues);
    visit_fields(copy, ranges);
    check(params, "weight", issues);
    try {
        issues.finish();
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(AttributeParams, DefaultsAreSound) { EXPECT_EQ(attribute_issues({}), ""); }

TEST(AttributeParams, AConstantIsBornAndKept) {
    const AttributeParams params = constant_attribute(1.5, -8.0, 8.0);
    EXPECT_EQ(attribute_issues(params), "");
    EXPECT_FALSE(params.mutates());
    for (const float value : initialised(params)) ASSERT_EQ(value, 1.5F);
    for (const float value : mutated(std::vector<float>(1000, 3.0F), params)) ASSERT_EQ(value, 3.0F);
    Stream stream(key_of(), 0);
    EXPECT_EQ(newborn(params, stream), 1.5F);
}

TEST(AttributeParams, NamesEachContradiction) {
    AttributeParams params = normal_params(0.0, 1.0);
    params.min = 2.0;
    params.max = 1.0;
    EXPECT_EQ(attribute_issues(params), "weight.min: must not exceed max (1), got 2");
    params = normal_params(0.0, 1.0);
    params.replace_rate = 0.2;
    EXPECT_EQ(attribute_issues(params),
              "weight.perturb_rate: must not exceed 1 together with replace_rate (0.2), got 0.9");
    params = uniform_params(2.0, 1.0);
    EXPECT_EQ(attribute_issues(params), "weight.low: must not exceed high (1), got 2");
    params = normal_params(0.0, 1.0);
    params.values = {1.0};
    EXPECT_EQ(attribute_issues(params), "weight.values: is used only with distribution: choice");
    EXPECT_EQ(attribute_issues(choice_params({}, 0.1)),
              "weight.values: needs at least one value with distribution: choice");
    EXPECT_EQ(attribute_issues(choice_params({2000.0}, 0.1)),
              "weight.values: must lie between min (-1000) and max (1000), got 2000");
    params = choice_params({1.0}, 0.1);
    params.perturb_rate = 0.1;
    EXPECT_EQ(attribute_issues(params),
              "weight.perturb_rate: must be 0 with distribution: choice, where values are only re-drawn "
              "(replace_rate), got 0.1");
}

TEST(AttributeParams, RefusesNumbersThatSinglePrecisionCannotHold) {
    AttributeParams params;
    params.max = 1e39;
    EXPECT_EQ(attribute_issues(params), "weight.max: must be between -1e+30 and 1e+30, got 1e+39");
    params = {};
    params.deviation = -1.0;
    EXPECT_EQ(attribute_issues(params), "weight.deviation: must be between 0 and 1e+30, got -1");
    params = {};
    params.replace_rate = std::nan("");
    EXPECT_NE(attribute_issues(params).find("weight.replace_rate: must be between 0 and 1, got nan"),
              std::string::npos);
}

}  // namespace
}  // namespace clade
