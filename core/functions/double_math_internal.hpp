// Sine, cosine, exponential and logarithm of our own in double precision: branch-free, and built from IEEE-exact
// operations in a fixed order, so that a loop over them vectorises and every processor and SIMD width gives the same
// bits (core/functions/float_math_internal.hpp has the same in single precision). Error bounds are tested over the range.
//
// D is double (or a number that records what is done to it: apps/clade/export/recorded_number.hpp). For kernel sources too:
// everything has internal linkage.
#pragma once

#include <clade/core/random/threefry_internal.hpp>

#include <cstdint>
#include <cstring>

namespace clade {
namespace {

CLADE_ALWAYS_INLINE std::uint64_t double_bits(double x) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}
CLADE_ALWAYS_INLINE double bits_double(std::uint64_t bits) {
    double x = 0.0;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

/// `yes` where the condition holds, else `no`: by bits, for compilers make branches of ?:, and of branches no vectors.
CLADE_ALWAYS_INLINE double select_double(bool condition, double yes, double no) {
    const std::uint64_t mask = std::uint64_t{0} - static_cast<std::uint64_t>(condition);
    return bits_double((double_bits(yes) & mask) | (double_bits(no) & ~mask));
}

/// The signed integer of these bits shifted right by `count`, as a number.
CLADE_ALWAYS_INLINE double shifted_double(std::uint64_t bits, int count) {
    return static_cast<double>(static_cast<std::int64_t>(bits) >> count);
}

/// x in [low, high]; NaN stays.
CLADE_ALWAYS_INLINE double clamp_double(double x, double low, double high) {
    const double raised = select_double(x < low, low, x);
    return select_double(raised > high, high, raised);
}

/// 1.5 x 2^52: a sum with it is rounded to an integer (to even), which stands in its low bits.
inline constexpr double double_magic = 6755399441055744.0;

/// The nearest integer, ties to even. @pre |x| <= 2^51.
CLADE_ALWAYS_INLINE double round_double(double x) { return (x + double_magic) - double_magic; }

struct SineCosine {
    double sine, cosine;
};

/// x = high + low + n pi/2 with |high| <= pi/4 and a low part far smaller.
struct ReducedAngle {
    double high, low;
    std::uint64_t quarter;  // n in its low bits
};

/// Cody & Waite: pi/2 in three parts, the first two of 33 bits, whose products with n < 2^20 are exact.
CLADE_ALWAYS_INLINE ReducedAngle reduce_angle(double x) {
    const double pushed = x * 0.63661977236758134308 + double_magic;
    const double n = pushed - double_magic;
    const double rest = x - n * 1.57079632673412561417;  // exact
    const double second = n * 6.07710050630396597660e-11;
    const double high = rest - second;
    const double low = ((rest - high) - second) - n * 2.02226624879595063154e-21;
    return {high, low, double_bits(pushed)};
}

/// Sine of high + low, |high| <= pi/4. Minimax polynomials here and below: the coefficients are those of fdlibm 5.3.
CLADE_ALWAYS_INLINE double sine_of_reduced(double high, double low) {
    const double z = high * high;
    double p = 1.58969099521155010221e-10 * z - 2.50507602534068634195e-08;
    p = p * z + 2.75573137070700676789e-06;
    p = p * z - 1.98412698298579493134e-04;
    p = p * z + 8.33333333332248946124e-03;
    const double cube = z * high;
    const double tail = z * (cube * p - 0.5 * low) + low;
    return high + (tail - cube * 1.66666666666666324348e-01);
}

/// Cosine of high + low, |high| <= pi/4.
CLADE_ALWAYS_INLINE double cosine_of_reduced(double high, double low) {
    const double z = high * high;
    double p = 2.08757232129817482790e-09 - 1.13596475577881948265e-11 * z;
    p = p * z - 2.75573143513906633035e-07;
    p = p * z + 2.48015872894767294178e-05;
    p = p * z - 1.38888888888741095749e-03;
    p = p * z + 4.16666666666666019037e-02;
    const double half = 0.5 * z;
    const double near = 1.0 - half;
    return near + (((1.0 - near) - half) + (z * (z * p) - high * low));  // with what `near` has lost
}

/// Sine and cosine; error below 1 unit in the last place for |x| <= 1e5, below 2 for |x| <= 1e6. Beyond, accuracy goes;
/// NaN for NaN and infinity.
CLADE_ALWAYS_INLINE SineCosine sincos_double(double x) {
    const ReducedAngle angle = reduce_angle(x);
    const std::uint64_t s = double_bits(sine_of_reduced(angle.high, angle.low));
    const std::uint64_t c = double_bits(cosine_of_reduced(angle.high, angle.low));
    const std::uint64_t changed =
        (s ^ c) & (std::uint64_t{0} - (angle.quarter & 1U));  // not ?:, which SSE2 has not for 64 bits
    const std::uint64_t sine_sign = (angle.quarter & 2U) << 62;
    const std::uint64_t cosine_sign = ((angle.quarter + 1U) & 2U) << 62;
    return {bits_double((s ^ changed) ^ sine_sign), bits_double((c ^ changed) ^ cosine_sign)};
}

/// As sincos_double.
CLADE_ALWAYS_INLINE double sin_double(double x) { return sincos_double(x).sine; }
CLADE_ALWAYS_INLINE double cos_double(double x) { return sincos_double(x).cosine; }

/// ln 2 in two parts (Cody & Waite): the product of the first, of 32 bits, with an n < 2^20 is exact.
inline constexpr double ln2_high = 6.93147180369123816490e-01;
inline constexpr double ln2_low = 1.90821492927058770002e-10;

/// e^x for x limited to [-700, 700]; error below 1 unit in the last place. NaN for NaN. The rational approximation is
/// that of fdlibm 5.3.
template <class D>
CLADE_ALWAYS_INLINE D exp_double(D x) {
    static_assert(sizeof(D) >= sizeof(double));
    const D limited = clamp_double(x, -700.0, 700.0);
    const D pushed = limited * 1.44269504088896338700 + double_magic;
    const D n = pushed - double_magic;
    const D high = limited - n * ln2_high;
    const D low = n * ln2_low;
    const D r = high - low;
    const D z = r * r;
    D p = 4.13813679705723846039e-08 * z - 1.65339022054652515390e-06;
    p = p * z + 6.61375632143793436117e-05;
    p = p * z - 2.77777777770155933842e-03;
    p = p * z + 1.66666666666666019037e-01;
    const D c = r - z * p;
    const D power = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    return bits_double(double_bits(power) + (double_bits(pushed) << 52));
}

/// Natural logarithm of a positive normal number; error below 1 unit in the last place. Infinity counts as 2^1024.
/// @pre not NaN, not below the smallest normal number. The polynomial is that of fdlibm 5.3.
template <class D>
CLADE_ALWAYS_INLINE D log_double(D x) {
    static_assert(sizeof(D) >= sizeof(double));
    // x = m 2^n with m in [sqrt(1/2), sqrt(2))
    const auto shifted = double_bits(x) - 0x3fe6a09e667f3bcdU;
    const D n = shifted_double(shifted, 52);
    const D f = bits_double((shifted & 0x000fffffffffffffU) + 0x3fe6a09e667f3bcdU) - 1.0;
    const D s = f / (2.0 + f);
    const D z = s * s;
    D p = 1.479819860511658591e-01 * z + 1.531383769920937332e-01;
    p = p * z + 1.818357216161805012e-01;
    p = p * z + 2.222219843214978396e-01;
    p = p * z + 2.857142874366239149e-01;
    p = p * z + 3.999999999940941908e-01;
    p = p * z + 6.666666666666735130e-01;
    const D half = 0.5 * f * f;
    return n * ln2_high - ((half - (s * (half + z * p) + n * ln2_low)) - f);
}

}  // namespace
}  // namespace clade
