// The network kernels, compiled once for each SIMD level.
//
// Lanes are rows and never mix; a sum runs over a node's connections in their order, multiply and add apart. So one row
// gets the same bits whatever the width, and the same as from Network::activate().
#include <clade/evaluation/network/network_kernels_internal.hpp>

#include <clade/core/functions/activation_internal.hpp>

#include <cstring>

namespace clade {
namespace {

constexpr std::uint32_t lanes = CLADE_VECTOR_BYTES / sizeof(float);

// The compiler's own vectors, not __m512 and its like, serve every processor; with an alignment that any float has.
typedef FloatVectorOf<lanes>::Floats Lanes;
typedef Lanes LooseLanes __attribute__((aligned(alignof(float)), may_alias));

constexpr std::uint32_t quad = 4;
static_assert(quad - 1 == spare_results);
typedef FloatVectorOf<quad>::Floats Quad;
typedef Quad LooseQuad __attribute__((aligned(alignof(float)), may_alias));

/// Whether a node is for the kernel: a sum, and a built-in activation.
CLADE_ALWAYS_INLINE bool is_plain(const NetworkProgram::Node& node) {
    return node.aggregation == Aggregation::sum &&
           static_cast<std::size_t>(node.activation) < EnumNames<Activation>::names.size();
}

/// bias + response x sum of weight x value, over connections up to `end`. The products of four are on their way at once.
CLADE_ALWAYS_INLINE float sum_single(const SinglePass& pass, const NetworkProgram::Node& node, std::uint32_t end) {
    const auto term = [&](std::size_t c) { return pass.program.weight[c] * pass.values[pass.program.source_slot[c]]; };
    float sum = 0.0F;
    std::size_t c = node.first_connection;
    for (; c + 4 <= end; c += 4) sum = (((sum + term(c)) + term(c + 1)) + term(c + 2)) + term(c + 3);
    // No loop: the compiler would prepare for many.
    if (c < end) sum = sum + term(c);
    if (c + 1 < end) sum = sum + term(c + 1);
    if (c + 2 < end) sum = sum + term(c + 2);
    return node.bias + node.response * sum;
}

/// Up to four nodes of a group at a time, whose activations are lanes of one vector; wider ones gain nothing.
std::uint32_t run_single(const SinglePass& in_memory, std::uint32_t first) {
    const SinglePass pass = in_memory;  // nothing written can change it
    std::uint32_t n = first;
    while (n < pass.program.node_count) {
        const NetworkProgram::Node* const node = pass.program.nodes + n;
        if (!is_plain(*node)) return n;
        const std::uint32_t count = node->group;
        Quad x{sum_single(pass, node[0], node[1].first_connection)};
        if (count > 1) x[1] = sum_single(pass, node[1], node[2].first_connection);
        if (count > 2) x[2] = sum_single(pass, node[2], node[3].first_connection);
        if (count > 3) x[3] = sum_single(pass, node[3], node[4].first_connection);
        *reinterpret_cast<LooseQuad*>(pass.results + n) = activated(node->activation, x);
        n += count < quad ? count : quad;
    }
    return n;
}

/// bias + response x sum of node `n` for all rows of a tile: the accumulators stay in registers.
template <std::uint32_t vectors>
CLADE_ALWAYS_INLINE void sum_tile(const TilePass& pass, std::uint32_t n) {
    const float bias = pass.program.nodes[n].bias;
    const float response = pass.program.nodes[n].response;
    Lanes sum[vectors] = {};
    const std::uint32_t end = pass.program.nodes[n + 1].first_connection;
    for (std::uint32_t c = pass.program.nodes[n].first_connection; c < end; ++c) {
        const float* const source = pass.values[pass.program.source_slot[c]];
        const float weight = pass.program.weight[c];
#pragma GCC unroll 8
        for (std::uint32_t v = 0; v < vectors; ++v) {
            sum[v] = sum[v] + weight * *reinterpret_cast<const LooseLanes*>(source + std::size_t{v} * lanes);
        }
    }
    auto* const result = reinterpret_cast<LooseLanes*>(pass.results[n]);
#pragma GCC unroll 8
    for (std::uint32_t v = 0; v < vectors; ++v) result[v] = bias + response * sum[v];
}

/// In place. Vectors are taken several at a time: each step of one waits for the step before, so others fill the gaps.
template <std::uint32_t vectors, class Function>
CLADE_ALWAYS_INLINE void apply_to_each(float* const* results, std::uint32_t count, const Function& function) {
    constexpr std::uint32_t together = vectors < 4 ? vectors : 4;
    for (std::uint32_t n = 0; n < count; ++n) {
        auto* const rows = reinterpret_cast<LooseLanes*>(results[n]);
        for (std::uint32_t first = 0; first < vectors; first += together) {
            Lanes x[together];
#pragma GCC unroll 4
            for (std::uint32_t v = 0; v < together; ++v) x[v] = function(static_cast<Lanes>(rows[first + v]));
#pragma GCC unroll 4
            for (std::uint32_t v = 0; v < together; ++v) rows[first + v] = x[v];
        }
    }
}

template <std::uint32_t vectors>
void activate_tiles(Activation activation, float* const* results, std::uint32_t count) {
    with_activation(activation, [&](auto entry) {
        apply_to_each<vectors>(results, count, [&](Lanes x) { return entry.value(x); });
    });
}

template <std::uint32_t vectors>
std::uint32_t run_vectors(const TilePass& pass, std::uint32_t first) {
    std::uint32_t n = first;
    while (n < pass.program.node_count) {
        const NetworkProgram::Node& node = pass.program.nodes[n];
        if (!is_plain(node)) return n;
        const std::uint32_t end = n + node.group;
        for (std::uint32_t m = n; m < end; ++m) sum_tile<vectors>(pass, m);
        activate_tiles<vectors>(node.activation, pass.results + n, node.group);
        n = end;
    }
    return pass.program.node_count;
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
const NetworkKernels network_kernels{lanes, run_single, run_tile};
}

}  // namespace clade
