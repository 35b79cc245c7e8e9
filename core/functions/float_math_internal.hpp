// Elementary functions of our own in single precision: branch-free, and built from IEEE-exact operations in a fixed
// order, so that every processor and SIMD width gives the same bits. (libm and Eigen choose other algorithms on other
// processors.) Error bounds are stated here and tested over the range.
//
// F is float or a vector of floats (FloatVector), of which each lane gets what a float alone gets. For kernel sources
// too: everything has internal linkage.
#pragma once

#include <clade/core/random/threefry_internal.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || __FINITE_MATH_ONLY__ + 0
#error "Clade cannot be compiled with -ffast-math, -Ofast or parts of them: results would change, and NaN pass unseen."
#endif

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace clade {
namespace {

/// So many floats as the compiler's own vector type, and their bits.
template <std::size_t count>
struct FloatVectorOf {
    typedef float Floats __attribute__((vector_size(count * sizeof(float))));
    typedef std::uint32_t Bits __attribute__((vector_size(count * sizeof(float))));
    typedef std::int32_t Ints __attribute__((vector_size(count * sizeof(float))));
};
template <class F>
using VectorBits = typename FloatVectorOf<sizeof(F) / sizeof(float)>::Bits;
template <class F>
using VectorInts = typename FloatVectorOf<sizeof(F) / sizeof(float)>::Ints;

CLADE_ALWAYS_INLINE std::uint32_t float_bits(float x) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}
template <class F>
CLADE_ALWAYS_INLINE VectorBits<F> float_bits(F x) {
    return reinterpret_cast<VectorBits<F>>(x);
}

/// The F of these bits; `F{}` names the type.
CLADE_ALWAYS_INLINE float bits_float(std::uint32_t bits) {
    float x = 0.0F;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}
template <class Bits>
CLADE_ALWAYS_INLINE typename FloatVectorOf<sizeof(Bits) / sizeof(float)>::Floats bits_float(Bits bits) {
    return reinterpret_cast<typename FloatVectorOf<sizeof(Bits) / sizeof(float)>::Floats>(bits);
}

/// The signed integers of these bits shifted right by `count`, as numbers.
CLADE_ALWAYS_INLINE float shifted_number(std::uint32_t bits, int count) {
    return static_cast<float>(static_cast<std::int32_t>(bits) >> count);
}
template <class Bits>
CLADE_ALWAYS_INLINE auto shifted_number(Bits bits, int count) {
    typedef typename FloatVectorOf<sizeof(Bits) / sizeof(float)>::Floats Floats;
    return __builtin_convertvector(reinterpret_cast<VectorInts<Floats>>(bits) >> count, Floats);
}

/// Every lane `value`.
template <class F>
CLADE_ALWAYS_INLINE F spread(float value) {
    return value - F{};
}

/// x where x > bound, else bound: also for NaN. One instruction where the compiler would make three of the comparison.
template <class F>
CLADE_ALWAYS_INLINE F larger_float(F x, F bound) {
#if defined(__SSE2__)
    if constexpr (sizeof(F) == 16) return reinterpret_cast<F>(_mm_max_ps(x, bound));
#endif
#if defined(__AVX__)
    if constexpr (sizeof(F) == 32) return reinterpret_cast<F>(_mm256_max_ps(x, bound));
#endif
#if defined(__AVX512F__)
    if constexpr (sizeof(F) == 64) return reinterpret_cast<F>(_mm512_maskz_max_ps(0xffff, x, bound));
#endif
    return x > bound ? x : bound;
}

/// x where x < bound, else bound: also for NaN.
template <class F>
CLADE_ALWAYS_INLINE F smaller_float(F x, F bound) {
#if defined(__SSE2__)
    if constexpr (sizeof(F) == 16) return reinterpret_cast<F>(_mm_min_ps(x, bound));
#endif
#if defined(__AVX__)
    if constexpr (sizeof(F) == 32) return reinterpret_cast<F>(_mm256_min_ps(x, bound));
#endif
#if defined(__AVX512F__)
    if constexpr (sizeof(F) == 64) return reinterpret_cast<F>(_mm512_maskz_min_ps(0xffff, x, bound));
#endif
    return x < bound ? x : bound;
}

/// Whether a comparison holds in any lane.
CLADE_ALWAYS_INLINE bool any_lane(bool mask) { return mask; }
template <class Mask>
CLADE_ALWAYS_INLINE bool any_lane(Mask mask) {
#if defined(__AVX512DQ__)
    if constexpr (sizeof(Mask) == 64) return _mm512_movepi32_mask(reinterpret_cast<__m512i>(mask)) != 0;
#endif
#if defined(__AVX__)
    if constexpr (sizeof(Mask) == 32) return _mm256_movemask_ps(reinterpret_cast<__m256>(mask)) != 0;
#endif
#if defined(__SSE2__)
    if constexpr (sizeof(Mask) == 16) return _mm_movemask_ps(reinterpret_cast<__m128>(mask)) != 0;
#endif
    for (std::size_t lane = 0; lane < sizeof(Mask) / sizeof(mask[0]); ++lane) {
        if (mask[lane] != 0) return true;
    }
    return false;
}

/// Limits x to [low, high]. NaN becomes `low`: whatever works on limited numbers never sees one.
template <class F>
CLADE_ALWAYS_INLINE F clamp_float(F x, float low, float high) {
    return smaller_float(larger_float(x, spread<F>(low)), spread<F>(high));
}

template <class F>
CLADE_ALWAYS_INLINE F abs_float(F x) {
    return bits_float(float_bits(x) & 0x7fffffffU);
}

/// x 2^n, where n is the integer that adding 1.5 x 2^23 has pushed into the low bits of `pushed`. @pre the result is
/// normal.
template <class F>
CLADE_ALWAYS_INLINE F scale_float(F x, F pushed) {
    return bits_float(float_bits(x) + (float_bits(pushed) << 23));
}

/// 2^x; relative error at most 2.5e-7. @pre |x| <= 125.
template <class F>
CLADE_ALWAYS_INLINE F exp2_float(F x) {
    const float magic = 12582912.0F;
    const F pushed = x + magic;
    const F f = x - (pushed - magic);
    const F g = f * f;
    const F low = 0.693147004F * f + 1.0F;  // minimax on [-1/2, 1/2]; in three parts, for a short chain
    const F middle = 0.0555073358F * f + 0.240222424F;
    const F high = 0.00132647273F * f + 0.00967151299F;
    return scale_float((high * g + middle) * g + low, pushed);
}

/// e^x; relative error at most 2e-7. @pre -87 <= x <= 88.
template <class F>
CLADE_ALWAYS_INLINE F exp_bounded(F x) {
    const float magic = 12582912.0F;
    const F pushed = x * 1.44269504F + magic;
    const F n = pushed - magic;
    const F r = (x - n * 0.693359375F) - n * -2.12194440e-4F;  // Cody & Waite: ln 2 in two parts
    F p = 1.9875691500e-4F * r + 1.3981999507e-3F;             // minimax on [-ln2/2, ln2/2], after Cephes
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    return scale_float((p * r) * r + r + 1.0F, pushed);
}

/// e^x for x limited to [-87, 88]; relative error at most 2e-7.
template <class F>
CLADE_ALWAYS_INLINE F exp_float(F x) {
    return exp_bounded(clamp_float(x, -87.0F, 88.0F));
}

/// Natural logarithm of a positive normal number; absolute error at most 1.2e-7 x max(1, |ln x|). Infinity counts as
/// 2^128. @pre not NaN, not below the smallest normal number.
template <class F>
CLADE_ALWAYS_INLINE F log_float(F x) {
    // x = m 2^e with m in [sqrt(1/2), sqrt(2))
    const auto shifted = float_bits(x) - 0x3f3504f3U;
    const F e = shifted_number(shifted, 23);
    const F m = bits_float((shifted & 0x007fffffU) + 0x3f3504f3U);
    const F f = m - 1.0F;
    const F z = f * f;
    F p = 7.0376836292e-2F * f - 1.1514610310e-1F;  // minimax, after Cephes
    p = p * f + 1.1676998740e-1F;
    p = p * f - 1.2420140846e-1F;
    p = p * f + 1.4249322787e-1F;
    p = p * f - 1.6668057665e-1F;
    p = p * f + 2.0000714765e-1F;
    p = p * f - 2.4999993993e-1F;
    p = p * f + 3.3333331174e-1F;
    const F tail = (f * z) * p + e * -2.12194440e-4F - 0.5F * z;
    return (f + tail) + e * 0.693359375F;
}

/// Sine of r + n pi, where n is the integer pushed into the low bits of `pushed`, for r in [-pi/2, pi/2].
template <class F>
CLADE_ALWAYS_INLINE F sin_reduced(F r, F pushed) {
    const F z = r * r;
    F p = 2.6083159809786593e-6F * z - 1.9810690719168633e-4F;  // minimax
    p = p * z + 8.3330785855650902e-3F;
    p = p * z - 1.6666659712791443e-1F;
    const F s = (p * z) * r + r;
    return bits_float(float_bits(s) ^ (float_bits(pushed) << 31));
}

/// Sine for |x| <= 1000; absolute error at most 2e-7.
template <class F>
CLADE_ALWAYS_INLINE F sin_float(F x) {
    const float magic = 12582912.0F;
    const F pushed = x * 0.318309886F + magic;
    const F n = pushed - magic;
    F r = x - n * 3.140625F;  // pi in three parts, the first two with few bits so that the products are exact
    r = r - n * 9.67502593994140625e-4F;
    r = r - n * 1.509957990978376e-7F;
    return sin_reduced(r, pushed);
}

template <class F>
CLADE_ALWAYS_INLINE F sqrt_float(F x) {
    if constexpr (sizeof(F) == sizeof(float)) {
        return __builtin_sqrtf(x);
#if defined(__SSE2__)
    } else if constexpr (sizeof(F) == 16) {
        return reinterpret_cast<F>(_mm_sqrt_ps(x));
#endif
#if defined(__AVX__)
    } else if constexpr (sizeof(F) == 32) {
        return reinterpret_cast<F>(_mm256_sqrt_ps(x));
#endif
#if defined(__AVX512F__)
    } else if constexpr (sizeof(F) == 64) {
        return reinterpret_cast<F>(_mm512_maskz_sqrt_ps(0xffff, x));
#endif
    } else {
        for (std::size_t lane = 0; lane < sizeof(F) / sizeof(float); ++lane) x[lane] = __builtin_sqrtf(x[lane]);
        return x;
    }
}

/// Uniform in [0, 1): the upper 24 bits.
template <class Bits>
CLADE_ALWAYS_INLINE auto unit_float(Bits bits) {
    return shifted_number(bits >> 8, 0) * 5.9604644775390625e-8F;
}

/// The inverse of the standard normal distribution function, after Giles, "Approximating the erfinv function" (GPU
/// Computing Gems, 2011), single precision; u limited to [2^-25, 1 - 2^-24]: reaches 5.4 standard deviations.
template <class F>
CLADE_ALWAYS_INLINE F normal_quantile(F unlimited) {
    const F u = clamp_float(unlimited, 2.98023223876953125e-8F, 0.999999940395355224609375F);
    const F x = 2.0F * u - 1.0F;
    const F w = -log_float((4.0F * u) * (1.0F - u) + 1e-30F);
    const F c = w - 2.5F;
    F central = 2.81022636e-08F * c + 3.43273939e-07F;
    central = central * c - 3.5233877e-06F;
    central = central * c - 4.39150654e-06F;
    central = central * c + 0.00021858087F;
    central = central * c - 0.00125372503F;
    central = central * c - 0.00417768164F;
    central = central * c + 0.246640727F;
    central = central * c + 1.50140941F;
    if (!any_lane(w >= 5.0F)) return 1.41421356F * (central * x);  // nineteen vectors of twenty
    const F t = sqrt_float(larger_float(w, spread<F>(5.0F))) - 3.0F;
    F tail = -0.000200214257F * t + 0.000100950558F;
    tail = tail * t + 0.00134934322F;
    tail = tail * t - 0.00367342844F;
    tail = tail * t + 0.00573950773F;
    tail = tail * t - 0.0076224613F;
    tail = tail * t + 0.00943887047F;
    tail = tail * t + 1.00167406F;
    tail = tail * t + 2.83297682F;
    return 1.41421356F * ((w < 5.0F ? central : tail) * x);
}

/// Standard normal from 32 random bits.
template <class Bits>
CLADE_ALWAYS_INLINE auto normal_float(Bits bits) {
    return normal_quantile(unit_float(bits) + 2.98023223876953125e-8F);  // centred in its step
}

}  // namespace
}  // namespace clade
