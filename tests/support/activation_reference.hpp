// The activations in double precision, by libm.
#pragma once

#include <clade/core/functions/activation.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace clade::testing {

inline double limited(double z) { return std::clamp(z, -60.0, 60.0); }
inline double logistic(double z) { return 1.0 / (1.0 + std::exp(-limited(z))); }

/// activation_formula() in double precision.
inline double reference(Activation activation, double x) {
    switch (activation) {
        case Activation::sigmoid:
            return logistic(5.0 * x);
        case Activation::tanh:
            return std::tanh(2.5 * x);
        case Activation::sin:
            return std::sin(limited(5.0 * x));
        case Activation::gauss:
            return std::exp(-5.0 * std::pow(std::clamp(x, -3.4, 3.4), 2));
        case Activation::relu:
            return std::max(0.0, x);
        case Activation::elu:
            return x > 0.0 ? x : std::expm1(x);
        case Activation::lelu:
            return x > 0.0 ? x : 0.005 * x;
        case Activation::selu:
            return 1.0507009873554805 * (x > 0.0 ? x : 1.6732632423543773 * std::expm1(x));
        case Activation::softplus:
            return 0.2 * std::log1p(std::exp(limited(5.0 * x)));
        case Activation::identity:
            return x;
        case Activation::clamped:
            return std::clamp(x, -1.0, 1.0);
        case Activation::inv:
            return std::abs(x) < 1e-7 ? 0.0 : 1.0 / x;
        case Activation::log:
            return std::log(std::max(1e-7, x));
        case Activation::exp:
            return std::exp(limited(x));
        case Activation::abs:
            return std::abs(x);
        case Activation::hat:
            return std::max(0.0, 1.0 - std::abs(x));
        case Activation::square:
            return x * x;
        case Activation::cube:
            return x * x * x;
        case Activation::steepened_sigmoid:
            return logistic(4.9 * x);
        case Activation::logistic:
            return logistic(x);
        case Activation::leaky_relu:
            return x > 0.0 ? x : 0.001 * x;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace clade::testing
