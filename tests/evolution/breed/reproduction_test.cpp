#include "tests/support/breeding.hpp"
#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace clade {
namespace {

constexpr GenomeShape bare{1, 1, false};

EvolverSetup plain_setup(int population_size) {
    EvolverSetup setup = busy_setup(2, population_size);
    setup.evolution.mutation = rates_of_nothing();
    setup.evolution.crossover.probability = 0.0;
    setup.evolution.selection.survival_threshold = 1.0;
    setup.evolution.selection.elitism = 0;
    setup.evolution.selection.preserve_champion = false;
    return setup;
}

Breeding breeding_of(std::initializer_list<std::size_t> sizes, std::vector<double> scores, const EvolverSetup& setup) {
    Grouping group = grouping(sizes);
    return {std::move(group.population), std::move(group.speciation), std::move(scores), setup};
}

std::vector<double> rising(std::size_t count) {
    std::vector<double> scores(count);
    std::iota(scores.begin(), scores.end(), 0.0);
    return scores;
}

TEST(Reproduction, GivesEverySpeciesItsQuota) {
    Breeding breeding = breeding_of({3, 4, 5}, rising(12), plain_setup(12));
    breeding.quotas = {0, 10, 2};
    std::map<std::uint32_t, int> children;
    for (const ChildPlan& child : breeding.plan_children()) ++children[breeding.speciation.species_of()[child.primary]];
    EXPECT_EQ(children, (std::map<std::uint32_t, int>{{1, 10}, {2, 2}}));
}

TEST(Reproduction, SurvivorsAreTheBestPartOfASpeciesAndAtLeastOne) {
    for (const auto& [threshold, expected] : {std::pair(0.2, 2U), {0.01, 1U}, {0.0, 1U}, {0.21, 3U}, {1.0, 10U}}) {
        EvolverSetup setup = plain_setup(10);
        setup.evolution.selection.survival_threshold = threshold;
        std::set<std::uint32_t> parents;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            setup.seed = seed;
            Breeding breeding = breeding_of({10}, rising(10), setup);
            for (const ChildPlan& child : breeding.plan_children()) parents.insert(child.primary);
        }
        EXPECT_EQ(parents.size(), expected) << threshold;
        EXPECT_EQ(*parents.begin(), 10 - expected) << "the best have the highest scores";
    }
}

TEST(Reproduction, ElitesAreDistinctUnchangedAndTheBest) {
    EvolverSetup setup = busy_setup(2, 20);
    setup.evolution.selection.elitism = 3;
    setup.evolution.selection.elitism_min_species_size = 5;
    setup.evolution.mutation.attributes_probability = 1.0;
    Breeding breeding = breeding_of({12, 4, 4}, rising(20), setup);
    InnovationTable innovations(bare, InnovationScope::run);
    breeding.breed(innovations);
    std::multiset<std::uint32_t> elites;
    for (const ChildPlan& child : breeding.plan.children()) {
        if (!child.has(Operator::elite)) continue;
        elites.insert(child.primary);
        EXPECT_TRUE(child.is_copy());
        EXPECT_LT(child.slot, breeding.first_mutated);
        EXPECT_EQ(breeding.next[child.slot].bias[0], breeding.population[child.primary].bias[0]);
    }
    EXPECT_EQ(elites, (std::multiset<std::uint32_t>{9, 10, 11, 19})) << "three of the large species, and the champion";
}

TEST(Reproduction, ElitismBeginsAtTheMinimumSizeOfASpecies) {
    EvolverSetup setup = plain_setup(9);
    setup.evolution.selection.elitism = 1;
    setup.evolution.selection.elitism_min_species_size = 5;
    Breeding breeding = breeding_of({4, 5}, rising(9), setup);
    std::multiset<std::uint32_t> elites;
    for (const ChildPlan& child : breeding.plan_children()) {
        if (child.has(Operator::elite)) elites.insert(child.primary);
    }
    EXPECT_EQ(elites, std::multiset<std::uint32_t>{8});
}

TEST(Reproduction, FunctionsMutateAtTheirRate) {
    EvolverSetup setup = plain_setup(2000);
    setup.evolution.mutation.attributes_probability = 1.0;
    setup.genome.activation.options = {"tanh", "relu"};
    setup.genome.activation.mutation_rate = 0.5;
    setup.genome.aggregation.options = {"max", "min"};
    setup.genome.aggregation.mutation_rate = 0.25;
    Breeding breeding = breeding_of({2000}, rising(2000), setup);
    InnovationTable innovations(bare, InnovationScope::run);
    const AttributeView next = breeding.breed(innovations).all_attributes();
    const AttributeView before = breeding.population.all_attributes();
    const auto kept_activations = std::ranges::count(next.activation, before.activation[0]);
    const auto kept_aggregations = std::ranges::count(next.aggregation, before.aggregation[0]);
    EXPECT_NEAR(static_cast<double>(kept_activations) / 2000.0, 0.5, 0.05);
    EXPECT_NEAR(static_cast<double>(kept_aggregations) / 2000.0, 0.75, 0.05);
}

