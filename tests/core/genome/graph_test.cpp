#include <clade/core/genome/graph.hpp>

#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace clade {
namespace {

struct Edges {
    std::vector<NodeId> source;
    std::vector<NodeId> target;

    void add(std::uint32_t from, std::uint32_t to) {
        source.push_back(NodeId{from});
        target.push_back(NodeId{to});
    }
    [[nodiscard]] EdgeList list() const { return {source, target}; }
};

Edges edges_of(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> pairs) {
    Edges edges;
    for (const auto& [from, to] : pairs) edges.add(from, to);
    return edges;
}

TEST(Graph, NoEdgesAreAcyclic) { EXPECT_TRUE(is_acyclic({})); }

TEST(Graph, ASelfLoopIsACycle) { EXPECT_FALSE(is_acyclic(edges_of({{0, 1}, {1, 1}}).list())); }

TEST(Graph, FindsCyclesOfAnyLength) {
    EXPECT_FALSE(is_acyclic(edges_of({{1, 2}, {2, 1}}).list()));
    EXPECT_FALSE(is_acyclic(edges_of({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 2}}).list()));
    EXPECT_TRUE(is_acyclic(edges_of({{0, 1}, {1, 2}, {0, 2}, {2, 3}, {1, 3}}).list()));
}

using Edge = SuccessorGraph::Edge;

TEST(SuccessorGraph, FindsPathsOfAnyLengthAndNoOthers) {
    const std::vector<Edge> edges{{0, 5}, {5, 6}, {6, 7}, {0, 7}};
    SuccessorGraph graph;
    graph.assign(8, edges);
    EXPECT_TRUE(graph.reaches(5, 7));
    EXPECT_TRUE(graph.reaches(5, 6));
    EXPECT_TRUE(graph.reaches(5, 5));
    EXPECT_FALSE(graph.reaches(7, 5));
    EXPECT_FALSE(graph.reaches(6, 0));
    graph.assign(8, {});
    EXPECT_FALSE(graph.reaches(5, 7)) << "of the graph before";
}

TEST(SuccessorGraph, KnowsItsEdges) {
    const std::vector<Edge> edges{{2, 1}, {0, 1}, {2, 2}, {0, 2}};
    SuccessorGraph graph;
    graph.assign(3, edges);
    for (std::uint32_t source = 0; source < 3; ++source) {
        for (std::uint32_t target = 0; target < 3; ++target) {
            const bool there = std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
                return edge.source == source && edge.target == target;
            });
            EXPECT_EQ(graph.has_edge(source, target), there) << source << ' ' << target;
        }
    }
}

TEST(SuccessorGraph, AgreesWithAFullCheckOnRandomGraphs) {
    SuccessorGraph graph;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Stream random({seed, 0, Purpose::plan}, 0);
        Edges edges;
        std::vector<Edge> numbered;
        for (int attempt = 0; attempt < 60; ++attempt) {
            const std::uint32_t from = random.below(12);
            const std::uint32_t to = random.below(12);
            Edges with = edges;
            with.add(from, to);
            graph.assign(12, numbered);
            const bool closes = graph.reaches(to, from);
            ASSERT_EQ(closes, !is_acyclic(with.list())) << "seed " << seed;
            if (closes) continue;
            edges = with;
            numbered.push_back({from, to});
        }
    }
}

}  // namespace
}  // namespace clade
