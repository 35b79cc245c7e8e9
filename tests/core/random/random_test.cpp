#include <clade/core/random/random.hpp>
#include <clade/core/random/xoshiro_internal.hpp>

#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace clade {
namespace {

constexpr std::size_t draws = 100000;

Stream stream_of(std::uint64_t seed, std::uint64_t index = 0) { return {{seed, 3, Purpose::plan}, index}; }

constexpr RandomBlock zeros{0, 0, 0, 0};
constexpr RandomBlock ones{0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU};
constexpr RandomBlock pi_counter{0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U};
constexpr RandomBlock pi_key{0xa4093822U, 0x299f31d0U, 0x082efa98U, 0xec4e6c89U};

TEST(Threefry, GivesThePublishedAnswersOfThirteenRounds) {
    EXPECT_EQ(threefry4x32(zeros, zeros, 13), (RandomBlock{0x531c7e4f, 0x39491ee5, 0x2c855a92, 0x3d6abf9a}));
    EXPECT_EQ(threefry4x32(ones, ones, 13), (RandomBlock{0xc4189358, 0x1c9cc83a, 0xd5881c67, 0x6a0a89e0}));
    EXPECT_EQ(threefry4x32(pi_counter, pi_key, 13), (RandomBlock{0x4aa71d8f, 0x734738c2, 0x431fc6a8, 0xae6debf1}));
}

TEST(Threefry, GivesThePublishedAnswersOfTwentyRounds) {
    EXPECT_EQ(threefry4x32(zeros, zeros, 20), (RandomBlock{0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8}));
    EXPECT_EQ(threefry4x32(ones, ones, 20), (RandomBlock{0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732}));
    EXPECT_EQ(threefry4x32(pi_counter, pi_key, 20), (RandomBlock{0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84}));
}

TEST(Xoshiro, GivesThePublishedAnswers) {
    XoshiroState<std::uint32_t> state{1, 2, 3, 4};
    for (const std::uint32_t word : {641U, 1573767U, 3222811527U, 3517856514U, 836907274U, 4247214768U, 3867114732U,
                                     1355841295U, 495546011U, 621204420U}) {
        EXPECT_EQ(xoshiro_next(state), word);
    }
}

TEST(Stream, GivesTheBlocksOfItsKeyAndIndex) {
    const RandomKey key{0x0123456789abcdefULL, 7, Purpose::inherit};
    Stream stream(key, 0x500000002ULL);
    for (std::uint32_t block = 0; block < 3; ++block) {
        const RandomBlock expected = threefry4x32({2, 5, block, 0}, key.words(), threefry_rounds);
        for (const std::uint32_t word : expected) EXPECT_EQ(stream.bits(), word);
    }
}

TEST(Stream, DiffersWithSeedGenerationPurposeAndIndex) {
    const RandomKey key{1, 2, Purpose::plan};
    std::set<std::uint64_t> first;
    first.insert(Stream(key, 0).bits64());
    first.insert(Stream(key, 1).bits64());
    first.insert(Stream(key, std::uint64_t{1} << 32).bits64());
    first.insert(Stream({2, 2, Purpose::plan}, 0).bits64());
    first.insert(Stream({1 + (std::uint64_t{1} << 32), 2, Purpose::plan}, 0).bits64());
    first.insert(Stream({1, 3, Purpose::plan}, 0).bits64());
    first.insert(Stream({1, 2, Purpose::inherit}, 0).bits64());
    EXPECT_EQ(first.size(), 7U);
}

TEST(Stream, RepeatsItselfForEqualKeyAndIndex) {
    Stream a = stream_of(5, 9);
    Stream b = stream_of(5, 9);
    for (int i = 0; i < 100; ++i) ASSERT_EQ(a.bits(), b.bits());
}

TEST(Stream, UniformIsUniform) {
    Stream stream = stream_of(11);
    std::vector<double> sample(draws);
    for (double& value : sample) {
        value = stream.uniform();
        ASSERT_GE(value, 0.0);
        ASSERT_LT(value, 1.0);
    }
    EXPECT_LT(ks_distance(sample, [](double x) { return x; }), ks_bound);
}

TEST(Stream, UniformBetweenBoundsIsUniform) {
    Stream stream = stream_of(12);
    std::vector<double> sample(draws);
    for (double& value : sample) value = stream.uniform(-3.0, 5.0);
    EXPECT_LT(ks_distance(sample, [](double x) { return (x + 3.0) / 8.0; }), ks_bound);
}

TEST(Stream, FirstDrawsOfNeighbouringIndicesAreUniform) {
    std::vector<double> sample(draws);
    for (std::size_t i = 0; i < draws; ++i) sample[i] = stream_of(13, i).uniform();
    EXPECT_LT(ks_distance(sample, [](double x) { return x; }), ks_bound);
}

TEST(Stream, NormalIsNormal) {
    Stream stream = stream_of(14);
    std::vector<double> sample(draws);
    double sum = 0.0;
    double squares = 0.0;
    for (double& value : sample) {
        value = stream.normal();
        sum += value;
        squares += value * value;
    }
    EXPECT_LT(ks_distance(sample, normal_distribution), ks_bound);
    const double n = draws;
    EXPECT_LT(std::fabs(sum / n), 4.0 / std::sqrt(n));
    EXPECT_LT(std::fabs(squares / n - 1.0), 4.0 * std::sqrt(2.0 / n));
}

TEST(Stream, BelowIsUniformOverEveryCount) {
    for (const std::uint32_t count : {1U, 2U, 3U, 7U, 10U, 64U, 1000U}) {
        Stream stream = stream_of(15, count);
        std::vector<std::size_t> seen(count, 0);
        for (std::size_t i = 0; i < draws; ++i) {
            const std::uint32_t value = stream.below(count);
            ASSERT_LT(value, count);
            ++seen[value];
        }
        if (count == 1) continue;
        EXPECT_LT(chi_square(seen), chi_square_bound(count)) << count;
    }
}

TEST(Stream, BelowHasNoBiasForHugeCounts) {
    // Without rejection the lower third would be hit twice as often as the upper two.
    const std::uint32_t count = 3U << 30;
    Stream stream = stream_of(16);
    std::vector<std::size_t> seen(3, 0);
    for (std::size_t i = 0; i < draws; ++i) ++seen[stream.below(count) >> 30];
    EXPECT_LT(chi_square(seen), chi_square_bound(3));
}

TEST(Stream, BernoulliHitsAtItsRate) {
    for (const double rate : {0.001, 0.03, 0.25, 0.5, 0.75, 0.999}) {
        Stream stream = stream_of(17);
        std::size_t hits = 0;
        for (std::size_t i = 0; i < draws; ++i) hits += stream.bernoulli(rate) ? 1U : 0U;
        EXPECT_LT(binomial_deviation(hits, draws, rate), binomial_bound) << rate;
    }
}

TEST(Stream, BernoulliNeverHitsForZeroAndAlwaysForOne) {
    Stream stream = stream_of(18);
    for (std::size_t i = 0; i < draws; ++i) {
        ASSERT_FALSE(stream.bernoulli(0.0));
        ASSERT_TRUE(stream.bernoulli(1.0));
    }
}

TEST(Stream, ChoiceIsUniformOverItsValues) {
    const std::array<int, 5> values{3, 1, 4, 1, 5};
    Stream stream = stream_of(19);
    std::vector<std::size_t> seen(values.size(), 0);
    for (std::size_t i = 0; i < draws; ++i) {
        const int& value = stream.choice(std::span<const int>(values));
        ++seen[static_cast<std::size_t>(&value - values.data())];
    }
    EXPECT_LT(chi_square(seen), chi_square_bound(values.size()));
}

}  // namespace
}  // namespace clade
