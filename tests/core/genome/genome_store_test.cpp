#include <clade/core/genome/genome_store.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace clade {
namespace {

constexpr GenomeShape shape{2, 1, false};

std::string broken(const GenomeStore& store) { return joined(store.violations()); }

TEST(GenomeStore, FindsNothingWrongWithASoundGenome) { EXPECT_EQ(broken(small_genome()), ""); }

TEST(GenomeStore, FindsNothingWrongWithNoGenomes) {
    EXPECT_EQ(broken(GenomeStore(shape)), "");
    EXPECT_TRUE(GenomeStore(shape).empty());
}

TEST(GenomeStore, NamesInnovationsOutOfOrder) {
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(5, 0, 2), connection(4, 1, 2)})),
              "genome 0: innovation 4 follows 5 (I2)");
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(5, 0, 2), connection(5, 1, 2)})),
              "genome 0: innovation 5 follows 5 (I2)");
}

TEST(GenomeStore, NamesNodesOutOfOrder) {
    EXPECT_EQ(broken(store_of(shape, {node(2), node(5), node(4)})), "genome 0: node 4 follows 5 (I3)");
    EXPECT_EQ(broken(store_of(shape, {node(2), node(4), node(4)})), "genome 0: node 4 follows 4 (I3)");
}

TEST(GenomeStore, NamesAMissingOutput) {
    EXPECT_EQ(broken(store_of(shape, {node(3)})), "genome 0: output node 2 is not node row 0 (I3)");
    EXPECT_EQ(broken(store_of({2, 2, false}, {node(2)})), "genome 0: output node 3 is not node row 1 (I3)");
    EXPECT_EQ(broken(store_of(shape, {})), "genome 0: output node 2 is not node row 0 (I3)");
}

TEST(GenomeStore, NamesAnInputWithANodeRow) {
    EXPECT_EQ(broken(store_of(shape, {node(1), node(2)})),
              "genome 0: output node 2 is not node row 0 (I3)\ngenome 0: input 1 has a node row (I3)");
    EXPECT_NE(broken(store_of({2, 1, true}, {node(2), node(3)})).find("input 2 has a node row (I3)"),
              std::string::npos);
}

TEST(GenomeStore, NamesAConnectionToAMissingNode) {
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(7, 0, 9)})),
              "genome 0: connection 7 leads to missing node 9 (I4)");
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(7, 9, 2)})),
              "genome 0: connection 7 comes from missing node 9 (I4)");
}

TEST(GenomeStore, NamesAConnectionIntoAnInput) {
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(7, 2, 1)})),
              "genome 0: connection 7 leads to missing node 1 (I4)");
}

TEST(GenomeStore, NamesTwoConnectionsBetweenTheSameNodes) {
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(1, 0, 2), connection(4, 1, 2), connection(6, 0, 2)})),
              "genome 0: two connections from 0 to 2 (I5)");
}

TEST(GenomeStore, NamesNumbersThatAreNotFinite) {
    const float infinity = std::numeric_limits<float>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(broken(store_of(shape, {node(2, nan)})), "genome 0: node 2 has a bias that is not finite (I6)");
    EXPECT_EQ(broken(store_of(shape, {{.node_id = NodeId{2}, .response = infinity}})),
              "genome 0: node 2 has a response that is not finite (I6)");
    EXPECT_EQ(broken(store_of(shape, {node(2)}, {connection(1, 0, 2, -infinity)})),
              "genome 0: connection 1 has a weight that is not finite (I6)");
}

TEST(GenomeStore, NamesAnEnabledFlagThatIsNeitherZeroNorOne) {
    GenomeStore store = small_genome();
    store.rows(0).enabled[1] = 2;
    EXPECT_EQ(broken(store), "genome 0: connection 1 has an enabled flag that is neither 0 nor 1 (I7)");
}

TEST(GenomeStore, NamesTheGenomeThatIsBroken) {
    GenomeStore store = small_genome();
    store.append(small_genome()[0]);
    store.append(small_genome()[0]);
    store.rows(2).weight[0] = std::nanf("");
    EXPECT_EQ(broken(store), "genome 2: connection 0 has a weight that is not finite (I6)");
}

TEST(GenomeStore, RefusesAShapeBeyondTheIds) {
    EXPECT_EQ(broken(GenomeStore({0xffffffffU, 0xffffffffU, true})),
              "the shape promises more inputs and outputs than there are ids (I3)");
}

TEST(GenomeStore, AppendKeepsEarlierGenomesUnchanged) {
    GenomeStore store = small_genome();
    const std::uint64_t before = small_genome().digest();
    for (int i = 0; i < 100; ++i) EXPECT_EQ(store.append(small_genome()[0]), static_cast<std::size_t>(i) + 1);
    GenomeStore first(shape);
    first.append(store[0]);
    EXPECT_EQ(first.digest(), before);
    EXPECT_EQ(store.size(), 101U);
    EXPECT_EQ(store.node_count(), 202U);
    EXPECT_EQ(store.connection_count(), 404U);
}

