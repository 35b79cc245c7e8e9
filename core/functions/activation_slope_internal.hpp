// The derivatives of the built-in activations as inlined functions over F, of the argument x and the value y there.
//
// At a kink the slope is the one on its left: that of relu at 0 is 0, that of abs is -1. Beyond the limits of an argument
// it is 0, or below 1e-20. Error at most 5e-6 x max(1, |slope|).
#pragma once

#include <clade/core/functions/activation_internal.hpp>

namespace clade {
namespace {

/// `inside` where low < x <= high, else 0.
template <class F>
CLADE_ALWAYS_INLINE F where_between(F x, float low, float high, F inside) {
    return x > spread<F>(low) ? (x <= spread<F>(high) ? inside : F{}) : F{};
}

#define CLADE_SLOPE(name) \
    template <class F>    \
    CLADE_ALWAYS_INLINE F slope_##name([[maybe_unused]] F x, [[maybe_unused]] F y)

CLADE_SLOPE(sigmoid) { return 5.0F * (y * (1.0F - y)); }
CLADE_SLOPE(tanh) { return 2.5F * ((1.0F - y) * (1.0F + y)); }
CLADE_SLOPE(sin) {
    const F z = 5.0F * clamp_float(x, -12.0F, 12.0F);
    return where_between(x, -12.0F, 12.0F, 5.0F * sin_float(z + 1.57079633F));
}
CLADE_SLOPE(gauss) { return (-10.0F * clamp_float(x, -3.4F, 3.4F)) * y; }
CLADE_SLOPE(relu) { return where_positive(x, spread<F>(1.0F), F{}); }
CLADE_SLOPE(elu) { return where_positive(x, spread<F>(1.0F), y + 1.0F); }
CLADE_SLOPE(lelu) { return where_positive(x, spread<F>(1.0F), spread<F>(0.005F)); }
CLADE_SLOPE(selu) { return where_positive(x, spread<F>(1.05070098F), y + 1.75809932F); }
CLADE_SLOPE(softplus) { return where_between(x, -12.0F, 12.0F, activation_sigmoid(x)); }
CLADE_SLOPE(identity) { return spread<F>(1.0F); }
CLADE_SLOPE(clamped) { return where_between(x, -1.0F, 1.0F, spread<F>(1.0F)); }
CLADE_SLOPE(inv) { return -(y * y); }
CLADE_SLOPE(log) { return x > spread<F>(1e-7F) ? 1.0F / x : F{}; }
CLADE_SLOPE(exp) { return where_between(x, -60.0F, 60.0F, y); }
CLADE_SLOPE(abs) { return where_positive(x, spread<F>(1.0F), spread<F>(-1.0F)); }
CLADE_SLOPE(hat) { return where_between(x, -1.0F, 1.0F, where_positive(x, spread<F>(-1.0F), spread<F>(1.0F))); }
CLADE_SLOPE(square) { return 2.0F * x; }
CLADE_SLOPE(cube) { return 3.0F * (x * x); }
CLADE_SLOPE(steepened_sigmoid) { return 4.9F * (y * (1.0F - y)); }
CLADE_SLOPE(logistic) { return y * (1.0F - y); }
CLADE_SLOPE(leaky_relu) { return where_positive(x, spread<F>(1.0F), spread<F>(0.001F)); }

#undef CLADE_SLOPE

}  // namespace
}  // namespace clade
