#include <clade/core/graph.hpp>

#include <algorithm>
#include <map>

namespace clade {

bool CycleSearch::would_close_cycle(const EdgeList& edges, NodeId source, NodeId target) {
    if (source == target) return true;
    reached_.assign(1, target);
    for (std::size_t next = 0; next < reached_.size(); ++next) {
        const NodeId from = reached_[next];
        for (std::size_t i = 0; i < edges.source.size(); ++i) {
            if (edges.source[i] != from) continue;
            const NodeId to = edges.target[i];
            if (to == source) return true;
            if (std::find(reached_.begin(), reached_.end(), to) == reached_.end()) reached_.push_back(to);
        }
    }
    return false;
}

bool is_acyclic(const EdgeList& edges) {
    std::map<NodeId, std::size_t> incoming;
    for (std::size_t i = 0; i < edges.source.size(); ++i) {
        incoming.try_emplace(edges.source[i], 0);
        ++incoming[edges.target[i]];
    }
    std::vector<NodeId> ready;
    for (const auto& [node, count] : incoming) {
        if (count == 0) ready.push_back(node);
    }
    for (std::size_t next = 0; next < ready.size(); ++next) {
        for (std::size_t i = 0; i < edges.source.size(); ++i) {
            if (edges.source[i] == ready[next] && --incoming[edges.target[i]] == 0) ready.push_back(edges.target[i]);
        }
    }
    return ready.size() == incoming.size();
}

}  // namespace clade
