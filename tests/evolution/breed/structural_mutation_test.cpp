#include <clade/evolution/breed/structural_mutation.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <set>

namespace clade {
namespace {

Stream stream_of(std::uint64_t seed) { return {{seed, 0, Purpose::plan}, 0}; }

StructureDraft draft_of(const GenomeStore& store) {
    StructureDraft draft;
    draft.load(store[0], store.shape());
    return draft;
}

/// What a draft's structure is, as a store whose innovations and nodes are sorted.
GenomeStore structure_of(StructureDraft draft) {
    draft.sort();
    GenomeStore store(draft.shape());
    const GenomeSize size = draft.size();
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    for (std::size_t i = 0; i < size.nodes; ++i) set_node(rows, i, {.node_id = draft.nodes()[i].id});
    for (std::size_t i = 0; i < size.connections; ++i) {
        const auto& c = draft.connections()[i];
        set_connection(rows, i, {c.innovation, c.source, c.target, 0.0F, c.enabled});
    }
    return store;
}

const StructureDraft::Connection* find(const StructureDraft& draft, std::uint32_t innovation) {
    for (const auto& c : draft.connections()) {
        if (raw(c.innovation) == innovation) return &c;
    }
    return nullptr;
}

constexpr NewNumbers numbers{NodeId{50}, Innovation{60}, Innovation{61}, Innovation{62}};

TEST(StructuralMutation, ASplitDisablesTheConnectionAndKeepsItsFunction) {
    StructureDraft draft = draft_of(small_genome());
    draft.apply({MutationKind::add_node, 1}, numbers);
    EXPECT_EQ(find(draft, 1)->enabled, 0);
    const auto* into = find(draft, 60);
    const auto* out_of = find(draft, 61);
    ASSERT_TRUE(into != nullptr && out_of != nullptr);
    EXPECT_EQ(into->source, NodeId{1});
    EXPECT_EQ(into->target, NodeId{50});
    EXPECT_EQ(into->weight, 1.0F) << "weight 1 into the new node";
    EXPECT_EQ(into->enabled, 1);
    EXPECT_EQ(out_of->target, NodeId{2});
    EXPECT_EQ(out_of->weight_row, 1U) << "the old weight out of it";
    EXPECT_EQ(joined(structure_of(draft).violations()), "");
}

TEST(StructuralMutation, OnlyEnabledConnectionsAreSplit) {
    const GenomeStore store = small_genome();  // connection 0 is disabled
    MutationChooser chooser({}, true);
    std::set<std::uint32_t> chosen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Stream random = stream_of(seed);
        chosen.insert(chooser.choose(MutationKind::add_node, draft_of(store), random)->first);
    }
    EXPECT_EQ(chosen, (std::set<std::uint32_t>{1, 2, 3}));
    GenomeStore disabled = store;
    for (auto& enabled : disabled.rows(0).enabled) enabled = 0;
    Stream random = stream_of(0);
    EXPECT_EQ(chooser.choose(MutationKind::add_node, draft_of(disabled), random), std::nullopt);
}

TEST(StructuralMutation, AFullGraphGetsNoFurtherConnection) {
    for (const bool feed_forward : {true, false}) {
        GenomeStore store({1, 1, false});
        if (feed_forward) {
            store.append(store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1, 1.0F, false)})[0]);
        } else {
            store.append(store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1), connection(1, 1, 1)})[0]);
        }
        MutationChooser chooser({}, feed_forward);
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            Stream random = stream_of(seed);
            EXPECT_EQ(chooser.choose(MutationKind::add_connection, draft_of(store), random), std::nullopt);
        }
    }
}

TEST(StructuralMutation, FeedForwardNewConnectionsNeverCloseACycleNorLeaveAnOutput) {
    // Connection 3 -> 4 is disabled, and counts all the same.
    const GenomeStore store =
        store_of({1, 2, false}, {node(1), node(2), node(3), node(4), node(5)},
                 {connection(0, 0, 3), connection(1, 3, 4, 1.0F, false), connection(2, 4, 5), connection(3, 5, 1)});
    MutationChooser chooser({}, true);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        Stream random = stream_of(seed);
        const auto mutation = chooser.choose(MutationKind::add_connection, draft_of(store), random);
        if (mutation) seen.emplace(mutation->first, mutation->second);
    }
    EXPECT_EQ(seen, (std::set<std::pair<std::uint32_t, std::uint32_t>>{
                        {0, 1}, {0, 2}, {0, 4}, {0, 5}, {3, 1}, {3, 2}, {3, 5}, {4, 1}, {4, 2}, {5, 2}}));
}

