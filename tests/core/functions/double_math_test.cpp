// Elementary functions in double precision: how near they come, and that vectors of them have the bits of each alone.
#include <clade/core/functions/double_math_internal.hpp>

#include <clade/core/random/random.hpp>
#include <clade/core/simd.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace clade {
namespace {

/// |computed - exact| in units of the last place of a double near `exact`.
double units_off(double computed, long double exact) {
    const double near = std::abs(static_cast<double>(exact));
    const double unit = std::nextafter(near, std::numeric_limits<double>::infinity()) - near;
    return static_cast<double>(std::abs(static_cast<long double>(computed) - exact)) / unit;
}

double worst_error(double low, double high, int count) {
    double worst = 0.0;
    Stream stream({1, 0, Purpose::episode}, 0);
    for (int i = 0; i < count; ++i) {
        const double x = stream.uniform(low, high);
        const auto exact = static_cast<long double>(x);
        const SineCosine both = sincos_double(x);
        EXPECT_EQ(both.sine, sin_double(x));
        EXPECT_EQ(both.cosine, cos_double(x));
        worst = std::max({worst, units_off(both.sine, std::sin(exact)), units_off(both.cosine, std::cos(exact))});
    }
    return worst;
}

TEST(DoubleMath, SineAndCosineAreWithinOneUnitInTheLastPlaceAndWithinTwoFarOut) {
    EXPECT_LT(worst_error(-0.8, 0.8, 200000), 0.9);
    EXPECT_LT(worst_error(-10.0, 10.0, 200000), 0.9);
    EXPECT_LT(worst_error(-1e5, 1e5, 200000), 0.9);
    EXPECT_LT(worst_error(-1e6, 1e6, 200000), 2.0);
}

TEST(DoubleMath, SineAndCosineAreWithinOneUnitNearTheirZeros) {
    double worst = 0.0;
    for (int n = -63000; n <= 63000; ++n) {
        const auto x = static_cast<double>(n * 1.57079632679489661923L);
        const auto exact = static_cast<long double>(x);
        worst = std::max({worst, units_off(sin_double(x), std::sin(exact)), units_off(cos_double(x), std::cos(exact))});
    }
    EXPECT_LT(worst, 1.0);
}

TEST(DoubleMath, SineIsOddAndCosineIsEvenToTheLastBit) {
    Stream stream({2, 0, Purpose::episode}, 0);
    for (int i = 0; i < 10000; ++i) {
        const double x = stream.uniform(0.0, 100.0);
        ASSERT_EQ(sin_double(-x), -sin_double(x));
        ASSERT_EQ(cos_double(-x), cos_double(x));
    }
    EXPECT_EQ(sin_double(0.0), 0.0);
    EXPECT_EQ(cos_double(0.0), 1.0);
}

TEST(DoubleMath, WhatIsNoAngleHasNoSine) {
    for (const double x : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()}) {
        EXPECT_TRUE(std::isnan(sin_double(x)));
        EXPECT_TRUE(std::isnan(cos_double(x)));
    }
}

/// The largest error of `computed` over x in [low, high], against `exact`; a lambda, not a name, calls a function
/// that is always inline.
template <class Computed, class Exact>
double worst_error_of(double low, double high, Computed&& computed, Exact&& exact) {
    double worst = 0.0;
    Stream stream({4, 0, Purpose::episode}, 0);
    for (int i = 0; i < 200000; ++i) {
        const double x = stream.uniform(low, high);
        worst = std::max(worst, units_off(computed(x), exact(static_cast<long double>(x))));
    }
    return worst;
}

TEST(DoubleMath, ExponentialIsWithinOneUnitInTheLastPlace) {
    const auto computed = [](double x) { return exp_double(x); };
    const auto exact = [](long double x) { return std::exp(x); };
    for (const double range : {0.3, 5.0, 700.0}) EXPECT_LT(worst_error_of(-range, range, computed, exact), 1.0);
    EXPECT_EQ(exp_double(0.0), 1.0);
    EXPECT_EQ(exp_double(1000.0), exp_double(700.0));
    EXPECT_EQ(exp_double(-1000.0), exp_double(-700.0));
    EXPECT_TRUE(std::isnan(exp_double(std::numeric_limits<double>::quiet_NaN())));
}

