// The network kernels, compiled once for each SIMD level.
//
// Lanes are rows and never mix; a sum runs over a node's connections in their order, multiply and add apart. So one row
// gets the same bits whatever the width, and the same as from Network::activate().
#include <clade/evaluation/network_kernels_internal.hpp>

#include <clade/core/activation_internal.hpp>

#include <cstring>

namespace clade {
namespace {

constexpr std::uint32_t lanes = CLADE_VECTOR_BYTES / sizeof(float);

// The compiler's own vectors, not __m512 and its like, serve every processor; with an alignment that any float has.
typedef FloatVectorOf<lanes>::Floats Lanes;
typedef Lanes LooseLanes __attribute__((aligned(alignof(float)), may_alias));

/// Whether a node is for the kernel: a sum, and a built-in activation.
CLADE_ALWAYS_INLINE bool is_plain(const NetworkProgram::Node& node) {
    return node.aggregation == Aggregation::sum && node.activation <= Activation::leaky_relu;
}

/// bias + response x sum of one node for all rows of a tile: the accumulators stay in registers.
template <std::uint32_t vectors>
CLADE_ALWAYS_INLINE void sum_tile(const TilePass& pass, const NetworkProgram::Node& node, std::uint32_t end,
                                  float* result) {
    Lanes sum[vectors] = {};
    for (std::uint32_t c = node.first_connection; c < end; ++c) {
        const float* const source = pass.values[pass.source_slot[c]];
        const float weight = pass.weight[c];
#pragma GCC unroll 8
        for (std::uint32_t v = 0; v < vectors; ++v) {
            sum[v] = sum[v] + weight * *reinterpret_cast<const LooseLanes*>(source + std::size_t{v} * lanes);
        }
    }
#pragma GCC unroll 8
    for (std::uint32_t v = 0; v < vectors; ++v) {
        *reinterpret_cast<LooseLanes*>(result + std::size_t{v} * lanes) = node.bias + node.response * sum[v];
    }
}

/// In place, over whole vectors of rows.
void activate_tile(Activation activation, float* rows, std::uint32_t vectors) {
    auto* const begin = reinterpret_cast<LooseLanes*>(rows);
    LooseLanes* const end = begin + vectors;
    switch (activation) {
#define CLADE_CASE(name)                                                                           \
    case Activation::name:                                                                         \
        for (LooseLanes* x = begin; x != end; ++x) *x = activation_##name(static_cast<Lanes>(*x)); \
        return;
        CLADE_FOR_EACH_ACTIVATION(CLADE_CASE)
#undef CLADE_CASE
    }
}

template <std::uint32_t vectors>
std::uint32_t run_vectors(const TilePass& pass, std::uint32_t first) {
    for (std::uint32_t n = first; n < pass.node_count; ++n) {
        const NetworkProgram::Node& node = pass.nodes[n];
        if (!is_plain(node)) return n;
        sum_tile<vectors>(pass, node, pass.nodes[n + 1].first_connection, pass.results[n]);
        activate_tile(node.activation, pass.results[n], vectors);
    }
    return pass.node_count;
}

std::uint32_t run_tile(const TilePass& pass, std::uint32_t first) {
    switch (pass.vectors) {
        case 1:
            return run_vectors<1>(pass, first);
        case 2:
            return run_vectors<2>(pass, first);
        case 4:
            return run_vectors<4>(pass, first);
        default:
            return run_vectors<max_tile_vectors>(pass, first);
    }
}

}  // namespace

namespace CLADE_KERNEL_NAMESPACE {
const NetworkKernels network_kernels{lanes, run_tile};
}

}  // namespace clade
