// What the kernel sources share with those who call them. A kernel source is compiled once for each SIMD level
// (cmake/CladeModule.cmake), each time in a namespace of that level, in which it defines one constant: its table of
// functions. Kernel sources share no inline function with other sources, so this header gives them macros only.
#pragma once

#include <clade/core/simd.hpp>

#define CLADE_JOIN_AGAIN(a, b) a##b
#define CLADE_JOIN(a, b) CLADE_JOIN_AGAIN(a, b)

/// The namespace of the level that this source is being compiled for.
#define CLADE_KERNEL_NAMESPACE CLADE_JOIN(simd_, CLADE_SIMD_LEVEL)

/// Bytes of a vector register of that level.
#if defined(__AVX512F__)
#define CLADE_VECTOR_BYTES 64
#elif defined(__AVX2__)
#define CLADE_VECTOR_BYTES 32
#else
#define CLADE_VECTOR_BYTES 16
#endif

/// A library that is to be small does without the widest level.
#if defined(CLADE_WITHOUT_AVX512)
#define CLADE_WIDEST simd_avx2
#else
#define CLADE_WIDEST simd_avx512
#endif

/// Declares the table `name` of every level, and `const Table& name##_at(SimdLevel)`, which chooses among them.
#if defined(__x86_64__)
#define CLADE_DECLARE_KERNELS(Table, name)                            \
    namespace simd_baseline {                                         \
    extern const Table name;                                          \
    }                                                                 \
    namespace simd_avx2 {                                             \
    extern const Table name;                                          \
    }                                                                 \
    namespace simd_avx512 {                                           \
    extern const Table name;                                          \
    }                                                                 \
    [[maybe_unused]] static const Table& name##_at(SimdLevel level) { \
        switch (supported(level)) {                                   \
            case SimdLevel::avx512:                                   \
                return CLADE_WIDEST::name;                            \
            case SimdLevel::avx2:                                     \
                return simd_avx2::name;                               \
            case SimdLevel::baseline:                                 \
                break;                                                \
        }                                                             \
        return simd_baseline::name;                                   \
    }
#else
#define CLADE_DECLARE_KERNELS(Table, name) \
    namespace simd_baseline {              \
    extern const Table name;               \
    }                                      \
    [[maybe_unused]] static const Table& name##_at(SimdLevel) { return simd_baseline::name; }
#endif
