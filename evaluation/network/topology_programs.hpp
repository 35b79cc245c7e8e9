// What the networks of one topology have in common, compiled once; and a genome's network made of it.
//
// A topology is compiled as if all its connections were enabled and all functions alike. A genome's network then is that
// program with the genome's numbers and functions gathered, in one pass over its rows, without disabled connections.
// Nodes that reach an output over disabled connections alone stay in it, where NetworkCompiler leaves them out: no
// output depends on them, so actions are the same to the bit.
//
//   nodes        | topology 0 | topology 1 | ...   in evaluation order: row, end of its connections, group
//   connections  | topology 0 | topology 1 | ...   by target, each target's in the order of innovations: row, source slot
#pragma once

#include <clade/core/column.hpp>
#include <clade/core/genome/digest_index.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <cstdint>
#include <vector>

namespace clade {

/// Keeps what it compiled from genome to genome and from generation to generation: one a worker.
class TopologyPrograms {
public:
    /// Writes the network of a genome into `program`, whose memory is kept. Returns false, and writes nothing, if the
    /// topology has no digest, or has a cycle which only disabled connections may break: NetworkCompiler knows more.
    bool write(const GenomeView& genome, const GenomeShape& shape, const NetworkParams& network,
               NetworkProgram& program);

    /// Where the program that was written last came from.
    void trace_origin(ProgramOrigin& origin) const;

private:
    struct Topology {
        std::uint64_t digest = 0;
        std::uint32_t node_begin = 0;
        std::uint32_t node_count = 0;
        std::uint32_t connection_begin = 0;
        std::uint32_t connection_count = 0;
        bool has_cycle = false;
    };
    struct Node {
        std::uint32_t row;              // in the genome
        std::uint32_t connections_end;  // counted from the topology's first
        std::uint16_t group;            // NetworkProgram::Node::group, were all functions alike
    };
    struct Connection {
        std::uint32_t row;  // in the genome
        std::uint32_t source_slot;
    };

    const Topology& compiled(const GenomeView& genome, const GenomeShape& shape, const NetworkParams& network);
    void compile(const GenomeView& genome, Topology& topology);
    void gather(const GenomeView& genome, const Topology& topology, NetworkProgram& program);
    void forget(const GenomeShape& shape, const NetworkParams& network);

    GenomeShape shape_;      // of what is kept
    NetworkParams network_;  // likewise
    std::vector<Topology> topologies_;
    DigestIndex index_;               // of topologies_
    Column<Node> nodes_;              // of all topologies
    Column<Connection> connections_;  // of all topologies

    ProgramOrigin last_;  // of the program that was written last

    // Scratch of compile().
    NetworkCompiler compiler_;
    NetworkProgram program_;
    ProgramOrigin origin_;
    Column<float> zeros_;
    Column<std::uint8_t> ones_;
    Column<Activation> activations_;
    Column<Aggregation> aggregations_;
};

}  // namespace clade
