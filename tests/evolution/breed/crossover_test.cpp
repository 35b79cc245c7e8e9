// What a child inherits from two parents (Stanley & Miikkulainen 2002, 3.2).
#include "tests/support/breeding.hpp"
#include "tests/support/sanitized.hpp"
#include "tests/support/statistics.hpp"

#include <clade/evolution/breed/crossover.hpp>
#include <clade/evolution/species/genome_distance.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

constexpr GenomeShape pair_shape{2, 1, false};

/// Two parents in one species; the child is inherited from the first with the second.
struct Pair {
    Pair(const GenomeStore& a, const GenomeStore& b) : population(pair_shape), setup(busy_setup(1)) {
        population.append(a[0]);
        population.append(b[0]);
        setup.evolution.crossover.average_probability = 0.0;
    }

    [[nodiscard]] GenomeStore child(std::size_t index, std::uint16_t operators = bit(Operator::crossover)) const {
        ChildPlan plan;
        plan.primary = 0;
        plan.secondary = 1;
        plan.operators = operators;
        GenomeStore store(pair_shape);
        store.append(population[0]);
        const BreedingInput input{population, speciation, scores, quotas, setup.genome, setup.evolution, setup.seed, 0};
        inherit(input, plan, index, store.attributes(0));
        return store;
    }

    GenomeStore population;
    Speciation speciation;
    std::vector<double> scores;
    std::vector<std::uint32_t> quotas;
    EvolverSetup setup;
};

GenomeStore parent(float value, bool first_enabled = true, bool second_enabled = true) {
    GenomeStore store = store_of(pair_shape, {node(2, value), node(3, value)},
                                 {connection(0, 0, 2, value, first_enabled), connection(1, 1, 2, value, second_enabled),
                                  connection(2, 0, 3, value), connection(3, 3, 2, value)});
    store.rows(0).response[0] = value;
    return store;
}

TEST(Crossover, DisablesAGeneDisabledInEitherParentBy75Percent) {
    constexpr std::size_t draws = sanitized ? 10'000 : 100'000;
    for (const auto& [first, second] : {std::pair(false, true), std::pair(true, false), std::pair(false, false)}) {
        const Pair pair(parent(1.0F, first), parent(2.0F, second));
        std::size_t enabled = 0;
        for (std::size_t child = 0; child < draws; ++child) {
            const GenomeStore store = pair.child(child);
            enabled += store[0].enabled[0];
            ASSERT_EQ(store[0].enabled[1], 1) << "enabled in both parents";
        }
        EXPECT_LT(binomial_deviation(enabled, draws, 0.25), binomial_bound) << first << second;
    }
}

TEST(Crossover, MatchesGenesByTheNumberThatDistanceGoesBy) {
    // Connection 0 -> 2 has another number in each parent, as when two generations invent it in their own scope.
    const GenomeStore first = store_of(pair_shape, {node(2)}, {connection(0, 0, 2, 1.0F), connection(1, 1, 2, 1.0F)});
    const GenomeStore second = store_of(pair_shape, {node(2)}, {connection(1, 1, 2, 2.0F), connection(5, 0, 2, 2.0F)});
    const SpeciationParams counting{.excess_coefficient = 1, .disjoint_coefficient = 1, .weight_coefficient = 0};
    EXPECT_EQ(genome_distance(first[0], second[0], counting), 2.0) << "numbers 0 and 5";
    const Pair pair(first, second);
    std::size_t from_second = 0;
    for (std::size_t index = 0; index < 100; ++index) {
        const GenomeStore child = pair.child(index);
        ASSERT_EQ(child[0].connection_count(), 2U);
        ASSERT_EQ(child[0].weight[0], 1.0F) << "number 0 has no match";
        from_second += child[0].weight[1] == 2.0F ? 1U : 0U;
    }
    EXPECT_GT(from_second, 0U);
    EXPECT_LT(from_second, 100U);
}

TEST(Crossover, TakesMatchingWeightsFromEitherParentAlike) {
    constexpr std::size_t draws = 20000;
    const Pair pair(parent(1.0F), parent(2.0F));
    std::array<std::size_t, 4> from_second{};
    std::size_t nodes_from_second = 0;
    for (std::size_t child = 0; child < draws; ++child) {
        const GenomeStore store = pair.child(child);
        for (std::size_t i = 0; i < 4; ++i) {
            ASSERT_TRUE(store[0].weight[i] == 1.0F || store[0].weight[i] == 2.0F);
            from_second[i] += store[0].weight[i] == 2.0F ? 1U : 0U;
        }
        ASSERT_EQ(store[0].bias[0], store[0].response[0]) << "a node's row comes from one parent";
        nodes_from_second += store[0].bias[0] == 2.0F ? 1U : 0U;
    }
    for (const std::size_t count : from_second) EXPECT_LT(binomial_deviation(count, draws, 0.5), binomial_bound);
    EXPECT_LT(binomial_deviation(nodes_from_second, draws, 0.5), binomial_bound);
}

TEST(Crossover, AveragesMatchingGenesIfAsked) {
    const Pair pair(parent(1.0F), parent(2.0F));
    const GenomeStore child = pair.child(0, bit(Operator::crossover) | bit(Operator::average));
    for (const float weight : child[0].weight) EXPECT_EQ(weight, 1.5F);
    for (const float bias : child[0].bias) EXPECT_EQ(bias, 1.5F);
    EXPECT_EQ(child[0].response[0], 1.5F);
}

