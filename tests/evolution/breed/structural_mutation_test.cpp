#include <clade/evolution/breed/structural_mutation.hpp>

#include "tests/support/genomes.hpp"
#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace clade {
namespace {

struct SoundMutation {
    static constexpr std::string_view name = "sound";
    static double probability(const MutationParams& /*params*/) { return 0.0; }
    static std::optional<SoundMutation> choose(const StructureDraft& /*draft*/, MutationContext& /*context*/,
                                               Stream& /*random*/) {
        return std::nullopt;
    }
    void apply(StructureDraft& /*draft*/) const {}
};

struct MutationWithoutConst : SoundMutation {
    static std::optional<MutationWithoutConst> choose(const StructureDraft& /*draft*/, MutationContext& /*context*/,
                                                      Stream& /*random*/) {
        return std::nullopt;
    }
    void apply(StructureDraft& /*draft*/) {}
};

struct MutationWithoutStatic : SoundMutation {
    std::optional<MutationWithoutStatic> choose(const StructureDraft& /*draft*/, MutationContext& /*context*/,
                                                Stream& /*random*/) {
        return std::nullopt;
    }
};

TEST(StructuralMutation, NeedsAConstApplyAndAStaticChoose) {
    EXPECT_TRUE(MutationKind<SoundMutation>);
    EXPECT_FALSE(MutationKind<MutationWithoutConst>);
    EXPECT_FALSE(MutationKind<MutationWithoutStatic>);
}

/// Sets the number of this name to 1, all other probabilities to 0.
class OnlyProbability final : public FieldVisitor {
public:
    explicit OnlyProbability(std::string_view name = "") : name_(name) {}

    std::vector<std::string> names;  ///< of all probabilities

protected:
    void visit(const FieldInfo& info, double& value) override {
        if (!info.name.ends_with("_probability")) return;
        names.emplace_back(info.name);
        value = info.name == name_ ? 1.0 : 0.0;
    }
    void visit(const FieldInfo& /*info*/, bool& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, int& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::uint64_t& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::string& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::optional<std::uint64_t>& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::optional<double>& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::vector<double>& /*value*/) override {}
    void visit(const FieldInfo& /*info*/, std::vector<std::string>& /*value*/) override {}
    void visit_choice(const FieldInfo& /*info*/, int& /*choice*/) override {}
    void enter(std::string_view /*name*/, std::string_view /*meaning*/) override {}
    void leave() override {}

private:
    std::string_view name_;
};

TEST(StructuralMutation, EveryProbabilityBelongsToOneKind) {
    MutationParams params;
    OnlyProbability all;
    visit_fields(params, all);
    EXPECT_EQ(all.names.size(), mutation_kinds + 1);
    for (const std::string& name : all.names) {
        OnlyProbability only(name);
        visit_fields(params, only);
        std::size_t kinds = 0;
        for (const double one : for_mutation_kinds(
                 [&]<class Mutation>(std::type_identity<Mutation>) { return Mutation::probability(params); })) {
            kinds += one > 0.0 ? 1U : 0U;
        }
        EXPECT_EQ(kinds, name == "attributes_probability" ? 0U : 1U) << name << ": is its kind in StructuralMutation?";
    }
}

Stream stream_of(std::uint64_t seed) { return {{seed, 0, Purpose::plan}, 0}; }

StructureDraft draft_of(const GenomeStore& store) {
    StructureDraft draft;
    draft.load(store[0], store.shape());
    return draft;
}

/// Answers a draft's requests: nodes get numbers from 5000 on, connections from 6000 on.
std::vector<NumberRequest> answers_to(const StructureDraft& draft) {
    std::vector<NumberRequest> answers(draft.requests().begin(), draft.requests().end());
    std::uint32_t node = 5000;
    std::uint32_t connection = 6000;
    for (NumberRequest& request : answers) {
        request.number = request.gene == NumberRequest::Gene::node ? node++ : connection++;
    }
    return answers;
}

/// A numbered draft's structure as a store.
GenomeStore structure_of(const StructureDraft& draft) {
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

/// What applying the mutation to the first genome of a store gives, numbered.
template <class Mutation>
StructureDraft mutated(const GenomeStore& store, const Mutation& mutation) {
    StructureDraft draft = draft_of(store);
    mutation.apply(draft);
    draft.take_numbers(answers_to(draft));
    return draft;
}

/// One choice on the first genome of a store.
template <class Mutation>
std::optional<Mutation> chosen(const GenomeStore& store, std::uint64_t seed, bool acyclic = true,
                               const MutationParams& params = {}) {
    MutationContext context{.params = params, .acyclic = acyclic};
    Stream random = stream_of(seed);
    return Mutation::choose(draft_of(store), context, random);
}

const StructureDraft::Connection* find(const StructureDraft& draft, std::uint32_t innovation) {
    for (const auto& c : draft.connections()) {
        if (raw(c.innovation) == innovation) return &c;
    }
    return nullptr;
}

TEST(StructuralMutation, ASplitDisablesTheConnectionAndKeepsItsFunction) {
    const StructureDraft draft = mutated(small_genome(), SplitConnection{Innovation{1}});
    EXPECT_EQ(find(draft, 1)->enabled, 0);
    const auto* into = find(draft, 6000);
    const auto* out_of = find(draft, 6001);
    ASSERT_TRUE(into != nullptr && out_of != nullptr);
    EXPECT_EQ(into->source, NodeId{1});
    EXPECT_EQ(into->target, NodeId{5000});
    EXPECT_EQ(into->weight, 1.0F) << "weight 1 into the new node";
    EXPECT_EQ(into->enabled, 1);
    EXPECT_EQ(out_of->target, NodeId{2});
    EXPECT_EQ(out_of->weight_row, 1U) << "the old weight out of it";
    EXPECT_EQ(joined(structure_of(draft).violations()), "");
}

TEST(StructuralMutation, OnlyEnabledConnectionsAreSplit) {
    const GenomeStore store = small_genome();  // connection 0 is disabled
    std::set<std::uint32_t> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) seen.insert(raw(chosen<SplitConnection>(store, seed)->connection));
    EXPECT_EQ(seen, (std::set<std::uint32_t>{1, 2, 3}));
    GenomeStore disabled = store;
    for (auto& enabled : disabled.rows(0).enabled) enabled = 0;
    EXPECT_FALSE(chosen<SplitConnection>(disabled, 0));
}

TEST(StructuralMutation, EveryEnabledConnectionIsSplitEquallyOften) {
    const GenomeStore store = small_genome();
    std::array<std::size_t, 3> split{};
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        ++split.at(raw(chosen<SplitConnection>(store, seed)->connection) - 1);
    }
    EXPECT_LT(chi_square(split), chi_square_bound(split.size())) << "the newest is the last";
}

