// Questions about a genome's connections seen as a directed graph. Disabled connections count: enabling one later must
// not be able to close a cycle.
#pragma once

#include <clade/core/genome_store.hpp>

#include <span>
#include <vector>

namespace clade {

/// A list of edges over node ids.
struct EdgeList {
    std::span<const NodeId> source;
    std::span<const NodeId> target;
};

/// Whether a further edge source -> target would close a cycle, that is, whether `source` is reached from `target`.
/// Needs an acyclic graph. Keeps its memory between calls.
class CycleSearch {
public:
    [[nodiscard]] bool would_close_cycle(const EdgeList& edges, NodeId source, NodeId target);

private:
    std::vector<NodeId> reached_;
};

/// Whether the edges form no cycle.
[[nodiscard]] bool is_acyclic(const EdgeList& edges);

}  // namespace clade