TEST(StructuralMutation, RecurrentNewConnectionsMayLoopButNeverEnterAnInput) {
    const GenomeStore store = store_of({1, 1, true}, {node(2), node(3)}, {connection(0, 0, 2)});
    MutationChooser chooser({}, false);
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        Stream random = stream_of(seed);
        const auto mutation = chooser.choose(MutationKind::add_connection, draft_of(store), random);
        if (mutation) seen.emplace(mutation->first, mutation->second);
    }
    EXPECT_EQ(seen, (std::set<std::pair<std::uint32_t, std::uint32_t>>{
                        {0, 3}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 2}, {3, 3}}));
}

TEST(StructuralMutation, DeletingANodeRemovesItsConnectionsAndDanglingNodes) {
    // 0 -> 3 -> 4 -> 2, and 1 -> 2: without 4, node 3 leads nowhere.
    const GenomeStore store =
        store_of({2, 1, false}, {node(2), node(3), node(4)},
                 {connection(0, 0, 3), connection(1, 3, 4), connection(2, 4, 2), connection(3, 1, 2)});
    StructureDraft draft = draft_of(store);
    draft.apply({MutationKind::delete_node, 4}, numbers);
    EXPECT_EQ(draft.nodes().size(), 1U);
    ASSERT_EQ(draft.connections().size(), 1U);
    EXPECT_EQ(raw(draft.connections()[0].innovation), 3U);
}

TEST(StructuralMutation, DeletingTheLastPathLeavesALegalGenome) {
    StructureDraft draft = draft_of(store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1)}));
    draft.apply({MutationKind::delete_connection, 0}, numbers);
    EXPECT_EQ(draft.size().connections, 0U);
    EXPECT_EQ(joined(structure_of(draft).violations()), "");
    MutationChooser chooser({}, true);
    Stream random = stream_of(0);
    for (const MutationKind kind : {MutationKind::add_node, MutationKind::delete_node, MutationKind::delete_connection,
                                    MutationKind::toggle_connection}) {
        EXPECT_EQ(chooser.choose(kind, draft, random), std::nullopt) << name_of(kind);
    }
    EXPECT_NE(chooser.choose(MutationKind::add_connection, draft, random), std::nullopt);
}

TEST(StructuralMutation, AnOnlyLoopDoesNotKeepANodeAlive) {
    StructureDraft draft = draft_of(
        store_of({1, 1, false}, {node(1), node(2)}, {connection(0, 0, 2), connection(1, 2, 2), connection(2, 2, 1)}));
    draft.apply({MutationKind::delete_connection, 0}, numbers);
    EXPECT_EQ(draft.nodes().size(), 1U);
    EXPECT_TRUE(draft.connections().empty());
}

TEST(StructuralMutation, OutputsAreNeverDeleted) {
    const GenomeStore store = small_genome();
    MutationChooser chooser({}, true);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        Stream random = stream_of(seed);
        EXPECT_EQ(chooser.choose(MutationKind::delete_node, draft_of(store), random)->first, 3U);
    }
}

TEST(StructuralMutation, ToggleGoesBothWays) {
    StructureDraft draft = draft_of(small_genome());
    draft.apply({MutationKind::toggle_connection, 0}, numbers);
    draft.apply({MutationKind::toggle_connection, 1}, numbers);
    EXPECT_EQ(find(draft, 0)->enabled, 1);
    EXPECT_EQ(find(draft, 1)->enabled, 0);
}

TEST(StructuralMutation, CapsAreKept) {
    MutationParams params;
    params.max_hidden_nodes = 1;
    Stream random = stream_of(0);
    EXPECT_EQ(MutationChooser(params, true).choose(MutationKind::add_node, draft_of(small_genome()), random),
              std::nullopt);
    params = {};
    params.max_connections = 5;  // a split adds two to the four there are
    MutationChooser chooser(params, true);
    EXPECT_EQ(chooser.choose(MutationKind::add_node, draft_of(small_genome()), random), std::nullopt);
    EXPECT_NE(chooser.choose(MutationKind::add_connection, draft_of(small_genome()), random), std::nullopt);
    params.max_connections = 4;
    EXPECT_EQ(MutationChooser(params, true).choose(MutationKind::add_connection, draft_of(small_genome()), random),
              std::nullopt);
}