TEST(GenomeStore, PlaceGivesEveryGenomeItsOwnRows) {
    GenomeStore store(shape);
    const std::vector<GenomeSize> sizes{{3, 4}, {5, 0}, {0, 2}, {2, 1}};
    store.place(sizes);
    std::set<const NodeId*> nodes;
    std::set<const float*> weights;
    for (std::size_t genome = 0; genome < store.size(); ++genome) {
        const GenomeView view = store[genome];
        ASSERT_EQ(view.node_count(), sizes[genome].nodes);
        ASSERT_EQ(view.connection_count(), sizes[genome].connections);
        for (const NodeId& id : view.node_id) nodes.insert(&id);
        for (const float& weight : view.weight) weights.insert(&weight);
    }
    EXPECT_EQ(nodes.size(), 10U);
    EXPECT_EQ(weights.size(), 7U);
    EXPECT_EQ(store.node_count(), 10U);
    EXPECT_EQ(store.topologies().size(), 4U);
}

TEST(GenomeStore, PlaceKeepsTheMemory) {
    GenomeStore store(shape);
    const std::vector<GenomeSize> large(100, {10, 20});
    const std::vector<GenomeSize> small(7, {1, 1});
    store.place(large);
    const std::size_t bytes = store.capacity_bytes();
    EXPECT_GE(bytes, 100U * (20 + 10 * 14 + 20 * 17)) << "a topology each";
    store.place(small);
    store.clear();
    store.place(large);
    EXPECT_EQ(store.capacity_bytes(), bytes);
}

TEST(GenomeStore, GenomesOfEqualStructureShareATopology) {
    GenomeStore store(shape);
    const GenomeStore other = store_of(shape, {node(2)}, {connection(0, 0, 2)});
    for (int i = 0; i < 3; ++i) {
        store.append(small_genome()[0]);
        store.append(other[0]);
    }
    EXPECT_EQ(store.topologies().size(), 2U);
    EXPECT_EQ(std::vector(store.topology_numbers().begin(), store.topology_numbers().end()),
              (std::vector<std::uint32_t>{0, 1, 0, 1, 0, 1}));
    EXPECT_EQ(store[4].innovation.data(), store[0].innovation.data());
    EXPECT_NE(store[4].weight.data(), store[0].weight.data());
}

TEST(GenomeStore, AStructureThatDiffersInOneColumnIsAnotherTopology) {
    const auto structures = [](const GenomeStore& second) {
        GenomeStore store = small_genome();
        store.clear();
        store.append(small_genome()[0]);
        store.append(second[0]);
        return store.topologies().size();
    };
    EXPECT_EQ(structures(small_genome()), 1U);
    const auto with = [&](auto change) {
        GenomeStore store = small_genome();
        change(store.rows(0));
        return structures(store);
    };
    EXPECT_EQ(with([](const GenomeRows& rows) { rows.node_id[1] = NodeId{4}; }), 2U);
    EXPECT_EQ(with([](const GenomeRows& rows) { rows.innovation[3] = Innovation{9}; }), 2U);
    EXPECT_EQ(with([](const GenomeRows& rows) { rows.source[3] = NodeId{1}; }), 2U);
    EXPECT_EQ(with([](const GenomeRows& rows) { rows.target[3] = NodeId{3}; }), 2U);
    EXPECT_EQ(with([](const GenomeRows& rows) { rows.enabled[3] = 0; }), 1U) << "an attribute";
}

TEST(GenomeStore, RowsOfAGenomeThatSharesItsTopologyChangeNoOther) {
    GenomeStore store(shape);
    for (int i = 0; i < 3; ++i) store.append(small_genome()[0]);
    store.rows(1).source[3] = NodeId{1};
    EXPECT_EQ(store[1].source[3], NodeId{1});
    EXPECT_EQ(store[0].source[3], NodeId{3});
    EXPECT_EQ(store[2].source[3], NodeId{3});
    store.append(small_genome()[0]);
    EXPECT_EQ(store.topology_of(3), store.topology_of(0));
}

TEST(GenomeStore, SharedTopologiesLeaveTheDigestAsItIs) {
    GenomeStore shared(shape);
    GenomeStore apart(shape);
    const GenomeSize size = small_genome().size_of(0);
    apart.place(std::vector<GenomeSize>(50, size));
    for (std::size_t i = 0; i < 50; ++i) {
        shared.append(small_genome()[0]);
        for (std::size_t row = 0; row < size.nodes; ++row) set_node(apart.rows(i), row, small_genome()[0].node(row));
        for (std::size_t row = 0; row < size.connections; ++row) {
            set_connection(apart.rows(i), row, small_genome()[0].connection(row));
        }
    }
    EXPECT_EQ(shared.topologies().size(), 1U);
    EXPECT_EQ(apart.topologies().size(), 50U);
    EXPECT_EQ(shared.digest(), apart.digest());
}

