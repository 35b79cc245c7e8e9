// What the network kernels are called with: plain numbers and pointers, prepared once a call.
#pragma once

#include <clade/core/kernels_internal.hpp>
#include <clade/evaluation/network/network_program.hpp>

#include <cstdint>

namespace clade {

/// The nodes and connections of a program.
struct ProgramView {
    const NetworkProgram::Node* nodes;  ///< [node_count + 1]
    std::uint32_t node_count;
    const std::uint32_t* source_slot;
    const float* weight;
};

/// One observation through the nodes.
struct SinglePass {
    ProgramView program;
    const float* values;  ///< [slot_count], read
    float* results;       ///< [node_count + spare_results], written; feed-forward: the nodes' part of `values`
};

/// Results are written four at a time, also where the last nodes are fewer.
inline constexpr std::size_t spare_results = 3;

/// A tile of rows through the nodes: so many vectors of the level's width, 1, 2, 4 or 8.
struct TilePass {
    ProgramView program;
    const float* const* values;  ///< [slot_count][rows of the tile], read
    float* const* results;       ///< [node_count][rows of the tile], written; feed-forward: the nodes' part of `values`
    std::uint32_t vectors;
};

/// The kernels of one SIMD level.
/// Both compute the nodes from `first` on and stop at the first one that is no sum or has no built-in activation, whose
/// index they return, or node_count. The caller computes that node itself and goes on behind it.
struct NetworkKernels {
    std::uint32_t lanes;  ///< rows in a vector
    std::uint32_t (*run_single)(const SinglePass& pass, std::uint32_t first);
    std::uint32_t (*run_tile)(const TilePass& pass, std::uint32_t first);
};

inline constexpr std::uint32_t max_tile_vectors = 8;

CLADE_DECLARE_KERNELS(NetworkKernels, network_kernels)

}  // namespace clade