TEST(Reproduction, ElitismNeverExceedsQuotaOrSpecies) {
    EvolverSetup setup = plain_setup(8);
    setup.evolution.selection.elitism = 8;
    setup.evolution.selection.elitism_min_species_size = 1;
    Breeding breeding = breeding_of({3, 5}, rising(8), setup);
    breeding.quotas = {6, 2};
    std::size_t elites = 0;
    for (const ChildPlan& child : breeding.plan_children()) elites += child.has(Operator::elite) ? 1U : 0U;
    EXPECT_EQ(elites, 5U);
}

TEST(Reproduction, ChampionIsCopiedFromASmallSpecies) {
    EvolverSetup setup = plain_setup(7);
    for (const bool preserve : {true, false}) {
        setup.evolution.selection.preserve_champion = preserve;
        Breeding breeding = breeding_of({6, 1}, rising(7), setup);
        std::size_t copies = 0;
        for (const ChildPlan& child : breeding.plan_children()) {
            copies += child.has(Operator::elite) && child.primary == 6 ? 1U : 0U;
        }
        EXPECT_EQ(copies, preserve ? 1U : 0U);
    }
}

TEST(Reproduction, InterspeciesMatingTakesParentsOfOtherSpecies) {
    EvolverSetup setup = plain_setup(300);
    setup.evolution.crossover.probability = 1.0;
    setup.evolution.crossover.interspecies_probability = 1.0;
    Breeding breeding = breeding_of({100, 100, 100}, std::vector<double>(300, 1.0), setup);
    breeding.quotas = {0, 150, 150};
    for (const ChildPlan& child : breeding.plan_children()) {
        const auto species = breeding.speciation.species_of();
        ASSERT_TRUE(child.has(Operator::interspecies));
        ASSERT_NE(species[child.primary], species[child.secondary]);
        ASSERT_NE(species[child.primary], 0U) << "a species without children mates with nobody";
        ASSERT_NE(species[child.secondary], 0U);
    }
}

TEST(Reproduction, InterspeciesMatingFallsBackWithASingleSpecies) {
    EvolverSetup setup = plain_setup(50);
    setup.evolution.crossover.probability = 1.0;
    setup.evolution.crossover.interspecies_probability = 1.0;
    for (const bool dead_others : {false, true}) {
        Breeding breeding =
            dead_others ? breeding_of({30, 10, 10}, rising(50), setup) : breeding_of({50}, rising(50), setup);
        if (dead_others) breeding.quotas = {50, 0, 0};
        for (const ChildPlan& child : breeding.plan_children()) {
            ASSERT_FALSE(child.has(Operator::interspecies));
            ASSERT_EQ(breeding.speciation.species_of()[child.secondary], 0U);
        }
    }
}

TEST(Reproduction, OnlyMutatingChildrenAreInTheMutatedRange) {
    EvolverSetup setup = plain_setup(1000);
    setup.evolution.mutation.attributes_probability = 0.4;
    setup.genome.bias = busy_attribute(1.0, 0.0);
    Breeding breeding = breeding_of({1000}, std::vector<double>(1000, 1.0), setup);
    InnovationTable innovations(bare, InnovationScope::run);
    breeding.breed(innovations);
    std::size_t mutating = 0;
    std::set<std::uint32_t> slots;
    for (const ChildPlan& child : breeding.plan.children()) {
        ASSERT_TRUE(slots.insert(child.slot).second);
        const bool mutates = child.has(Operator::attributes);
        mutating += mutates ? 1U : 0U;
        ASSERT_EQ(mutates, child.slot >= breeding.first_mutated);
        ASSERT_EQ(mutates, breeding.next[child.slot].bias[0] != breeding.population[child.primary].bias[0]);
    }
    EXPECT_EQ(slots.size(), 1000U);
    EXPECT_EQ(mutating, 1000U - breeding.first_mutated);
    EXPECT_LT(binomial_deviation(mutating, 1000, 0.4), binomial_bound);
}

TEST(Reproduction, ProbabilityZeroNeverMutatesAndOneAlwaysDoes) {
    EvolverSetup setup = plain_setup(300);
    Breeding none = breeding_of({300}, rising(300), setup);
    for (const ChildPlan& child : none.plan_children()) ASSERT_TRUE(child.is_copy());
    setup.evolution.mutation.attributes_probability = 1.0;
    Breeding all = breeding_of({300}, rising(300), setup);
    for (const ChildPlan& child : all.plan_children()) ASSERT_TRUE(child.has(Operator::attributes));
}

