// What the attribute kernels are called with: plain numbers, prepared once a pass.
#pragma once

#include <clade/core/simd.hpp>

#include <cstddef>
#include <cstdint>

namespace clade {

/// How a newborn value comes from 32 random bits.
struct Birth {
    enum class Kind : std::uint32_t { normal, uniform, values };
    Kind kind;
    float offset;         ///< mean, low
    float scale;          ///< deviation, high - low
    const float* values;  ///< [value_count], for Kind::values
    std::uint32_t value_count;
};

/// A pass over the rows [first, first + count) of a column, `rows` pointing at row `first`.
struct AttributePass {
    float* rows;
    std::uint64_t first;
    std::size_t count;
    const std::uint32_t* key;  ///< [4]
    Birth birth;
    float min;
    float max;
    std::int32_t replace_below;  ///< of 2^24: replaced where the first word's upper 24 bits are below
    std::int32_t perturb_below;  ///< of 2^24: perturbed where they are below this but not below replace_below
    float perturb_power;
    bool perturb_normal;
};

/// The kernels of one SIMD level.
struct AttributeKernels {
    void (*initialise)(const AttributePass&);
    void (*mutate)(const AttributePass&);
    void (*redraw)(const AttributePass&);  ///< mutation where values are only re-drawn: one word a row
};

namespace simd_baseline {
extern const AttributeKernels attribute_kernels;
}
namespace simd_avx2 {
extern const AttributeKernels attribute_kernels;
}
namespace simd_avx512 {
extern const AttributeKernels attribute_kernels;
}

}  // namespace clade
