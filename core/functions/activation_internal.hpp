// The built-in activations as inlined functions over F, a float or a vector of floats. For kernels.
#pragma once

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/float_math_internal.hpp>

#include <cstdint>

namespace clade {
namespace {

// Arguments of 2^x are limited to what 60 is for e^x.
constexpr float log2_e = 1.44269504F;
constexpr float exp2_limit = 60.0F * log2_e;

/// e^z for z = exponent / log2_e x, limited to [-60, 60]. Relative error at most 2.5e-7 x max(1, |z|): that of rounding
/// the product.
template <class F>
CLADE_ALWAYS_INLINE F limited_exp(float exponent, F x) {
    return exp2_float(clamp_float(exponent * x, -exp2_limit, exp2_limit));
}

template <class F>
CLADE_ALWAYS_INLINE F sigmoid_of_exp(F e) {
    return e / (1.0F + e);
}

/// positive where x > 0, else otherwise; NaN takes the latter.
template <class F>
CLADE_ALWAYS_INLINE F where_positive(F x, F positive, F otherwise) {
    return x > F{} ? positive : otherwise;
}

// One function an activation, named after the enumerator; absolute error at most 3e-7 x max(1, |value|). Any x is
// allowed: where a function limits its argument, NaN counts as the lower limit; where it does not, NaN stays NaN. No
// result depends on a NaN's sign or payload, in which processors and compilers differ.
#define CLADE_ACTIVATION(name) \
    template <class F>         \
    CLADE_ALWAYS_INLINE F activation_##name([[maybe_unused]] F x)

CLADE_ACTIVATION(sigmoid) { return sigmoid_of_exp(limited_exp(5.0F * log2_e, x)); }
CLADE_ACTIVATION(tanh) {
    const F e = limited_exp(5.0F * log2_e, x);
    return (e - 1.0F) / (e + 1.0F);
}
CLADE_ACTIVATION(sin) {
    // Of 5 x itself the rounding error would be large: a fifth of pi is taken off before multiplying.
    const float magic = 12582912.0F;
    const F bounded = clamp_float(x, -12.0F, 12.0F);
    const F pushed = bounded * 1.59154943F + magic;
    const F n = pushed - magic;
    F r = bounded - n * 0.6283111572265625F;
    r = r - n * 7.373280823230743e-06F;
    r = r - n * 2.10572917e-10F;
    return sin_reduced(5.0F * r, pushed);
}
CLADE_ACTIVATION(gauss) {
    const F z = clamp_float(x, -3.4F, 3.4F);
    return exp2_float((-5.0F * log2_e) * (z * z));
}
CLADE_ACTIVATION(relu) { return larger_float(x, F{}); }
CLADE_ACTIVATION(elu) { return where_positive(x, x, limited_exp(log2_e, x) - 1.0F); }
CLADE_ACTIVATION(lelu) { return where_positive(x, x, 0.005F * x); }
CLADE_ACTIVATION(selu) {
    return where_positive(x, 1.05070098F * x, 1.05070098F * (1.67326324F * (limited_exp(log2_e, x) - 1.0F)));
}
CLADE_ACTIVATION(softplus) { return 0.2F * log_float(1.0F + limited_exp(5.0F * log2_e, x)); }
CLADE_ACTIVATION(identity) { return x; }
CLADE_ACTIVATION(clamped) { return clamp_float(x, -1.0F, 1.0F); }
CLADE_ACTIVATION(inv) {
    const F magnitude = abs_float(x);
    const F inverse = 1.0F / (magnitude < spread<F>(1e-7F) ? spread<F>(1.0F) : x);
    return magnitude < spread<F>(1e-7F) ? F{} : inverse;
}
CLADE_ACTIVATION(log) { return log_float(larger_float(x, spread<F>(1e-7F))); }
CLADE_ACTIVATION(exp) { return exp_bounded(clamp_float(x, -60.0F, 60.0F)); }
CLADE_ACTIVATION(abs) { return abs_float(x); }
CLADE_ACTIVATION(hat) { return larger_float(1.0F - abs_float(x), F{}); }
CLADE_ACTIVATION(square) { return x * x; }
CLADE_ACTIVATION(cube) { return (x * x) * x; }
CLADE_ACTIVATION(steepened_sigmoid) { return sigmoid_of_exp(limited_exp(4.9F * log2_e, x)); }
CLADE_ACTIVATION(logistic) { return sigmoid_of_exp(limited_exp(log2_e, x)); }
CLADE_ACTIVATION(leaky_relu) { return where_positive(x, x, 0.001F * x); }

#undef CLADE_ACTIVATION

}  // namespace
}  // namespace clade

/// Every built-in activation in the order of the enumeration: X(name).
// clang-format off
#define CLADE_FOR_EACH_ACTIVATION(X)                                                                                \
    X(sigmoid) X(tanh) X(sin) X(gauss) X(relu) X(elu) X(lelu) X(selu) X(softplus) X(identity) X(clamped) X(inv)     \
    X(log) X(exp) X(abs) X(hat) X(square) X(cube) X(steepened_sigmoid) X(logistic) X(leaky_relu)
// clang-format on

namespace clade {
namespace {

/// The built-in activation of this name; x itself for any other.
template <class F>
CLADE_ALWAYS_INLINE F activated(Activation activation, F x) {
    switch (activation) {
#define CLADE_CASE(name)   \
    case Activation::name: \
        return activation_##name(x);
        CLADE_FOR_EACH_ACTIVATION(CLADE_CASE)
#undef CLADE_CASE
    }
    return x;
}

}  // namespace
}  // namespace clade