TEST(Crossover, AveragesNothingWhereAnAttributeHasPossibleValuesOnly) {
    const auto average = bit(Operator::crossover) | bit(Operator::average);
    for (AttributeParams GenomeParams::*const attribute :
         {&GenomeParams::weight, &GenomeParams::bias, &GenomeParams::response}) {
        Pair pair(parent(1.0F), parent(2.0F));
        (pair.setup.genome.*attribute).distribution = Distribution::choice;
        for (std::size_t i = 0; i < 20; ++i) {
            const GenomeStore child = pair.child(i, average);
            for (const float weight : child[0].weight) EXPECT_TRUE(weight == 1.0F || weight == 2.0F) << weight;
            for (const float bias : child[0].bias) EXPECT_TRUE(bias == 1.0F || bias == 2.0F) << bias;
        }
    }
}

TEST(Crossover, TakesDisjointAndExcessGenesFromTheFirstParentOnly) {
    const GenomeStore a =
        store_of(pair_shape, {node(2), node(4)}, {connection(1, 1, 2), connection(4, 0, 4), connection(5, 4, 2)});
    const GenomeStore b =
        store_of(pair_shape, {node(2), node(3), node(7)},
                 {connection(0, 0, 2), connection(1, 1, 2, 9.0F), connection(8, 0, 3), connection(9, 3, 2)});
    for (const bool swapped : {false, true}) {
        const Pair pair = swapped ? Pair(b, a) : Pair(a, b);
        for (std::size_t i = 0; i < 50; ++i) {
            const GenomeStore child = pair.child(i);
            ASSERT_TRUE(std::ranges::equal(child[0].innovation, pair.population[0].innovation));
            ASSERT_TRUE(std::ranges::equal(child[0].node_id, pair.population[0].node_id));
            ASSERT_EQ(joined(child.violations()), "");
        }
    }
}

TEST(Crossover, WithItselfAndPlainDuplicationAreExactCopies) {
    const GenomeStore one = parent(1.25F, false, true);
    const Pair pair(one, one);
    EXPECT_EQ(pair.child(0, 0).digest(), one.digest());
    EvolverSetup setup = busy_setup(1, 1);
    setup.evolution.crossover.probability = 1.0;
    setup.evolution.mutation = rates_of_nothing();
    Grouping group = grouping({1});
    Breeding breeding(group.population, group.speciation, {1.0}, setup);
    InnovationTable innovations(group.population.shape(), InnovationScope::run);
    EXPECT_EQ(breeding.breed(innovations).digest(), group.population.digest());
    EXPECT_TRUE(breeding.plan.children()[0].is_copy());
}

TEST(Crossover, FeedForwardChildrenOfOppositeConnectionsAreAcyclic) {
    const GenomeStore a =
        store_of(pair_shape, {node(2), node(3), node(4)},
                 {connection(0, 0, 3), connection(1, 0, 4), connection(2, 3, 4), connection(4, 4, 2)});
    const GenomeStore b =
        store_of(pair_shape, {node(2), node(3), node(4)},
                 {connection(0, 0, 3), connection(1, 0, 4), connection(3, 4, 3), connection(5, 3, 2)});
    for (const bool swapped : {false, true}) {
        const Pair pair = swapped ? Pair(b, a) : Pair(a, b);
        for (std::size_t i = 0; i < 50; ++i) ASSERT_TRUE(all_acyclic(pair.child(i)));
    }
}

/// Plans many children of one species whose genomes are evolved ones.
Breeding planned(std::vector<double> scores, const std::function<void(EvolverSetup&)>& change) {
    EvolverSetup setup = busy_setup(4, 60);
    setup.evolution.selection.survival_threshold = 1.0;
    setup.evolution.selection.elitism = 0;
    setup.evolution.selection.preserve_champion = false;
    setup.evolution.speciation.threshold = 1e9;
    change(setup);
    GenomeStore population = evolved_population(4, 10, static_cast<int>(scores.size()));
    Speciation speciation(setup.evolution.speciation, population.shape());
    speciation.assign(population, 5, 0, Parallel(1));
    Breeding breeding(std::move(population), std::move(speciation), std::move(scores), setup);
    breeding.plan_children();
    return breeding;
}

TEST(Crossover, TheFitterParentComesFirstAndTiesGoToTheSmallerThenTheEarlier) {
    std::vector<double> scores(60);
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<double>(i % 3);
    const Breeding breeding = planned(scores, [](EvolverSetup& setup) { setup.evolution.crossover.probability = 1.0; });
    std::size_t ties = 0;
    for (const ChildPlan& child : breeding.plan.children()) {
        if (!child.has(Operator::crossover)) continue;
        const double first = scores[child.primary];
        const double second = scores[child.secondary];
        ASSERT_GE(first, second);
        if (first > second) continue;
        ++ties;
        const std::size_t size = breeding.population[child.primary].connection_count();
        const std::size_t other = breeding.population[child.secondary].connection_count();
        ASSERT_TRUE(size < other || (size == other && child.primary < child.secondary));
    }
    EXPECT_GT(ties, 5U);
}

TEST(Crossover, ProbabilityZeroNeverCrossesAndOneAlwaysDoes) {
    const std::vector<double> scores(200, 1.0);
    const Breeding never = planned(scores, [](EvolverSetup& s) { s.evolution.crossover.probability = 0.0; });
    for (const ChildPlan& child : never.plan.children()) {
        ASSERT_FALSE(child.has(Operator::crossover));
        ASSERT_EQ(child.primary, child.secondary);
    }
    std::size_t selfed = 0;
    const Breeding always = planned(scores, [](EvolverSetup& s) { s.evolution.crossover.probability = 1.0; });
    for (const ChildPlan& child : always.plan.children()) {
        selfed += child.has(Operator::crossover) ? 0U : 1U;
        ASSERT_EQ(child.has(Operator::crossover), child.primary != child.secondary);
    }
    EXPECT_LT(selfed, 10U);
}

}  // namespace
}  // namespace clade
