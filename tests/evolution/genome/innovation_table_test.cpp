#include <clade/evolution/genome/innovation_table.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace clade {
namespace {

constexpr GenomeShape table_shape{2, 1, false};
const std::vector<NodeId> no_hidden{NodeId{2}};

InnovationTable table_of(InnovationScope scope) { return {table_shape, scope}; }

TEST(InnovationTable, EqualConnectionsGetEqualNumbers) {
    InnovationTable table = table_of(InnovationScope::run);
    const Innovation first = table.connection(NodeId{0}, NodeId{2});
    EXPECT_NE(table.connection(NodeId{1}, NodeId{2}), first);
    EXPECT_NE(table.connection(NodeId{2}, NodeId{0}), first);
    EXPECT_EQ(table.connection(NodeId{0}, NodeId{2}), first);
}

TEST(InnovationTable, EqualSplitsOfOneGenerationGetEqualNodes) {
    for (const InnovationScope scope : {InnovationScope::run, InnovationScope::generation}) {
        InnovationTable table = table_of(scope);
        table.begin_generation();
        const NodeId node = table.split(Innovation{0}, no_hidden);
        EXPECT_EQ(raw(node), table_shape.first_hidden());
        EXPECT_EQ(table.split(Innovation{0}, no_hidden), node);
        EXPECT_EQ(table.connection(NodeId{0}, node), table.connection(NodeId{0}, node));
    }
}

TEST(InnovationTable, ScopeDecidesWhetherLaterGenerationsShareNumbers) {
    for (const InnovationScope scope : {InnovationScope::run, InnovationScope::generation}) {
        InnovationTable table = table_of(scope);
        const NodeId node = table.split(Innovation{0}, no_hidden);
        const Innovation connection = table.connection(NodeId{0}, NodeId{2});
        table.begin_generation();
        EXPECT_EQ(table.split(Innovation{0}, no_hidden) == node, scope == InnovationScope::run);
        EXPECT_EQ(table.connection(NodeId{0}, NodeId{2}) == connection, scope == InnovationScope::run);
    }
}

TEST(InnovationTable, SplitsOfDifferentConnectionsGetDifferentNodes) {
    InnovationTable table = table_of(InnovationScope::run);
    std::set<NodeId> nodes;
    for (std::uint32_t innovation = 0; innovation < 100; ++innovation) {
        nodes.insert(table.split(Innovation{innovation}, no_hidden));
    }
    EXPECT_EQ(nodes.size(), 100U);
}

TEST(InnovationTable, AConnectionSplitAgainGetsAFreshNode) {
    InnovationTable table = table_of(InnovationScope::run);
    const NodeId first = table.split(Innovation{0}, no_hidden);
    const std::vector<NodeId> holder{NodeId{2}, first};
    const NodeId second = table.split(Innovation{0}, holder);
    EXPECT_NE(second, first);
    EXPECT_EQ(table.split(Innovation{0}, holder), second);
    EXPECT_EQ(table.split(Innovation{0}, no_hidden), first);
}

TEST(InnovationTable, NumbersAreNeverUsedTwice) {
    InnovationTable table = table_of(InnovationScope::generation);
    std::set<Innovation> innovations;
    std::set<NodeId> nodes;
    for (int generation = 0; generation < 50; ++generation) {
        table.begin_generation();
        EXPECT_TRUE(nodes.insert(table.split(Innovation{3}, no_hidden)).second);
        EXPECT_TRUE(innovations.insert(table.connection(NodeId{0}, NodeId{2})).second);
    }
}

TEST(InnovationTable, InitialHiddenNodesAreSharedByTheirNumber) {
    InnovationTable table = table_of(InnovationScope::run);
    const NodeId first = table.initial_hidden(0);
    EXPECT_NE(table.initial_hidden(1), first);
    EXPECT_EQ(table.initial_hidden(0), first);
    EXPECT_NE(table.split(Innovation{0}, no_hidden), first);
}

TEST(InnovationTable, AdoptsTheNumbersOfAGenome) {
    InnovationTable table = table_of(InnovationScope::run);
    table.adopt(small_genome()[0]);
    EXPECT_EQ(table.connection(NodeId{3}, NodeId{2}), Innovation{3});
    EXPECT_EQ(table.connection(NodeId{1}, NodeId{3}), Innovation{4});
    EXPECT_EQ(table.split(Innovation{1}, no_hidden), NodeId{4});
}

TEST(InnovationTable, GoesOnAfterBeingWrittenAndRead) {
    for (const InnovationScope scope : {InnovationScope::run, InnovationScope::generation}) {
        InnovationTable table = table_of(scope);
        for (std::uint32_t i = 0; i < 20; ++i) {
            const NodeId node = table.split(Innovation{i}, no_hidden);
            table.connection(NodeId{0}, node);
        }
        ByteWriter out;
        table.write(out);
        InnovationTable back = table_of(scope);
        ByteReader in(out.bytes());
        back.read(in);
        EXPECT_EQ(in.remaining(), 0U);
        for (const std::uint32_t i : {3U, 30U}) {
            EXPECT_EQ(back.split(Innovation{i}, no_hidden), table.split(Innovation{i}, no_hidden));
            EXPECT_EQ(back.connection(NodeId{0}, NodeId{i}), table.connection(NodeId{0}, NodeId{i}));
        }
        ByteWriter again;
        ByteWriter expected;
        back.write(again);
        table.write(expected);
        EXPECT_TRUE(std::ranges::equal(again.bytes(), expected.bytes()));
    }
}

TEST(InnovationTable, SaysWhenTheNumbersAreUsedUp) {
    InnovationTable table = table_of(InnovationScope::run);
    table.adopt(store_of(table_shape, {node(2), node(0xffffffe0U)}, {connection(0, 0, 2)})[0]);
    EXPECT_THROW(
        {
            for (std::uint32_t i = 0; i < 100; ++i) (void)table.split(Innovation{i}, no_hidden);
        },
        Error);
}

}  // namespace
}  // namespace clade
