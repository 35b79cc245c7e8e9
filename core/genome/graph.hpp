// Questions about a genome's connections seen as a directed graph. Disabled connections count: enabling one later must
// not be able to close a cycle.
#pragma once

#include <clade/core/genome/genome_store.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace clade {

/// A list of edges over node ids.
struct EdgeList {
    std::span<const NodeId> source;
    std::span<const NodeId> target;
};

/// A graph over the nodes 0 .. n-1, laid out so that a node's successors are adjacent. Keeps its memory.
class SuccessorGraph {
public:
    struct Edge {
        std::uint32_t source;
        std::uint32_t target;
    };

    /// @pre sources and targets are below `node_count`.
    void assign(std::size_t node_count, std::span<const Edge> edges);

    /// Linear in the successors of `source`.
    [[nodiscard]] bool has_edge(std::uint32_t source, std::uint32_t target) const noexcept;

    /// Whether a path leads from one node to another, or they are the same: then an edge to -> from closes a cycle.
    /// Linear in the edges.
    [[nodiscard]] bool reaches(std::uint32_t from, std::uint32_t to);

private:
    [[nodiscard]] std::span<const std::uint32_t> successors(std::uint32_t node) const noexcept {
        return std::span(successor_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
    }

    std::vector<std::uint32_t> begin_;      // [node_count + 1], where a node's successors begin
    std::vector<std::uint32_t> successor_;  // [edges], by source
    std::vector<std::uint32_t> seen_;       // [node_count], number of the last search that came there
    std::vector<std::uint32_t> reached_;
    std::uint32_t search_ = 0;
};

/// Whether the edges form no cycle.
[[nodiscard]] bool is_acyclic(const EdgeList& edges);

}  // namespace clade