TEST(StructuralMutation, AFullGraphGetsNoFurtherConnection) {
    const GenomeStore acyclic = store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1, 1.0F, false)});
    const GenomeStore cyclic = store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1), connection(1, 1, 1)});
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        EXPECT_FALSE(chosen<AddConnection>(acyclic, seed, true));
        EXPECT_FALSE(chosen<AddConnection>(cyclic, seed, false));
    }
}

using Ends = std::set<std::pair<std::uint32_t, std::uint32_t>>;

/// The ends of all connections that 2000 seeds add.
Ends added_connections(const GenomeStore& store, bool acyclic) {
    Ends seen;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        if (const auto added = chosen<AddConnection>(store, seed, acyclic)) {
            seen.emplace(raw(added->source), raw(added->target));
        }
    }
    return seen;
}

TEST(StructuralMutation, AcyclicNewConnectionsNeverCloseACycleNorLeaveAnOutput) {
    // Connection 3 -> 4 is disabled, and counts all the same.
    const GenomeStore store =
        store_of({1, 2, false}, {node(1), node(2), node(3), node(4), node(5)},
                 {connection(0, 0, 3), connection(1, 3, 4, 1.0F, false), connection(2, 4, 5), connection(3, 5, 1)});
    EXPECT_EQ(added_connections(store, true),
              (Ends{{0, 1}, {0, 2}, {0, 4}, {0, 5}, {3, 1}, {3, 2}, {3, 5}, {4, 1}, {4, 2}, {5, 2}}));
}

TEST(StructuralMutation, OtherNewConnectionsMayLoopButNeverEnterAnInput) {
    const GenomeStore store = store_of({1, 1, true}, {node(2), node(3)}, {connection(0, 0, 2)});
    EXPECT_EQ(added_connections(store, false), (Ends{{0, 3}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 2}, {3, 3}}));
}

TEST(StructuralMutation, DeletingANodeRemovesItsConnectionsAndDanglingNodes) {
    // 0 -> 3 -> 4 -> 2, and 1 -> 2: without 4, node 3 leads nowhere.
    const GenomeStore store =
        store_of({2, 1, false}, {node(2), node(3), node(4)},
                 {connection(0, 0, 3), connection(1, 3, 4), connection(2, 4, 2), connection(3, 1, 2)});
    const StructureDraft draft = mutated(store, DeleteNode{NodeId{4}});
    EXPECT_EQ(draft.nodes().size(), 1U);
    ASSERT_EQ(draft.connections().size(), 1U);
    EXPECT_EQ(raw(draft.connections()[0].innovation), 3U);
}

TEST(StructuralMutation, DeletingTheLastPathLeavesALegalGenome) {
    const GenomeStore store = store_of({1, 1, false}, {node(1)}, {connection(0, 0, 1)});
    const StructureDraft draft = mutated(store, DeleteConnection{Innovation{0}});
    EXPECT_EQ(draft.size().connections, 0U);
    const GenomeStore unconnected = structure_of(draft);
    EXPECT_EQ(joined(unconnected.violations()), "");
    EXPECT_FALSE(chosen<SplitConnection>(unconnected, 0));
    EXPECT_FALSE(chosen<DeleteNode>(unconnected, 0));
    EXPECT_FALSE(chosen<DeleteConnection>(unconnected, 0));
    EXPECT_FALSE(chosen<ToggleConnection>(unconnected, 0));
    EXPECT_TRUE(chosen<AddConnection>(unconnected, 0));
}

