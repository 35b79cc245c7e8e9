#include <clade/evaluation/network/topology_programs.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <limits>

namespace clade {
namespace {

// More than the topologies of a large population have together, and less than a cache of the last level holds.
constexpr std::size_t most_connections = std::size_t{1} << 20;

/// A column of `count` equal values.
template <class T>
std::span<const T> filled(Column<T>& column, std::size_t count, T value) {
    column.resize(count);
    std::fill_n(column.data(), count, value);
    return column.span();
}

/// A group that one more node joins.
std::uint16_t grown(std::uint16_t group) {
    constexpr std::uint16_t largest = std::numeric_limits<std::uint16_t>::max();
    return group == largest ? largest : static_cast<std::uint16_t>(group + 1);
}

}  // namespace

bool TopologyPrograms::write(const GenomeView& genome, const GenomeShape& shape, const NetworkParams& network,
                             NetworkProgram& program) {
    if (genome.topology_digest == 0) return false;
    const Topology& topology = compiled(genome, shape, network);
    if (topology.has_cycle) return false;
    program.network = network;
    program.shape = shape;
    gather(genome, topology, program);
    return true;
}

void TopologyPrograms::trace_origin(ProgramOrigin& origin) const { origin = last_; }

const TopologyPrograms::Topology& TopologyPrograms::compiled(const GenomeView& genome, const GenomeShape& shape,
                                                             const NetworkParams& network) {
    if (shape != shape_ || network.kind != network_.kind || connections_.size() > most_connections) {
        forget(shape, network);
    }
    const std::uint64_t digest = genome.topology_digest;
    const auto digest_of = [&](std::uint32_t number) { return topologies_[number].digest; };
    index_.make_room(topologies_.size(), topologies_.size(), digest_of);
    std::uint32_t& place = index_.place_of(digest, [&](std::uint32_t number) { return digest_of(number) == digest; });
    if (place == 0) {
        Topology topology{.digest = digest};
        compile(genome, topology);
        topologies_.push_back(topology);
        place = static_cast<std::uint32_t>(topologies_.size());
    }
    return topologies_[place - 1];
}

void TopologyPrograms::compile(const GenomeView& genome, Topology& topology) {
    GenomeView plain = genome;
    plain.bias = plain.response =
        filled(zeros_, std::max(genome.node_count(), genome.connection_count()), 0.0F).first(genome.node_count());
    plain.weight = zeros_.span().first(genome.connection_count());
    plain.enabled = filled(ones_, genome.connection_count(), std::uint8_t{1});
    plain.activation = filled(activations_, genome.node_count(), Activation{});
    plain.aggregation = filled(aggregations_, genome.node_count(), Aggregation{});
    try {
        compiler_.compile(plain, shape_, network_, program_);
    } catch (const Error&) {
        topology.has_cycle = true;
        return;
    }
    compiler_.trace_origin(origin_);
    topology.node_begin = static_cast<std::uint32_t>(nodes_.size());
    topology.node_count = static_cast<std::uint32_t>(origin_.node.size());
    nodes_.resize(nodes_.size() + topology.node_count);
    for (std::size_t n = 0; n < origin_.node.size(); ++n) {
        nodes_[topology.node_begin + n] = {origin_.node[n], program_.nodes[n + 1].first_connection,
                                           program_.nodes[n].group};
    }
    topology.connection_begin = static_cast<std::uint32_t>(connections_.size());
    topology.connection_count = static_cast<std::uint32_t>(origin_.connection.size());
    connections_.resize(connections_.size() + topology.connection_count);
    for (std::size_t c = 0; c < origin_.connection.size(); ++c) {
        connections_[topology.connection_begin + c] = {origin_.connection[c], program_.source_slot[c]};
    }
}

void TopologyPrograms::gather(const GenomeView& genome, const Topology& topology, NetworkProgram& program) {
    const std::span<const Node> nodes = nodes_.span().subspan(topology.node_begin, topology.node_count);
    const Connection* const connections = connections_.data() + topology.connection_begin;
    const std::uint32_t sources = shape_.source_count();
    program.nodes.resize(nodes.size() + 1);
    program.source_slot.resize(topology.connection_count);
    program.weight.resize(topology.connection_count);
    program.output_slot.resize(shape_.output_count);
    last_.node.resize(nodes.size());
    last_.connection.resize(topology.connection_count);
    std::uint32_t next = 0;
    std::uint32_t c = 0;
    for (std::uint32_t n = 0; n < nodes.size(); ++n) {
        const auto& [row, connections_end, group] = nodes[n];
        program.nodes[n] = {
            next, genome.bias[row], genome.response[row], genome.activation[row], genome.aggregation[row], 1};
        if (row < shape_.output_count) program.output_slot[row] = sources + n;
        last_.node[n] = row;
        for (; c < connections_end; ++c) {
            const Connection& connection = connections[c];
            program.source_slot[next] = connection.source_slot;
            program.weight[next] = genome.weight[connection.row];
            last_.connection[next] = connection.row;
            next += genome.enabled[connection.row];  // the place of a disabled one is written over
        }
    }
    program.nodes[nodes.size()] = {next, 0.0F, 0.0F, {}, {}, 1};
    program.source_slot.resize(next);
    program.weight.resize(next);
    last_.connection.resize(next);
    for (std::size_t n = nodes.size(); n-- > 1;) {
        NetworkProgram::Node& node = program.nodes[n - 1];
        const NetworkProgram::Node& following = program.nodes[n];
        const bool alike = node.activation == following.activation && node.aggregation == following.aggregation;
        if (alike && nodes[n - 1].group > 1) node.group = std::min(nodes[n - 1].group, grown(following.group));
    }
}

void TopologyPrograms::forget(const GenomeShape& shape, const NetworkParams& network) {
    shape_ = shape;
    network_ = network;
    topologies_.clear();
    nodes_.resize(0);
    connections_.resize(0);
    index_.clear();
}

}  // namespace clade
