// The one table of the built-in activations: formula, value and slope of each. For kernels, too.
//
// Values and slopes are inlined functions over F, a float or a vector of floats (or, of values, a number that records what
// is done to it: apps/clade/export/recorded_number.hpp). Values have an absolute error of at most
// 3e-7 x max(1, |value|). Any x is allowed: where a function limits its argument, NaN counts as the lower limit; where it
// does not, NaN stays NaN. No result depends on a NaN's sign or payload, in which processors and compilers differ.
//
// A slope is the derivative at the argument x, where the value is y. At a kink it is the one on its left: that of relu at
// 0 is 0, that of abs is -1. Beyond the limits of an argument it is 0, or below 1e-20. Error at most
// 5e-6 x max(1, |slope|).
//
// To add an activation: its enumerator and name (activation.hpp), and its entry here. What is missing does not compile.
#pragma once

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/enumerator_names_internal.hpp>
#include <clade/core/functions/float_math_internal.hpp>

#include <array>
#include <cstddef>
#include <string_view>

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

/// yes where the comparison holds, else no. (A function, as recorded numbers have no ?:.)
template <class Mask, class F>
CLADE_ALWAYS_INLINE F where(Mask mask, F yes, F no) {
    return mask ? yes : no;
}

/// positive where x > 0, else otherwise; NaN takes the latter.
template <class F>
CLADE_ALWAYS_INLINE F where_positive(F x, F positive, F otherwise) {
    return where(x > F{}, positive, otherwise);
}

/// `inside` where low < x <= high, else 0.
template <class F>
CLADE_ALWAYS_INLINE F where_between(F x, float low, float high, F inside) {
    return x > spread<F>(low) ? (x <= spread<F>(high) ? inside : F{}) : F{};
}

static_assert(names_are_enumerators<Activation>(),
              "EnumNames<Activation> must name every enumerator, in their order: add its name at the end, and make the "
              "array one longer");

/// An entry of the table.
template <Activation activation>
struct ActivationEntry;

template <>
struct ActivationEntry<Activation::sigmoid> {
    static constexpr std::string_view formula = "1 / (1 + exp(-5 x)), 5 x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return sigmoid_of_exp(limited_exp(5.0F * log2_e, x));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F y) {
        return 5.0F * (y * (1.0F - y));
    }
};

template <>
struct ActivationEntry<Activation::tanh> {
    static constexpr std::string_view formula = "tanh(2.5 x)";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        const F e = limited_exp(5.0F * log2_e, x);
        return (e - 1.0F) / (e + 1.0F);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F y) {
        return 2.5F * ((1.0F - y) * (1.0F + y));
    }
};

template <>
struct ActivationEntry<Activation::sin> {
    static constexpr std::string_view formula = "sin(5 x), 5 x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
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
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        const F z = 5.0F * clamp_float(x, -12.0F, 12.0F);
        return where_between(x, -12.0F, 12.0F, 5.0F * sin_float(z + 1.57079633F));
    }
};

template <>
struct ActivationEntry<Activation::gauss> {
    static constexpr std::string_view formula = "exp(-5 x^2), x limited to [-3.4, 3.4]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        const F z = clamp_float(x, -3.4F, 3.4F);
        return exp2_float((-5.0F * log2_e) * (z * z));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F y) {
        return (-10.0F * clamp_float(x, -3.4F, 3.4F)) * y;
    }
};

template <>
struct ActivationEntry<Activation::relu> {
    static constexpr std::string_view formula = "max(0, x)";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return larger_float(x, F{});
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_positive(x, spread<F>(1.0F), F{});
    }
};

template <>
struct ActivationEntry<Activation::elu> {
    static constexpr std::string_view formula = "x if x > 0, else exp(x) - 1";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return where_positive(x, x, limited_exp(log2_e, x) - 1.0F);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F y) {
        return where_positive(x, spread<F>(1.0F), y + 1.0F);
    }
};

template <>
struct ActivationEntry<Activation::lelu> {
    static constexpr std::string_view formula = "x if x > 0, else 0.005 x";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return where_positive(x, x, 0.005F * x);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_positive(x, spread<F>(1.0F), spread<F>(0.005F));
    }
};

template <>
struct ActivationEntry<Activation::selu> {
    static constexpr std::string_view formula = "1.0507 x if x > 0, else 1.0507 * 1.67326 (exp(x) - 1)";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return where_positive(x, 1.05070098F * x, 1.05070098F * (1.67326324F * (limited_exp(log2_e, x) - 1.0F)));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F y) {
        return where_positive(x, spread<F>(1.05070098F), y + 1.75809932F);
    }
};

template <>
struct ActivationEntry<Activation::softplus> {
    static constexpr std::string_view formula = "0.2 ln(1 + exp(5 x)), 5 x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return 0.2F * log_float(1.0F + limited_exp(5.0F * log2_e, x));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_between(x, -12.0F, 12.0F, ActivationEntry<Activation::sigmoid>::value(x));
    }
};

template <>
struct ActivationEntry<Activation::identity> {
    static constexpr std::string_view formula = "x";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return x;
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F /*y*/) {
        return spread<F>(1.0F);
    }
};

