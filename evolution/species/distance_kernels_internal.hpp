// The inner loop of SpreadRepresentatives, compiled once for each SIMD level.
#pragma once

#include <clade/core/kernels_internal.hpp>
#include <clade/evolution/species/plain_distance.hpp>

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

/// What matching genes a genome has with each species of a block; weight differences in the order of its genes.
struct BlockOverlap {
    alignas(64) std::int32_t matching[species_per_block];
    alignas(64) float difference[species_per_block];
};

struct DistanceKernels {
    void (*overlap)(const DistancePass&, BlockOverlap& result);

    /// Distances [16] of a genome of `count` connections to representatives of `sizes` [16] connections.
    void (*distances)(const PlainDistance&, double count, const double* sizes, const BlockOverlap&, double* result);
};

CLADE_DECLARE_KERNELS(DistanceKernels, distance_kernels)

}  // namespace clade