/// Genomes of one structure, one connection, all of which add a node.
Breeding splitting(InnovationTable& innovations, double add_node, double add_connection) {
    EvolverSetup setup = plain_setup(40);
    setup.evolution.mutation.structural_budget = StructuralBudget::several;
    setup.evolution.mutation.add_node_probability = add_node;
    setup.evolution.mutation.add_connection_probability = add_connection;
    setup.evolution.mutation.delete_connection_probability = 0.0;
    GenomeStore population({2, 1, false});
    const Innovation first = innovations.connection(NodeId{0}, NodeId{2});
    const Innovation second = innovations.connection(NodeId{1}, NodeId{2});
    for (int i = 0; i < 40; ++i) {
        population.append(store_of({2, 1, false}, {node(2)},
                                   {connection(raw(first), 0, 2, 3.0F), connection(raw(second), 1, 2, -3.0F)})[0]);
    }
    Speciation speciation(setup.evolution.speciation, population.shape());
    speciation.assign(population, 5, 0, Parallel(1));
    return {std::move(population), std::move(speciation), rising(40), setup};
}

TEST(Reproduction, EqualSplitsOfOneGenerationGetEqualNumbers) {
    InnovationTable innovations({2, 1, false}, InnovationScope::run);
    Breeding breeding = splitting(innovations, 1.0, 0.0);
    const GenomeStore& next = breeding.breed(innovations);
    ASSERT_EQ(joined(next.violations()), "");
    std::set<std::uint32_t> nodes;
    std::set<std::uint32_t> numbers;
    for (const NodeId id : next.topologies().all().node_id) nodes.insert(raw(id));
    for (const Innovation innovation : next.topologies().all().innovation) numbers.insert(raw(innovation));
    EXPECT_EQ(nodes, (std::set<std::uint32_t>{2, 3, 4})) << "the output, and a node for each of two connections";
    EXPECT_EQ(numbers, (std::set<std::uint32_t>{0, 1, 2, 3, 4, 5}));
}

TEST(Reproduction, ASplitKeepsTheFunction) {
    InnovationTable innovations({2, 1, false}, InnovationScope::run);
    Breeding breeding = splitting(innovations, 1.0, 0.0);
    const GenomeStore& next = breeding.breed(innovations);
    for (std::size_t genome = 0; genome < next.size(); ++genome) {
        const GenomeView child = next[genome];
        ASSERT_EQ(child.connection_count(), 4U);
        const std::size_t old = child.enabled[0] == 0 ? 0 : 1;
        ASSERT_EQ(child.enabled[old], 0);
        ASSERT_EQ(child.enabled[1 - old], 1);
        ASSERT_EQ(child.weight[2], 1.0F);
        ASSERT_EQ(child.weight[3], child.weight[old]);
        ASSERT_EQ(child.bias[1], 0.0F) << "a new node has bias 0";
    }
}

TEST(Reproduction, ARejectedMutationConsumesNoNumber) {
    InnovationTable innovations({2, 1, false}, InnovationScope::run);
    Breeding breeding = splitting(innovations, 0.0, 1.0);  // every connection there can be is there
    const GenomeStore& next = breeding.breed(innovations);
    EXPECT_EQ(next.connection_count(), 80U);
    EXPECT_EQ(innovations.connection(NodeId{9}, NodeId{8}), Innovation{2});
}

TEST(Reproduction, WorksForPopulationsOfOneAndTwo) {
    for (const std::size_t size : {1U, 2U}) {
        EvolverSetup setup = busy_setup(3, static_cast<int>(size));
        setup.evolution.selection.elitism = static_cast<int>(size);
        setup.evolution.selection.elitism_min_species_size = 1;
        setup.evolution.selection.survival_threshold = 0.01;
        for (const int elitism : {0, static_cast<int>(size)}) {
            setup.evolution.selection.elitism = elitism;
            Evolver evolver(setup);
            evolve(evolver, 30);
            ASSERT_EQ(evolver.population().size(), size);
            ASSERT_EQ(joined(evolver.population().violations()), "");
        }
    }
}

TEST(Reproduction, LineageNamesParentsOfTheLastGeneration) {
    Evolver evolver(busy_setup(5, 50));
    evolve(evolver, 3);
    const GenerationRecord& record = evolver.tell(integer_fitness(evolver.population()));
    for (std::size_t genome = 0; genome < 50; ++genome) {
        ASSERT_EQ(record.parent_a[genome] / 50, 2U);
        const bool crossed = (record.operators[genome] & bit(Operator::crossover)) != 0;
        ASSERT_EQ(record.parent_b[genome] != raw(no_genome), crossed);
        if (crossed) {
            ASSERT_EQ(record.parent_b[genome] / 50, 2U);
        }
    }
}

}  // namespace
}  // namespace clade