template <>
struct ActivationEntry<Activation::clamped> {
    static constexpr std::string_view formula = "x limited to [-1, 1]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return clamp_float(x, -1.0F, 1.0F);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_between(x, -1.0F, 1.0F, spread<F>(1.0F));
    }
};

template <>
struct ActivationEntry<Activation::inv> {
    static constexpr std::string_view formula = "1 / x; 0 where |x| < 1e-7";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        const F magnitude = abs_float(x);
        const auto small = magnitude < spread<F>(1e-7F);
        const F inverse = 1.0F / where(small, spread<F>(1.0F), x);
        return where(small, F{}, inverse);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F y) {
        return -(y * y);
    }
};

template <>
struct ActivationEntry<Activation::log> {
    static constexpr std::string_view formula = "ln(max(1e-7, x))";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return log_float(larger_float(x, spread<F>(1e-7F)));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return x > spread<F>(1e-7F) ? 1.0F / x : F{};
    }
};

template <>
struct ActivationEntry<Activation::exp> {
    static constexpr std::string_view formula = "exp(x), x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return exp_bounded(clamp_float(x, -60.0F, 60.0F));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F y) {
        return where_between(x, -60.0F, 60.0F, y);
    }
};

template <>
struct ActivationEntry<Activation::abs> {
    static constexpr std::string_view formula = "|x|";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return abs_float(x);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_positive(x, spread<F>(1.0F), spread<F>(-1.0F));
    }
};

template <>
struct ActivationEntry<Activation::hat> {
    static constexpr std::string_view formula = "max(0, 1 - |x|)";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return larger_float(1.0F - abs_float(x), F{});
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_between(x, -1.0F, 1.0F, where_positive(x, spread<F>(-1.0F), spread<F>(1.0F)));
    }
};

template <>
struct ActivationEntry<Activation::square> {
    static constexpr std::string_view formula = "x^2";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return x * x;
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return 2.0F * x;
    }
};

template <>
struct ActivationEntry<Activation::cube> {
    static constexpr std::string_view formula = "x^3";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return (x * x) * x;
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return 3.0F * (x * x);
    }
};

template <>
struct ActivationEntry<Activation::steepened_sigmoid> {
    static constexpr std::string_view formula = "1 / (1 + exp(-4.9 x)), 4.9 x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return sigmoid_of_exp(limited_exp(4.9F * log2_e, x));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F y) {
        return 4.9F * (y * (1.0F - y));
    }
};

template <>
struct ActivationEntry<Activation::logistic> {
    static constexpr std::string_view formula = "1 / (1 + exp(-x)), x limited to [-60, 60]";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return sigmoid_of_exp(limited_exp(log2_e, x));
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F /*x*/, F y) {
        return y * (1.0F - y);
    }
};

template <>
struct ActivationEntry<Activation::leaky_relu> {
    static constexpr std::string_view formula = "x if x > 0, else 0.001 x";
    template <class F>
    CLADE_ALWAYS_INLINE F value(F x) {
        return where_positive(x, x, 0.001F * x);
    }
    template <class F>
    CLADE_ALWAYS_INLINE F slope(F x, F /*y*/) {
        return where_positive(x, spread<F>(1.0F), spread<F>(0.001F));
    }
};

inline constexpr std::size_t activation_count = EnumNames<Activation>::names.size();

template <std::size_t number, class Use>
CLADE_ALWAYS_INLINE void use_activation(const Use& use) {
    if constexpr (number < activation_count) use(ActivationEntry<Activation{number}>{});
}

/// Calls use(entry) with the entry of a built-in activation; does nothing for any other. (A switch, for its jump table:
/// comparing one after the other takes 10 % longer for a small network.)
template <class Use>
CLADE_ALWAYS_INLINE void with_activation(Activation activation, const Use& use) {
    static_assert(activation_count <= 32, "the switch needs more cases");
    switch (static_cast<std::size_t>(activation)) {
#define CLADE_CASE(number) \
    case number:           \
        return use_activation<number>(use);
        // clang-format off
        CLADE_CASE(0) CLADE_CASE(1) CLADE_CASE(2) CLADE_CASE(3) CLADE_CASE(4) CLADE_CASE(5) CLADE_CASE(6) CLADE_CASE(7)
        CLADE_CASE(8) CLADE_CASE(9) CLADE_CASE(10) CLADE_CASE(11) CLADE_CASE(12) CLADE_CASE(13) CLADE_CASE(14)
        CLADE_CASE(15) CLADE_CASE(16) CLADE_CASE(17) CLADE_CASE(18) CLADE_CASE(19) CLADE_CASE(20) CLADE_CASE(21)
        CLADE_CASE(22) CLADE_CASE(23) CLADE_CASE(24) CLADE_CASE(25) CLADE_CASE(26) CLADE_CASE(27) CLADE_CASE(28)
        CLADE_CASE(29) CLADE_CASE(30) CLADE_CASE(31)
        // clang-format on
#undef CLADE_CASE
                            default : return;
    }
}

/// The built-in activation's value; x itself for any other.
template <class F>
CLADE_ALWAYS_INLINE F activated(Activation activation, F x) {
    F y = x;
    with_activation(activation, [&](auto entry) { y = entry.value(x); });
    return y;
}

}  // namespace
}  // namespace clade
