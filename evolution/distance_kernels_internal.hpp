// The inner loop of SpreadRepresentatives, compiled once for each SIMD level.
#pragma once

#include <clade/core/kernels_internal.hpp>

#include <cstddef>
#include <cstdint>

namespace clade {

inline constexpr std::size_t species_per_block = 16;

/// One genome against one block of 16 species.
struct DistancePass {
    const std::uint32_t* innovation;  ///< [count], of the genome
    const float* weight;              ///< [count], of the genome
    std::size_t count;
    const std::uint32_t* column;  ///< [column_count], row by innovation
    std::size_t column_count;
    const float* weights;          ///< of the representatives: row r of this block at weights + r * stride
    const std::uint32_t* present;  ///< likewise
    std::size_t stride;
};

struct DistanceKernels {
    /// matching[16] and the sum of weight differences [16], in the order of the genome's genes.
    void (*block)(const DistancePass&, std::uint32_t* matching, float* difference);
};

CLADE_DECLARE_KERNELS(DistanceKernels, distance_kernels)

}  // namespace clade
