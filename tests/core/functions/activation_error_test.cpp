// The activations against libm in double precision, over the whole range of float.
#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/float_math_internal.hpp>

#include "tests/support/activation_reference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace clade {
namespace {

using testing::reference;

/// Calls body(x) for floats of every sign, exponent and pattern of digits.
template <class Body>
void for_floats(const Body& body) {
    for (std::uint64_t bits = 0; bits < (std::uint64_t{1} << 32); bits += 8191) {
        const float x = bits_float(static_cast<std::uint32_t>(bits));
        if (std::isfinite(x)) body(x);
    }
    for (int i = -160000; i <= 160000; ++i) body(static_cast<float>(i) * 1e-4F);
}

class EveryActivation : public ::testing::TestWithParam<int> {
protected:
    [[nodiscard]] Activation activation() const { return static_cast<Activation>(GetParam()); }
};
INSTANTIATE_TEST_SUITE_P(Activation, EveryActivation,
                         ::testing::Range(0, static_cast<int>(EnumNames<Activation>::names.size())),
                         [](const auto& activation) {
                             return std::string(name_of(static_cast<Activation>(activation.param)));
                         });

TEST_P(EveryActivation, IsWithinItsErrorBoundOverTheRangeOfFloat) {
    double worst = 0.0;
    float worst_at = 0.0F;
    for_floats([&](float x) {
        const double expected = reference(activation(), double{x});
        if (std::abs(expected) > double{std::numeric_limits<float>::max()}) return;
        const double error = std::abs(double{activate(activation(), x)} - expected) / std::max(1.0, std::abs(expected));
        if (error <= worst) return;
        worst = error;
        worst_at = x;
    });
    EXPECT_LE(worst, 3e-7) << "at " << worst_at;
}

TEST_P(EveryActivation, TakesWhateverIsNotFinite) {
    const float infinity = std::numeric_limits<float>::infinity();
    const float quiet = std::numeric_limits<float>::quiet_NaN();
    (void)activate(activation(), infinity);
    (void)activate(activation(), -infinity);
    const float positive = activate(activation(), quiet);
    const float negative = activate(activation(), -quiet);
    const bool both_nan = std::isnan(positive) && std::isnan(negative);
    EXPECT_TRUE(both_nan || positive == negative) << "the sign of NaN must not matter";
}

TEST_P(EveryActivation, TakesNanAsTheLowerLimitWhereItLimits) {
    const float of_nan = activate(activation(), std::numeric_limits<float>::quiet_NaN());
    if (std::isnan(of_nan)) return;
    EXPECT_EQ(of_nan, activate(activation(), -std::numeric_limits<float>::infinity()));
}

/// From x and two points on its left; the rest is of third order.
double slope_on_the_left(Activation activation, double x) {
    const double h = 1e-5;
    return (3.0 * reference(activation, x) - 4.0 * reference(activation, x - h) + reference(activation, x - 2.0 * h)) /
           (2.0 * h);
}

TEST_P(EveryActivation, HasTheSlopeOfItsFormulaAtKinksTheOneOnTheLeft) {
    double worst = 0.0;
    float worst_at = 0.0F;
    for (int i = -60 * 64; i <= 60 * 64; ++i) {  // kinks lie on whole numbers
        const float x = static_cast<float>(i) / 64.0F;
        if (i == 0 && (activation() == Activation::inv || activation() == Activation::log)) continue;  // jumps
        const double expected = slope_on_the_left(activation(), double{x});
        const double error =
            std::abs(double{activation_slope(activation(), x)} - expected) / std::max(1.0, std::abs(expected));
        if (error <= worst) continue;
        worst = error;
        worst_at = x;
    }
    EXPECT_LE(worst, 1e-5) << "at " << worst_at;
}

TEST(ActivationSlope, IsZeroBeyondTheLimitsOfTheArgument) {
    for (const Activation activation : {Activation::sin, Activation::softplus, Activation::exp, Activation::gauss,
                                        Activation::sigmoid, Activation::logistic, Activation::clamped}) {
        for (const float x : {-1e30F, -61.0F, 61.0F, 1e30F}) {
            EXPECT_NEAR(activation_slope(activation, x), 0.0F, 1e-20F) << name_of(activation) << " at " << x;
        }
    }
}

double relative_error(double value, double expected) { return std::abs(value / expected - 1.0); }

TEST(FloatMath, ExponentialsAreWithinTheirErrorBounds) {
    double worst_2 = 0.0;
    double worst_e = 0.0;
    for (int i = -870000; i <= 880000; ++i) {
        const float x = static_cast<float>(i) * 1e-4F;
        worst_2 = std::max(worst_2, relative_error(double{exp2_float(x)}, std::exp2(double{x})));
        worst_e =
            std::max(worst_e, relative_error(double{exp_float(x)}, std::exp(double{std::clamp(x, -87.0F, 88.0F)})));
    }
    EXPECT_LE(worst_2, 2.5e-7);
    EXPECT_LE(worst_e, 2e-7);
}

TEST(FloatMath, LogarithmIsWithinItsErrorBound) {
    double worst = 0.0;
    for (std::uint32_t bits = 0x00800000U; bits < 0x7f800000U; bits += 2039) {
        const float x = bits_float(bits);
        const double expected = std::log(double{x});
        worst = std::max(worst, std::abs(double{log_float(x)} - expected) / std::max(1.0, std::abs(expected)));
    }
    EXPECT_LE(worst, 1.2e-7);
}

TEST(FloatMath, SineIsWithinItsErrorBound) {
    double worst = 0.0;
    for (int i = -1000000; i <= 1000000; ++i) {
        const float x = static_cast<float>(i) * 1e-3F;
        worst = std::max(worst, std::abs(double{sin_float(x)} - std::sin(double{x})));
    }
    EXPECT_LE(worst, 2e-7);
}

TEST(FloatMath, ClampTakesNanAsTheLowerLimit) {
    EXPECT_EQ(clamp_float(std::numeric_limits<float>::quiet_NaN(), -2.0F, 3.0F), -2.0F);
    EXPECT_EQ(clamp_float(-std::numeric_limits<float>::quiet_NaN(), -2.0F, 3.0F), -2.0F);
    EXPECT_EQ(clamp_float(std::numeric_limits<float>::infinity(), -2.0F, 3.0F), 3.0F);
    EXPECT_EQ(clamp_float(0.5F, -2.0F, 3.0F), 0.5F);
}

}  // namespace
}  // namespace clade
