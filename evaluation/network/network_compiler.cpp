#include <clade/evaluation/network/network_compiler.hpp>

#include <clade/core/check.hpp>
#include <clade/core/error.hpp>

#include <algorithm>
#include <bit>
#include <limits>

namespace clade {
namespace {

/// Spreads consecutive ids over the upper bits (Fibonacci hashing).
std::uint32_t scatter(NodeId id, std::uint32_t bits) { return (raw(id) * 2654435769U) >> (32U - bits); }

// What depth_ holds of a node that has none.
constexpr std::uint32_t not_reached = 0xffffffffU;  // no output is reached from it
constexpr std::uint32_t open = 0xfffffffeU;         // its sources are being looked at

// The place in the program of connections to a node that is not in it.
constexpr std::uint32_t left_out = 0xffffffffU;

}  // namespace

void NetworkCompiler::compile(const GenomeView& genome, const GenomeShape& shape, const NetworkParams& network,
                              NetworkProgram& program) {
    source_count_ = shape.source_count();
    node_count_ = static_cast<std::uint32_t>(genome.node_count());
    CLADE_CHECK(node_count_ >= shape.output_count, "a genome has a row for every output");
    index_hidden_nodes(genome, shape);
    collect_edges(genome, shape);
    group_edges(genome);
    if (network.is_recurrent()) {
        reach_backwards(shape.output_count);
    } else {
        find_depths(shape.output_count);
    }
    order_by_depth();
    program.network = network;
    program.shape = shape;
    emit(genome, program);
}

// Hidden ids may lie anywhere below 2^32, so that rows are looked up in a hash table at most half full.
void NetworkCompiler::index_hidden_nodes(const GenomeView& genome, const GenomeShape& shape) {
    const std::uint32_t hidden_count = node_count_ - shape.output_count;
    const std::uint32_t size = std::bit_ceil(std::max<std::uint32_t>(2, 2 * hidden_count));
    const auto bits = static_cast<std::uint32_t>(std::bit_width(size - 1));
    hash_.resize(size);
    std::fill_n(hash_.data(), size, 0U);
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

/// The enabled connections with their ends looked up, and how many lead to each node.
void NetworkCompiler::collect_edges(const GenomeView& genome, const GenomeShape& shape) {
    edges_.resize(genome.connection_count());
    in_begin_.resize(node_count_ + 1);
    std::fill_n(in_begin_.data(), in_begin_.size(), 0U);
    std::size_t count = 0;
    for (std::uint32_t c = 0; c < genome.connection_count(); ++c) {
        if (genome.enabled[c] == 0) continue;
        const NodeId source = genome.source[c];
        const std::uint32_t from = shape.is_input(source) ? raw(source) : source_count_ + row_of(genome, shape, source);
        const std::uint32_t target = row_of(genome, shape, genome.target[c]);
        edges_[count++] = {from, target, c};
        ++in_begin_[target];
    }
    edges_.resize(count);
}

/// Puts the edges of each target together, in the order of innovations (counting sort).
void NetworkCompiler::group_edges(const GenomeView& genome) {
    std::uint32_t total = 0;
    for (std::size_t row = 0; row <= node_count_; ++row) {
        const std::uint32_t count = in_begin_[row];
        in_begin_[row] = total;
        total += count;
    }
    incoming_.resize(edges_.size());
    next_.resize(node_count_);
    std::copy_n(in_begin_.data(), node_count_, next_.data());
    for (const Edge& edge : edges_.span()) {
        incoming_[next_[edge.target]++] = {edge.source, genome.weight[edge.connection]};
    }
}

/// Depth-first from the outputs against the connections: a node's depth is known once those of its sources are.
void NetworkCompiler::find_depths(std::uint32_t output_count) {
    begin_depths();
    stack_.clear();
    for (std::uint32_t output = 0; output < output_count; ++output) {
        if (depth_[source_count_ + output] == not_reached) open_node(output);
        while (!stack_.empty()) visit_sources();
    }
}

void NetworkCompiler::begin_depths() {
    depth_.resize(source_count_ + node_count_);
    std::fill_n(depth_.data(), source_count_, 0U);
    std::fill_n(depth_.data() + source_count_, node_count_, not_reached);
}

void NetworkCompiler::open_node(std::uint32_t row) {
    depth_[source_count_ + row] = open;
    stack_.push_back({row, in_begin_[row], 0});
}

/// Goes on with the node on top: to the next source whose depth is not known, or to its end.
void NetworkCompiler::visit_sources() {
    Visit visit = stack_.back();
    const std::uint32_t end = in_begin_[visit.row + 1];
    for (; visit.next < end; ++visit.next) {
        const std::uint32_t source = incoming_[visit.next].source;
        const std::uint32_t depth = depth_[source];
        if (depth < open) {
            visit.deepest_source = std::max(visit.deepest_source, depth);
            continue;
        }
        if (depth == open) {
            throw Error(
                "the enabled connections of this genome form a cycle, which a feed-forward network cannot have: use a "
                "recurrent network");
        }
        stack_.back() = visit;
        open_node(source - source_count_);
        return;
    }
    depth_[source_count_ + visit.row] = visit.deepest_source + 1;
    stack_.pop_back();
}

/// Where order does not matter: depth 1 for every node from which an output is reached.
void NetworkCompiler::reach_backwards(std::uint32_t output_count) {
    begin_depths();
    order_.resize(node_count_);  // borrowed as the list of nodes to look at
    std::size_t count = 0;
    const auto reach = [&](std::uint32_t slot) {
        if (depth_[slot] != not_reached) return;
        depth_[slot] = 1;
        order_[count++] = slot - source_count_;
    };
    for (std::uint32_t output = 0; output < output_count; ++output) reach(source_count_ + output);
    for (std::size_t next = 0; next < count; ++next) {
        const std::uint32_t row = order_[next];
        for (std::uint32_t i = in_begin_[row]; i < in_begin_[row + 1]; ++i) reach(incoming_[i].source);
    }
}

/// Nodes of one depth together, in the order of their rows (counting sort); without those not reached.
void NetworkCompiler::order_by_depth() {
    const std::span<const std::uint32_t> depths = depth_.span().subspan(source_count_);
    next_.resize(node_count_ + 2);
    std::fill_n(next_.data(), next_.size(), 0U);
    std::uint32_t reached = 0;
    for (const std::uint32_t depth : depths) {
        if (depth == not_reached) continue;
        ++next_[depth + 1];
        ++reached;
    }
    for (std::uint32_t depth = 0; depth <= node_count_; ++depth) next_[depth + 1] += next_[depth];
    order_.resize(reached);
    for (std::uint32_t row = 0; row < node_count_; ++row) {
        if (depths[row] != not_reached) order_[next_[depths[row]]++] = row;
    }
}

void NetworkCompiler::emit(const GenomeView& genome, NetworkProgram& program) {
    slot_.resize(source_count_ + node_count_);
    for (std::uint32_t input = 0; input < source_count_; ++input) slot_[input] = input;
    for (std::uint32_t at = 0; at < order_.size(); ++at) slot_[source_count_ + order_[at]] = source_count_ + at;
    program.nodes.resize(order_.size() + 1);
    program.source_slot.resize(incoming_.size());
    program.weight.resize(incoming_.size());
    std::uint32_t connection = 0;
    for (std::size_t at = 0; at < order_.size(); ++at) {
        const std::uint32_t row = order_[at];
        program.nodes[at] = {
            connection, genome.bias[row], genome.response[row], genome.activation[row], genome.aggregation[row], 1};
        for (std::uint32_t i = in_begin_[row]; i < in_begin_[row + 1]; ++i) {
            program.source_slot[connection] = slot_[incoming_[i].source];
            program.weight[connection++] = incoming_[i].weight;
        }
    }
    program.nodes.back() = {connection, 0.0F, 0.0F, {}, {}, 1};
    program.source_slot.resize(connection);
    program.weight.resize(connection);
    group_nodes(program);
    program.output_slot.resize(program.shape.output_count);
    for (std::uint32_t o = 0; o < program.shape.output_count; ++o) program.output_slot[o] = slot_[source_count_ + o];
}

void NetworkCompiler::group_nodes(NetworkProgram& program) const {
    constexpr std::uint16_t largest = std::numeric_limits<std::uint16_t>::max();
    for (std::size_t n = order_.size(); n-- > 1;) {
        NetworkProgram::Node& node = program.nodes[n - 1];
        const NetworkProgram::Node& next = program.nodes[n];
        const bool alike = node.activation == next.activation && node.aggregation == next.aggregation;
        if (!alike || depth_[source_count_ + order_[n - 1]] != depth_[source_count_ + order_[n]]) continue;
        node.group = next.group == largest ? largest : static_cast<std::uint16_t>(next.group + 1);
    }
}

void NetworkCompiler::trace_origin(ProgramOrigin& origin) {
    origin.node.assign(order_.data(), order_.data() + order_.size());
    next_.resize(node_count_);  // where the next connection to a node stands in the program
    std::fill_n(next_.data(), node_count_, left_out);
    std::uint32_t connections = 0;
    for (const std::uint32_t row : origin.node) {
        next_[row] = connections;
        connections += in_begin_[row + 1] - in_begin_[row];
    }
    origin.connection.resize(connections);
    for (const Edge& edge : edges_.span()) {
        if (next_[edge.target] != left_out) origin.connection[next_[edge.target]++] = edge.connection;
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
