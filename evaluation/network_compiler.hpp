// Turns a genome into a flat program: linear in its genes, no allocation once its scratch has grown.
#pragma once

#include <clade/evaluation/network.hpp>

namespace clade {

/// Keeps scratch memory from genome to genome: one a worker.
class NetworkCompiler {
public:
    /// Compiles `genome` into `program`, whose memory is kept.
    /// Throws Error if a feed-forward network is asked of a genome with a cycle of enabled connections from which an
    /// output is reached. @pre `genome` satisfies the invariants of GenomeStore.
    void compile(const GenomeView& genome, const GenomeShape& shape, NetworkKind kind, NetworkProgram& program);

private:
    void index_hidden_nodes(const GenomeView& genome, const GenomeShape& shape);
    [[nodiscard]] std::uint32_t row_of(const GenomeView& genome, const GenomeShape& shape, NodeId id) const;
    void collect_edges(const GenomeView& genome, const GenomeShape& shape);
    void mark_needed(std::uint32_t output_count);
    void order_by_row();
    void order_topologically();
    void emit(const GenomeView& genome, NetworkProgram& program);
    void group_nodes(NetworkProgram& program) const;

    struct Edge {
        std::uint32_t source;      // slot of an input, or source_count + row of a node
        std::uint32_t target;      // row of a node
        std::uint32_t connection;  // row in the genome
    };

    std::uint32_t source_count_ = 0;
    std::uint32_t node_count_ = 0;
    std::vector<std::uint32_t> hash_;       // [power of two]: row of a hidden node + 1, 0 where free
    std::vector<Edge> edges_;               // enabled connections in the order of innovations
    std::vector<std::uint32_t> in_begin_;   // [node_count + 1]: where a node's incoming edges begin in in_edge_
    std::vector<std::uint32_t> in_edge_;    // edges by target, each target's in the order of innovations
    std::vector<std::uint32_t> out_begin_;  // [node_count + 1]: likewise by source, edges between nodes only
    std::vector<std::uint32_t> out_edge_;
    std::vector<std::uint32_t> waiting_;   // [node_count]: incoming edges from nodes not yet placed
    std::vector<std::uint8_t> needed_;     // [node_count]: whether an output is reached
    std::vector<std::uint32_t> depth_;     // [node_count]: a node reads values of lower depths only; recurrent: all 0
    std::vector<std::uint32_t> order_;     // rows in evaluation order
    std::vector<std::uint32_t> position_;  // [node_count]: place in order_
};

/// Compiles a saved genome into a network ready to run.
[[nodiscard]] Network make_network(const SavedGenome& genome, const FunctionSet& functions = {},
                                   SimdLevel simd = best_simd_level());

}  // namespace clade