TEST(StructuralMutation, AnOnlyLoopDoesNotKeepANodeAlive) {
    const GenomeStore store =
        store_of({1, 1, false}, {node(1), node(2)}, {connection(0, 0, 2), connection(1, 2, 2), connection(2, 2, 1)});
    const StructureDraft draft = mutated(store, DeleteConnection{Innovation{0}});
    EXPECT_EQ(draft.nodes().size(), 1U);
    EXPECT_TRUE(draft.connections().empty());
}

TEST(StructuralMutation, OutputsAreNeverDeleted) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        EXPECT_EQ(raw(chosen<DeleteNode>(small_genome(), seed)->node), 3U);
    }
}

TEST(StructuralMutation, ToggleGoesBothWays) {
    EXPECT_EQ(find(mutated(small_genome(), ToggleConnection{Innovation{0}}), 0)->enabled, 1);
    EXPECT_EQ(find(mutated(small_genome(), ToggleConnection{Innovation{1}}), 1)->enabled, 0);
}

TEST(StructuralMutation, CapsAreKept) {
    const GenomeStore store = small_genome();
    MutationParams params;
    params.max_hidden_nodes = 1;
    EXPECT_FALSE(chosen<SplitConnection>(store, 0, true, params));
    params = {};
    params.max_connections = 5;  // a split adds two to the four there are
    EXPECT_FALSE(chosen<SplitConnection>(store, 0, true, params));
    EXPECT_TRUE(chosen<AddConnection>(store, 0, true, params));
    params.max_connections = 4;
    EXPECT_FALSE(chosen<AddConnection>(store, 0, true, params));
}

TEST(StructuralMutation, AppliedAgainItGivesTheSameStructure) {
    // What was chosen while planning is applied again when the child is written, also where later mutations name the
    // new genes of earlier ones.
    const GenomeStore population = evolved_population(1, 15);
    std::size_t numbered = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Stream random = stream_of(seed);
        GenomeStore genome(population.shape());
        genome.append(population[random.below(static_cast<std::uint32_t>(population.size()))]);
        MutationChooser chooser({}, true);
        StructureDraft draft = draft_of(genome);
        StructureDraft again = draft_of(genome);
        for (std::size_t kind = 0; kind < mutation_kinds; ++kind) {
            const auto mutation = chooser.choose(kind, draft, random);
            if (!mutation) continue;
            apply(*mutation, draft);
            apply(*mutation, again);
        }
        const std::vector<NumberRequest> answers = answers_to(draft);
        ASSERT_EQ(again.requests().size(), answers.size()) << "seed " << seed;
        draft.take_numbers(answers);
        again.take_numbers(answers);
        const GenomeStore result = structure_of(again);
        ASSERT_EQ(result.digest(), structure_of(draft).digest()) << "seed " << seed;
        ASSERT_EQ(joined(result.violations()), "") << "seed " << seed;
        ASSERT_TRUE(all_acyclic(result)) << "seed " << seed;
        for (const NodeId id : result[0].node_id) ASSERT_LT(raw(id), InnovationTable::end);
        for (const Innovation innovation : result[0].innovation) ASSERT_LT(raw(innovation), InnovationTable::end);
        numbered += answers.size();
    }
    EXPECT_GT(numbered, 8000U);
}

TEST(StructuralMutation, RequestsNameWhatTheNewGenesAre) {
    StructureDraft draft = draft_of(small_genome());
    SplitConnection{Innovation{1}}.apply(draft);  // from input 1 to output 2
    ASSERT_EQ(draft.requests().size(), 3U);
    const auto [node, into, out_of] = std::tie(draft.requests()[0], draft.requests()[1], draft.requests()[2]);
    EXPECT_EQ(node.gene, NumberRequest::Gene::node);
    EXPECT_EQ(node.first, 1U);
    EXPECT_EQ(into.gene, NumberRequest::Gene::connection);
    EXPECT_EQ(into.first, 1U);
    EXPECT_EQ(into.second, InnovationTable::end) << "the node of the first request";
    EXPECT_EQ(out_of.first, InnovationTable::end);
    EXPECT_EQ(out_of.second, 2U);
}

TEST(StructuralMutation, NamesInLogsAreThoseOfTheirProbabilities) {
    EXPECT_EQ(mutation_names, (std::array<std::string_view, 5>{"add_node", "add_connection", "delete_node",
                                                               "delete_connection", "toggle_connection"}));
}

std::array<std::size_t, mutation_kinds> kind_counts(const MutationParams& params, std::size_t draws,
                                                    std::size_t* many) {
    std::array<std::size_t, mutation_kinds> counts{};
    const MutationChooser chooser(params, true);
    Stream random = stream_of(3);
    for (std::size_t i = 0; i < draws; ++i) {
        const unsigned kinds = chooser.kinds(random);
        std::size_t chosen = 0;
        for (std::size_t k = 0; k < mutation_kinds; ++k) {
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
