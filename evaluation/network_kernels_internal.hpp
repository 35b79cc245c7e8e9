// What the network kernels are called with: plain numbers and pointers, prepared once a call.
#pragma once

#include <clade/core/kernels_internal.hpp>
#include <clade/evaluation/network.hpp>

#include <cstdint>

namespace clade {

/// A tile of rows through the nodes: so many vectors of the level's width, 1, 2, 4 or 8.
struct TilePass {
    const NetworkProgram::Node* nodes;  ///< [node_count + 1]
    std::uint32_t node_count;
    const std::uint32_t* source_slot;
    const float* weight;
    const float* const* values;  ///< [slot_count][rows of the tile], read
    float* const* results;       ///< [node_count][rows of the tile], written; feed-forward: the nodes' part of `values`
    std::uint32_t vectors;
};

/// The kernels of one SIMD level.
struct NetworkKernels {
    std::uint32_t lanes;  ///< rows in a vector

    /// Computes the nodes from `first` on and stops at the first one that is no sum or has no built-in
    /// activation, whose index it returns, or node_count. The caller computes that node itself and goes on behind it.
    std::uint32_t (*run_tile)(const TilePass& pass, std::uint32_t first);
};

inline constexpr std::uint32_t max_tile_vectors = 8;

CLADE_DECLARE_KERNELS(NetworkKernels, network_kernels)

}  // namespace clade