TEST(StructuralMutation, ProvisionalNumbersLeadToTheSameStructure) {
    // Whatever is chosen on a draft with provisional numbers must do the same once the numbers are there, also if later
    // mutations name the new genes of earlier ones.
    constexpr NewNumbers provisional;
    MutationParams params;
    const GenomeStore population = evolved_population(1, 15);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Stream random = stream_of(seed);
        GenomeStore genome(population.shape());
        genome.append(population[random.below(static_cast<std::uint32_t>(population.size()))]);
        MutationChooser chooser(params, true);
        StructureDraft draft = draft_of(genome);
        StructureDraft again = draft_of(genome);
        constexpr NewNumbers given{NodeId{5000}, Innovation{6000}, Innovation{6001}, Innovation{6002}};
        for (const MutationKind kind : {MutationKind::add_node, MutationKind::add_connection, MutationKind::delete_node,
                                        MutationKind::delete_connection, MutationKind::toggle_connection}) {
            const auto mutation = chooser.choose(kind, draft, random);
            if (!mutation) continue;
            draft.apply(*mutation, provisional);
            again.apply(*mutation, given);
        }
        ASSERT_EQ(draft.size().nodes, again.size().nodes) << "seed " << seed;
        ASSERT_EQ(draft.size().connections, again.size().connections) << "seed " << seed;
        for (std::size_t i = 0; i < draft.connections().size(); ++i) {
            ASSERT_EQ(given.resolve(draft.connections()[i].innovation), again.connections()[i].innovation);
            ASSERT_EQ(draft.connections()[i].enabled, again.connections()[i].enabled);
        }
        const GenomeStore result = structure_of(again);
        ASSERT_EQ(joined(result.violations()), "") << "seed " << seed;
        ASSERT_TRUE(all_acyclic(result)) << "seed " << seed;
    }
}

std::array<std::size_t, mutation_kind_count> kind_counts(const MutationParams& params, std::size_t draws,
                                                         std::size_t* many) {
    std::array<std::size_t, mutation_kind_count> counts{};
    const MutationChooser chooser(params, true);
    Stream random = stream_of(3);
    for (std::size_t i = 0; i < draws; ++i) {
        const unsigned kinds = chooser.kinds(random);
        std::size_t chosen = 0;
        for (std::size_t k = 0; k < mutation_kind_count; ++k) {
            if ((kinds >> k & 1U) == 0) continue;
            ++counts[k];
            ++chosen;
        }
        if (chosen > 1 && many != nullptr) ++*many;
    }
    return counts;
}

MutationParams rates(double a, double b, double c, double d, double e, StructuralBudget budget) {
    MutationParams params;
    params.add_node_probability = a;
    params.add_connection_probability = b;
    params.delete_node_probability = c;
    params.delete_connection_probability = d;
    params.toggle_connection_probability = e;
    params.structural_budget = budget;
    return params;
}

TEST(StructuralBudget, OneGivesAtMostOneKindAtItsProbability) {
    std::size_t many = 0;
    const auto counts = kind_counts(rates(0.1, 0.2, 0.0, 0.3, 0.05, StructuralBudget::one), 100000, &many);
    EXPECT_EQ(many, 0U);
    EXPECT_NEAR(static_cast<double>(counts[0]), 10000.0, 400.0);
    EXPECT_NEAR(static_cast<double>(counts[1]), 20000.0, 600.0);
    EXPECT_EQ(counts[2], 0U);
    EXPECT_NEAR(static_cast<double>(counts[3]), 30000.0, 700.0);
    EXPECT_NEAR(static_cast<double>(counts[4]), 5000.0, 300.0);
}

TEST(StructuralBudget, OneSharesProbabilitiesThatExceedOneTogether) {
    const auto counts = kind_counts(rates(1.0, 1.0, 0.0, 0.0, 2.0 / 3.0, StructuralBudget::one), 80000, nullptr);
    EXPECT_NEAR(static_cast<double>(counts[0]), 30000.0, 700.0);
    EXPECT_NEAR(static_cast<double>(counts[1]), 30000.0, 700.0);
    EXPECT_NEAR(static_cast<double>(counts[4]), 20000.0, 600.0);
}

TEST(StructuralBudget, SeveralDrawsEachKindOnItsOwn) {
    const auto counts = kind_counts(rates(1.0, 0.5, 0.0, 0.25, 1.0, StructuralBudget::several), 100000, nullptr);
    EXPECT_EQ(counts[0], 100000U);
    EXPECT_NEAR(static_cast<double>(counts[1]), 50000.0, 700.0);
    EXPECT_EQ(counts[2], 0U);
    EXPECT_NEAR(static_cast<double>(counts[3]), 25000.0, 600.0);
    EXPECT_EQ(counts[4], 100000U);
}

TEST(StructuralBudget, AllZeroNeverMutates) {
    for (const StructuralBudget budget : {StructuralBudget::one, StructuralBudget::several}) {
        EXPECT_EQ(kind_counts(rates(0, 0, 0, 0, 0, budget), 10000, nullptr), (std::array<std::size_t, 5>{}));
    }
}

}  // namespace
}  // namespace clade