TEST(GenomeStore, DigestChangesWithEveryColumn) {
    std::set<std::uint64_t> digests{small_genome().digest()};
    const auto with = [&](auto change) {
        GenomeStore store = small_genome();
        change(store.rows(0));
        digests.insert(store.digest());
    };
    with([](const GenomeRows& rows) { rows.node_id[1] = NodeId{4}; });
    with([](const GenomeRows& rows) { rows.bias[0] += 1.0F; });
    with([](const GenomeRows& rows) { rows.response[0] += 1.0F; });
    with([](const GenomeRows& rows) { rows.activation[0] = Activation::relu; });
    with([](const GenomeRows& rows) { rows.aggregation[0] = Aggregation::max; });
    with([](const GenomeRows& rows) { rows.innovation[3] = Innovation{9}; });
    with([](const GenomeRows& rows) { rows.source[3] = NodeId{1}; });
    with([](const GenomeRows& rows) { rows.target[3] = NodeId{3}; });
    with([](const GenomeRows& rows) { rows.weight[3] = -rows.weight[3]; });
    with([](const GenomeRows& rows) { rows.enabled[3] = 0; });
    EXPECT_EQ(digests.size(), 11U);
}

TEST(GenomeStore, DigestChangesWithShapeAndGenomeEnds) {
    std::set<std::uint64_t> digests{GenomeStore(shape).digest(), GenomeStore({2, 1, true}).digest(),
                                    GenomeStore({3, 1, false}).digest(), GenomeStore({2, 2, false}).digest()};
    const auto placed = [](std::vector<GenomeSize> sizes) {
        GenomeStore store(shape);
        store.place(sizes);
        for (std::size_t genome = 0; genome < store.size(); ++genome) {
            for (std::size_t row = 0; row < sizes[genome].nodes; ++row) set_node(store.rows(genome), row, node(2));
        }
        return store.digest();
    };
    digests.insert(placed({{2, 0}}));
    digests.insert(placed({{1, 0}, {1, 0}}));
    digests.insert(placed({{2, 0}, {0, 0}}));
    EXPECT_EQ(digests.size(), 7U);
}

TEST(GenomeStore, CopiesAreIndependent) {
    const GenomeStore original = small_genome();
    GenomeStore copy = original;
    copy.rows(0).weight[0] = 3.0F;
    EXPECT_EQ(original.digest(), small_genome().digest());
    EXPECT_NE(copy.digest(), original.digest());
    copy = original;
    EXPECT_EQ(copy.digest(), original.digest());
}

TEST(GenomeStore, ReadsBackWhatItWrote) {
    const GenomeStore store = evolved_population(3, 8);
    ByteWriter out;
    write_store(store, out);
    ByteReader in(out.bytes());
    const GenomeStore back = read_store(in);
    EXPECT_EQ(in.remaining(), 0U);
    EXPECT_EQ(back.digest(), store.digest());
    EXPECT_EQ(back.shape(), store.shape());
    EXPECT_TRUE(std::ranges::equal(back.topology_numbers(), store.topology_numbers()));
    EXPECT_LT(back.topologies().size(), back.size());
}

TEST(GenomeStore, TruncatedBytesAreAFormatError) {
    ByteWriter out;
    write_store(small_genome(), out);
    for (std::size_t size = 0; size < out.bytes().size(); ++size) {
        ByteReader in(out.bytes().first(size));
        EXPECT_THROW((void)read_store(in), FormatError) << size;
    }
}

TEST(GenomeStore, DamagedBytesAreAFormatErrorOrASoundStore) {
    ByteWriter out;
    write_store(small_genome(), out);
    const std::vector<std::byte> good(out.bytes().begin(), out.bytes().end());
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const unsigned flip : {0x01U, 0x80U, 0xffU}) {
            std::vector<std::byte> bad = good;
            bad[at] ^= static_cast<std::byte>(flip);
            ByteReader in(bad);
            try {
                EXPECT_EQ(broken(read_store(in)), "");
            } catch (const FormatError&) {
            }
        }
    }
}

TEST(GenomeStore, FindsNodesById) {
    const std::vector<NodeId> ids{NodeId{2}, NodeId{5}, NodeId{9}};
    EXPECT_EQ(find_node(ids, NodeId{2}), 0U);
    EXPECT_EQ(find_node(ids, NodeId{9}), 2U);
    EXPECT_EQ(find_node(ids, NodeId{1}), 3U);
    EXPECT_EQ(find_node(ids, NodeId{6}), 3U);
    EXPECT_EQ(find_node(ids, NodeId{10}), 3U);
    EXPECT_EQ(find_node({}, NodeId{0}), 0U);
}

TEST(GenomeShape, NumbersInputsThenBiasThenOutputsThenHiddenNodes) {
    constexpr GenomeShape with_bias{2, 3, true};
    EXPECT_EQ(with_bias.first_output(), 3U);
    EXPECT_EQ(with_bias.first_hidden(), 6U);
    EXPECT_TRUE(with_bias.is_input(NodeId{2}));
    EXPECT_FALSE(with_bias.is_input(NodeId{3}));
    EXPECT_FALSE(with_bias.is_hidden(NodeId{5}));
    EXPECT_TRUE(with_bias.is_hidden(NodeId{6}));
}

template <class Id>
concept Adds = requires(Id id) { id + 1; };
static_assert(!Adds<NodeId> && !Adds<Innovation>, "ids are no numbers");

}  // namespace
}  // namespace clade
