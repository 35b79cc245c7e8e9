#include <clade/core/genome/graph.hpp>

#include <algorithm>
#include <map>

namespace clade {

void SuccessorGraph::assign(std::size_t node_count, std::span<const Edge> edges) {
    begin_.assign(node_count + 1, 0);
    for (const Edge& edge : edges) ++begin_[edge.source];
    std::uint32_t total = 0;
    for (std::uint32_t& begin : begin_) begin = total += begin;  // its end, until its edges have moved it back
    successor_.resize(edges.size());
    for (const Edge& edge : edges) successor_[--begin_[edge.source]] = edge.target;
    seen_.assign(node_count, 0);
    search_ = 0;
}

bool SuccessorGraph::has_edge(std::uint32_t source, std::uint32_t target) const noexcept {
    const auto all = successors(source);
    return std::find(all.begin(), all.end(), target) != all.end();
}

bool SuccessorGraph::reaches(std::uint32_t from, std::uint32_t to) {
    if (from == to) return true;
    ++search_;
    reached_.assign(1, from);
    for (std::size_t next = 0; next < reached_.size(); ++next) {
        for (const std::uint32_t node : successors(reached_[next])) {
            if (node == to) return true;
            if (seen_[node] == search_) continue;
            seen_[node] = search_;
            reached_.push_back(node);
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
