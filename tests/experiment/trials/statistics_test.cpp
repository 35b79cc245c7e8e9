// Against values worked by hand, and published ones.
#include <clade/experiment/trials/statistics.hpp>

#include <clade/core/special_values_internal.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace clade {
namespace {

TEST(Summary, IsThatOfTheTextbook) {
    const Summary summary = summarise({2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0});
    EXPECT_EQ(summary.count, 8U);
    EXPECT_DOUBLE_EQ(summary.mean, 5.0);
    EXPECT_DOUBLE_EQ(summary.deviation, std::sqrt(32.0 / 7.0));
    EXPECT_DOUBLE_EQ(summary.median, 4.5);
    EXPECT_DOUBLE_EQ(summary.lowest, 2.0);
    EXPECT_DOUBLE_EQ(summary.highest, 9.0);
}

TEST(Summary, SaysOfTooFewValuesThatItDoesNotKnow) {
    EXPECT_TRUE(std::isnan(summarise({}).mean));
    EXPECT_TRUE(std::isnan(summarise({}).median));
    EXPECT_TRUE(std::isnan(summarise({1.0, std::nan(""), 2.0}).lowest));
    EXPECT_DOUBLE_EQ(summarise({3.0}).mean, 3.0);
    EXPECT_TRUE(std::isnan(summarise({3.0}).deviation));
}

TEST(Summary, HasAMedianWhereOthersAreInfinite) {
    EXPECT_DOUBLE_EQ(summarise({infinity, 1.0, 2.0}).median, 2.0);
    EXPECT_EQ(summarise({infinity, 1.0, infinity, 2.0}).median, infinity);
    EXPECT_EQ(summarise({infinity, infinity}).median, infinity);
}

// Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
TEST(WilsonInterval, IsThePublishedOne) {
    const auto expect = [](std::size_t successes, std::size_t trials, double low, double high) {
        const Interval interval = wilson_interval(successes, trials);
        EXPECT_NEAR(interval.low, low, 5e-5) << successes << " of " << trials;
        EXPECT_NEAR(interval.high, high, 5e-5) << successes << " of " << trials;
    };
    expect(81, 263, 0.2553, 0.3662);
    expect(15, 148, 0.0624, 0.1605);
    expect(0, 20, 0.0, 0.1611);
    expect(1, 29, 0.0061, 0.1718);
    expect(20, 20, 1.0 - 0.1611, 1.0);
}

// Quantiles of Student's distribution as tables print them.
TEST(MeanInterval, GoesByStudentsDistribution) {
    for (const auto& [freedom, quantile] : {std::pair<std::size_t, double>{1, 12.706},
                                            {2, 4.303},
                                            {9, 2.262},
                                            {10, 2.228},
                                            {12, 2.179},
                                            {30, 2.042},
                                            {100, 1.984}}) {
        const std::size_t count = freedom + 1;
        const Interval interval =
            mean_interval({.count = count, .mean = 5.0, .deviation = std::sqrt(static_cast<double>(count))});
        EXPECT_NEAR(interval.high, 5.0 + quantile, 1e-3) << freedom;
        EXPECT_NEAR(interval.low, 5.0 - quantile, 1e-3) << freedom;
    }
}

TEST(MeanInterval, OfASingleValueIsNotKnown) { EXPECT_TRUE(std::isnan(mean_interval(summarise({3.0})).low)); }

TEST(RankTest, CountsPairsByHand) {
    const RankTest test = rank_test(std::vector{1.0, 4.0, 5.0}, std::vector{2.0, 3.0, 6.0});
    EXPECT_DOUBLE_EQ(test.u, 4.0);  // 4 > 2, 4 > 3, 5 > 2, 5 > 3
    EXPECT_DOUBLE_EQ(test.a12, 5.0 / 9.0);
    const RankTest tied = rank_test(std::vector{1.0, 2.0}, std::vector{2.0, 2.0});
    EXPECT_DOUBLE_EQ(tied.u, 1.0);
    EXPECT_DOUBLE_EQ(tied.a12, 0.75);
}

// Of 20 ways to choose the places of 3 among 6, one gives U = 0, one 1, two 2, three 3.
TEST(RankTest, IsExactForFewValues) {
    EXPECT_NEAR(rank_test(std::vector{1.0, 2.0, 3.0}, std::vector{4.0, 5.0, 6.0}).p, 2.0 / 20.0, 1e-12);
    EXPECT_NEAR(rank_test(std::vector{1.0, 2.0, 4.0}, std::vector{3.0, 5.0, 6.0}).p, 4.0 / 20.0, 1e-12);
    EXPECT_NEAR(rank_test(std::vector{6.0, 5.0, 3.0}, std::vector{4.0, 2.0, 1.0}).p, 4.0 / 20.0, 1e-12);
    EXPECT_NEAR(rank_test(std::vector{1.0, 3.0, 5.0}, std::vector{2.0, 4.0, 6.0}).p, 14.0 / 20.0, 1e-12);
    EXPECT_DOUBLE_EQ(rank_test(std::vector{1.0}, std::vector{2.0}).p, 1.0);
}

// Hollander & Wolfe 1973, p. 69, permeability constants: W = 35, exact p = 0.2544 (as R's wilcox.test gives it).
TEST(RankTest, GivesThePublishedExactValue) {
    const std::vector term{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
    const std::vector early{1.15, 0.88, 0.90, 0.74, 1.21};
    const RankTest test = rank_test(term, early);
    EXPECT_DOUBLE_EQ(test.u, 35.0);
    EXPECT_NEAR(test.p, 0.2544, 1e-3);
}

// By hand: n = m = 4, U = 1, ties of 2 and 3; variance 16/12 (9 - (6 + 24)/56); z = (7 - 0.5) / 3.3592 = 1.93498.
TEST(RankTest, CorrectsForTiesAndContinuity) {
    const RankTest test = rank_test(std::vector{1.0, 1.0, 2.0, 3.0}, std::vector{3.0, 3.0, 4.0, 5.0});
    EXPECT_DOUBLE_EQ(test.u, 1.0);
    const double variance = 16.0 / 12.0 * (9.0 - 30.0 / 56.0);
    EXPECT_NEAR(test.p, std::erfc(6.5 / std::sqrt(variance) / std::sqrt(2.0)), 1e-12);
    EXPECT_NEAR(test.p, 0.0531, 5e-4);
}

TEST(RankTest, TakesUnsolvedTrialsForTiesAtTheEnd) {
    const RankTest none = rank_test(std::vector{infinity, infinity}, std::vector{infinity, infinity, infinity});
    EXPECT_DOUBLE_EQ(none.p, 1.0);
    EXPECT_DOUBLE_EQ(none.a12, 0.5);
    EXPECT_DOUBLE_EQ(rank_test(std::vector{1.0, 2.0}, std::vector{infinity, infinity}).a12, 1.0);
}

TEST(RankTest, IsTheSameFromBothSides) {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 60; ++i) {
        a.push_back((i * 37) % 101);
        b.push_back((i * 53) % 97 + 20);
        const RankTest ab = rank_test(a, b);
        const RankTest ba = rank_test(b, a);
        EXPECT_NEAR(ab.p, ba.p, 1e-12) << i;
        EXPECT_NEAR(ab.a12, 1.0 - ba.a12, 1e-12) << i;
        EXPECT_GE(ab.p, 0.0);
        EXPECT_LE(ab.p, 1.0);
    }
}

TEST(RankTest, ExactAndNormalValuesMeetWhereOneTakesOver) {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 49; ++i) {
        a.push_back(2.0 * i);
        b.push_back(2.0 * i + 15.0);
    }
    const double exact = rank_test(a, b).p;
    a.push_back(98.0);
    b.push_back(113.0);
    EXPECT_NEAR(rank_test(a, b).p, exact, 0.01);
}

// Fisher's tea tasting: 3 of 4 against 1 of 4, p = 34/70. And a table of R's documentation: convictions of twins.
TEST(FisherTest, IsThePublishedOne) {
    EXPECT_NEAR(fisher_test(3, 4, 1, 4), 34.0 / 70.0, 1e-9);
    EXPECT_NEAR(fisher_test(2, 17, 10, 13), 0.0005367, 1e-6);
    EXPECT_NEAR(fisher_test(10, 10, 10, 10), 1.0, 1e-9);
    EXPECT_NEAR(fisher_test(0, 3, 3, 3), 0.1, 1e-9);
}

TEST(Holm, StepsDown) {
    const std::vector<double> adjusted = holm(std::vector{0.01, 0.04, 0.03, 0.005});
    EXPECT_DOUBLE_EQ(adjusted[3], 0.02);
    EXPECT_DOUBLE_EQ(adjusted[0], 0.03);
    EXPECT_DOUBLE_EQ(adjusted[2], 0.06);
    EXPECT_DOUBLE_EQ(adjusted[1], 0.06) << "no smaller than the one before";
    EXPECT_DOUBLE_EQ(holm(std::vector{0.7, 0.6})[0], 1.0);
}

}  // namespace
}  // namespace clade
