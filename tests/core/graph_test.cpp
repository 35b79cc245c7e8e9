#include <clade/core/graph.hpp>

#include <clade/core/random.hpp>

#include <gtest/gtest.h>

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

TEST(CycleSearch, SeesThatAnEdgeWouldCloseACycle) {
    const Edges edges = edges_of({{0, 5}, {5, 6}, {6, 7}, {0, 7}});
    CycleSearch search;
    EXPECT_TRUE(search.would_close_cycle(edges.list(), NodeId{7}, NodeId{5}));
    EXPECT_TRUE(search.would_close_cycle(edges.list(), NodeId{6}, NodeId{5}));
    EXPECT_TRUE(search.would_close_cycle(edges.list(), NodeId{5}, NodeId{5}));
    EXPECT_FALSE(search.would_close_cycle(edges.list(), NodeId{5}, NodeId{7}));
    EXPECT_FALSE(search.would_close_cycle(edges.list(), NodeId{0}, NodeId{6}));
    EXPECT_FALSE(search.would_close_cycle({}, NodeId{0}, NodeId{6}));
}

TEST(CycleSearch, AgreesWithAFullCheckOnRandomGraphs) {
    CycleSearch search;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Stream random({seed, 0, Purpose::plan}, 0);
        Edges edges;
        for (int attempt = 0; attempt < 60; ++attempt) {
            const std::uint32_t from = random.below(12);
            const std::uint32_t to = random.below(12);
            Edges with = edges;
            with.add(from, to);
            const bool closes = search.would_close_cycle(edges.list(), NodeId{from}, NodeId{to});
            ASSERT_EQ(closes, !is_acyclic(with.list())) << "seed " << seed;
            if (!closes) edges = with;
        }
    }
}

}  // namespace
}  // namespace clade
