#include <clade/core/simd.hpp>

#include <algorithm>

namespace clade {

SimdLevel best_simd_level() noexcept {
#if defined(__x86_64__)
    // The features of x86-64-v3 and x86-64-v4 that the kernels are compiled with.
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
    const bool v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
    if (v3 && v4) return SimdLevel::avx512;
    if (v3) return SimdLevel::avx2;
#endif
    return SimdLevel::baseline;
}

SimdLevel supported(SimdLevel level) noexcept { return std::min(level, best_simd_level()); }

}  // namespace clade