TEST(DoubleMath, LogarithmIsWithinOneUnitInTheLastPlace) {
    const auto computed = [](double x) { return log_double(x); };
    const auto exact = [](long double x) { return std::log(x); };
    EXPECT_LT(worst_error_of(0.5, 2.0, computed, exact), 1.0);
    EXPECT_LT(worst_error_of(1e-6, 0.5, computed, exact), 1.0);
    EXPECT_LT(worst_error_of(2.0, 1e300, computed, exact), 1.0);
    EXPECT_EQ(log_double(1.0), 0.0);
    EXPECT_NEAR(log_double(std::numeric_limits<double>::min()), -708.3964185322641, 1e-12);
}

TEST(DoubleMath, RoundsToTheNearestInteger) {
    EXPECT_EQ(round_double(2.5), 2.0);
    EXPECT_EQ(round_double(-2.6), -3.0);
    EXPECT_EQ(round_double(1e15 + 0.25), 1e15);
}

TEST(DoubleMath, ClampsToBothEndsAndLeavesNaN) {
    EXPECT_EQ(clamp_double(-3.0, -2.0, 1.0), -2.0);
    EXPECT_EQ(clamp_double(0.5, -2.0, 1.0), 0.5);
    EXPECT_EQ(clamp_double(std::numeric_limits<double>::infinity(), -2.0, 1.0), 1.0);
    EXPECT_TRUE(std::isnan(clamp_double(std::numeric_limits<double>::quiet_NaN(), -2.0, 1.0)));
    EXPECT_EQ(select_double(true, 1.0, 2.0), 1.0);
    EXPECT_EQ(select_double(false, 1.0, 2.0), 2.0);
}

constexpr std::size_t block = 16;

/// Loops that the compiler makes vectors of, for each level of instructions.
#define CLADE_SINES_OF_BLOCK                         \
    for (std::size_t i = 0; i < block; ++i) {        \
        const SineCosine both = sincos_double(x[i]); \
        y[i] = both.sine;                            \
        y[block + i] = both.cosine;                  \
    }
void sines_baseline(const double* __restrict x, double* __restrict y) { CLADE_SINES_OF_BLOCK }
#if defined(__x86_64__)
__attribute__((target("arch=x86-64-v3"))) void sines_avx2(const double* __restrict x, double* __restrict y) {
    CLADE_SINES_OF_BLOCK
}
__attribute__((target("arch=x86-64-v4"))) void sines_avx512(const double* __restrict x, double* __restrict y) {
    CLADE_SINES_OF_BLOCK
}
#else
constexpr auto sines_avx2 = sines_baseline;
constexpr auto sines_avx512 = sines_baseline;
#endif
#undef CLADE_SINES_OF_BLOCK

TEST(DoubleMath, VectorsHaveTheSameBitsAtEverySimdLevel) {
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        if (supported(level) != level) continue;
        const auto sines = level == SimdLevel::avx512 ? sines_avx512
                           : level == SimdLevel::avx2 ? sines_avx2
                                                      : sines_baseline;
        Stream stream({3, 0, Purpose::episode}, 0);
        std::vector<double> x(block);
        std::vector<double> y(2 * block);
        for (int i = 0; i < 5000; ++i) {
            for (double& value : x) value = stream.uniform(-1.0, 1.0) * (i % 2 == 0 ? 4.0 : 1e5);
            sines(x.data(), y.data());
            for (std::size_t j = 0; j < block; ++j) {
                ASSERT_EQ(double_bits(y[j]), double_bits(sin_double(x[j])));
                ASSERT_EQ(double_bits(y[block + j]), double_bits(cos_double(x[j])));
            }
        }
    }
}

}  // namespace
}  // namespace clade
