#include <clade/evaluation/network_compiler.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>

#include <algorithm>
#include <bit>
#include <limits>

namespace clade {
namespace {

/// Spreads consecutive ids over the upper bits (Fibonacci hashing).
std::uint32_t scatter(NodeId id, std::uint32_t bits) { return (raw(id) * 2654435769U) >> (32U - bits); }

/// Fills begin/items so that the items of group g are items[begin[g] .. begin[g + 1]), in their former order.
/// group(item) is a group, or `groups` for items to leave out.
template <class Group>
void sort_into_groups(std::size_t count, std::uint32_t groups, const Group& group, std::vector<std::uint32_t>& begin,
                      std::vector<std::uint32_t>& items) {
    begin.assign(groups + 2, 0);
    for (std::size_t item = 0; item < count; ++item) ++begin[group(item) + 1];
    for (std::uint32_t g = 1; g < groups + 2; ++g) begin[g] += begin[g - 1];
    items.resize(count);
    for (std::size_t item = 0; item < count; ++item) items[begin[group(item)]++] = static_cast<std::uint32_t>(item);
    for (std::uint32_t g = groups + 1; g > 0; --g) begin[g] = begin[g - 1];
    begin[0] = 0;
}

}  // namespace

void NetworkCompiler::compile(const GenomeView& genome, const GenomeShape& shape, NetworkKind kind,
                              NetworkProgram& program) {
    source_count_ = shape.source_count();
    node_count_ = static_cast<std::uint32_t>(genome.node_count());
    CLADE_CHECK(node_count_ >= shape.output_count, "a genome has a row for every output");
    index_hidden_nodes(genome, shape);
    collect_edges(genome, shape);
    mark_needed(shape.output_count);
    if (kind == NetworkKind::feed_forward) {
        order_topologically();
    } else {
        order_by_row();
    }
    program.kind = kind;
    program.shape = shape;
    emit(genome, program);
}

// Hidden ids may lie anywhere below 2^32, so that rows are looked up in a hash table at most half full.
void NetworkCompiler::index_hidden_nodes(const GenomeView& genome, const GenomeShape& shape) {
    const std::uint32_t hidden_count = node_count_ - shape.output_count;
    const std::uint32_t size = std::bit_ceil(std::max<std::uint32_t>(2, 2 * hidden_count));
    const auto bits = static_cast<std::uint32_t>(std::bit_width(size - 1));
    hash_.assign(size, 0);
    for (std::uint32_t row = shape.output_count; row < node_count_; ++row) {
        std::uint32_t at = scatter(genome.node_id[row], bits);
        while (hash_[at] != 0) at = (at + 1) & (size - 1);
        hash_[at] = row + 1;
    }
}

std::uint32_t NetworkCompiler::row_of(const GenomeView& genome, const GenomeShape& shape, NodeId id) const {
    if (!shape.is_hidden(id)) return raw(id) - shape.first_output();
    const auto size = static_cast<std::uint32_t>(hash_.size());
    std::uint32_t at = scatter(id, static_cast<std::uint32_t>(std::bit_width(size - 1)));
    while (hash_[at] != 0 && genome.node_id[hash_[at] - 1] != id) at = (at + 1) & (size - 1);
    CLADE_CHECK(hash_[at] != 0, "a connection's ends are nodes of its genome");
    return hash_[at] - 1;
}

void NetworkCompiler::collect_edges(const GenomeView& genome, const GenomeShape& shape) {
    edges_.clear();
    for (std::uint32_t c = 0; c < genome.connection_count(); ++c) {
        if (genome.enabled[c] == 0) continue;
        const NodeId source = genome.source[c];
        const std::uint32_t from = shape.is_input(source) ? raw(source) : source_count_ + row_of(genome, shape, source);
        edges_.push_back({from, row_of(genome, shape, genome.target[c]), c});
    }
    sort_into_groups(
        edges_.size(), node_count_, [&](std::size_t e) { return edges_[e].target; }, in_begin_, in_edge_);
}

void NetworkCompiler::mark_needed(std::uint32_t output_count) {
    needed_.assign(node_count_, 0);
    std::fill_n(needed_.begin(), output_count, std::uint8_t{1});
    order_.resize(output_count);  // borrowed as the list of nodes to look at
    for (std::uint32_t row = 0; row < output_count; ++row) order_[row] = row;
    for (std::size_t next = 0; next < order_.size(); ++next) {
        const std::uint32_t row = order_[next];
        for (std::uint32_t i = in_begin_[row]; i < in_begin_[row + 1]; ++i) {
            const std::uint32_t source = edges_[in_edge_[i]].source;
            if (source < source_count_ || needed_[source - source_count_] != 0) continue;
            needed_[source - source_count_] = 1;
            order_.push_back(source - source_count_);
        }
    }
}

void NetworkCompiler::order_by_row() {
    depth_.assign(node_count_, 0);
    order_.clear();
    for (std::uint32_t row = 0; row < node_count_; ++row) {
        if (needed_[row] != 0) order_.push_back(row);
    }
}

// Kahn's algorithm with a queue: nodes of one depth are adjacent, those without predecessors in the order of their
// rows.
void NetworkCompiler::order_topologically() {
    sort_into_groups(
        edges_.size(), node_count_,
        [&](std::size_t e) {
            const bool used = edges_[e].source >= source_count_ && needed_[edges_[e].target] != 0;
            return used ? edges_[e].source - source_count_ : node_count_;
        },
        out_begin_, out_edge_);
    const std::size_t needed_count = order_.size();
    waiting_.assign(node_count_, 0);
    depth_.assign(node_count_, 0);
    for (std::uint32_t i = 0; i < out_begin_[node_count_]; ++i) ++waiting_[edges_[out_edge_[i]].target];
    order_.clear();
    for (std::uint32_t row = 0; row < node_count_; ++row) {
        if (needed_[row] != 0 && waiting_[row] == 0) order_.push_back(row);
    }
    for (std::size_t next = 0; next < order_.size(); ++next) {
        const std::uint32_t row = order_[next];
        for (std::uint32_t i = out_begin_[row]; i < out_begin_[row + 1]; ++i) {
            const std::uint32_t target = edges_[out_edge_[i]].target;
            if (--waiting_[target] != 0) continue;
            depth_[target] = depth_[row] + 1;  // this is its deepest source, as the queue is in the order of depths
            order_.push_back(target);
        }
    }
    if (order_.size() != needed_count) {
        throw Error("a feed-forward network is asked of a genome whose enabled connections form a cycle");
    }
}

void NetworkCompiler::emit(const GenomeView& genome, NetworkProgram& program) {
    position_.resize(node_count_);
    for (std::uint32_t at = 0; at < order_.size(); ++at) position_[order_[at]] = at;
    program.nodes.clear();
    program.source_slot.clear();
    program.weight.clear();
    for (const std::uint32_t row : order_) {
        const auto first = static_cast<std::uint32_t>(program.weight.size());
        program.nodes.push_back(
            {first, genome.bias[row], genome.response[row], genome.activation[row], genome.aggregation[row], 1});
        for (std::uint32_t i = in_begin_[row]; i < in_begin_[row + 1]; ++i) {
            const Edge& edge = edges_[in_edge_[i]];
            const bool is_input = edge.source < source_count_;
            program.source_slot.push_back(is_input ? edge.source
                                                   : source_count_ + position_[edge.source - source_count_]);
            program.weight.push_back(genome.weight[edge.connection]);
        }
    }
    program.nodes.push_back({static_cast<std::uint32_t>(program.weight.size()), 0.0F, 0.0F, {}, {}, 1});
    group_nodes(program);
    program.output_slot.resize(program.shape.output_count);
    for (std::uint32_t o = 0; o < program.shape.output_count; ++o)
        program.output_slot[o] = source_count_ + position_[o];
}

void NetworkCompiler::group_nodes(NetworkProgram& program) const {
    constexpr std::uint16_t largest = std::numeric_limits<std::uint16_t>::max();
    for (std::size_t n = order_.size(); n-- > 1;) {
        NetworkProgram::Node& node = program.nodes[n - 1];
        const NetworkProgram::Node& next = program.nodes[n];
        const bool alike = node.activation == next.activation && node.aggregation == next.aggregation;
        if (!alike || depth_[order_[n - 1]] != depth_[order_[n]]) continue;
        node.group = next.group == largest ? largest : static_cast<std::uint16_t>(next.group + 1);
    }
}

Network make_network(const SavedGenome& genome, const FunctionSet& functions, SimdLevel simd) {
    if (genome.store.size() != 1) throw Error("a saved genome is a store of one genome");
    Network network(functions, simd);
    NetworkCompiler().compile(genome.store[0], genome.store.shape(), genome.network, network.program());
    network.reset();
    return network;
}

}  // namespace clade
