// Compiles a genome into a network program, in linear time, without allocation once its scratch memory has grown.
#pragma once

#include <clade/core/column.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/network/network.hpp>

#include <cstdint>
#include <vector>

namespace clade {

/// Which rows of its genome a program's nodes and connections came from. Rows that are not named have no part in it.
struct ProgramOrigin {
    std::vector<std::uint32_t> node{};        ///< [node_count of the program]
    std::vector<std::uint32_t> connection{};  ///< [connection_count of the program]
};

/// Keeps scratch memory from genome to genome: one a worker.
class NetworkCompiler {
public:
    /// Compiles `genome` into `program`, whose memory is kept.
    /// Throws Error if a feed-forward network is made of a genome with a cycle of enabled connections from which an
    /// output is reached. @pre `genome` satisfies the invariants of GenomeStore.
    void compile(const GenomeView& genome, const GenomeShape& shape, const NetworkParams& network,
                 NetworkProgram& program);

    /// Where the program that was compiled last came from.
    void trace_origin(ProgramOrigin& origin);

private:
    void index_hidden_nodes(const GenomeView& genome, const GenomeShape& shape);
    [[nodiscard]] std::uint32_t row_of(const GenomeView& genome, const GenomeShape& shape, NodeId id) const;
    void collect_edges(const GenomeView& genome, const GenomeShape& shape);
    void group_edges(const GenomeView& genome);
    void find_depths(std::uint32_t output_count);
    void begin_depths();
    void open_node(std::uint32_t row);
    void visit_sources();
    void reach_backwards(std::uint32_t output_count);
    void order_by_depth();
    void emit(const GenomeView& genome, NetworkProgram& program);
    void group_nodes(NetworkProgram& program) const;

    struct Edge {
        std::uint32_t source;      // slot of an input, or source_count + row of a node
        std::uint32_t target;      // row of a node
        std::uint32_t connection;  // row in the genome
    };
    struct Incoming {
        std::uint32_t source;  // as above
        float weight;
    };
    struct Visit {
        std::uint32_t row;
        std::uint32_t next;  // the incoming connection to look at next
        std::uint32_t deepest_source;
    };

    std::uint32_t source_count_ = 0;
    std::uint32_t node_count_ = 0;
    Column<std::uint32_t> hash_;      // [power of two]: row of a hidden node + 1, 0 where free
    Column<Edge> edges_;              // enabled connections in the order of innovations
    Column<std::uint32_t> in_begin_;  // [node_count + 1]: where a node's connections begin in incoming_
    Column<Incoming> incoming_;       // by target, each target's in the order of innovations
    Column<std::uint32_t> depth_;     // [source_count + node_count]: a node reads values of lower depths only, inputs
                                      // have 0; recurrent: 1 for all
    std::vector<Visit> stack_;        // the path of the depth-first search
    Column<std::uint32_t> next_;      // where a counting sort puts the next item of each group
    Column<std::uint32_t> order_;     // rows in evaluation order
    Column<std::uint32_t> slot_;      // [source_count + node_count]: in the program
};

/// Compiles a saved genome into a network ready to run.
[[nodiscard]] Network make_network(const SavedGenome& genome, const FunctionSet& functions = {},
                                   SimdLevel simd = best_simd_level());

}  // namespace clade
