#include <clade/evolution/genome/initial_population.hpp>

#include "tests/support/breeding.hpp"
#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace clade {
namespace {

constexpr GenomeShape grown_shape{4, 2, true};

GenomeParams params_of(InitialConnections connections, int hidden = 0, InitialRoute route = InitialRoute::direct) {
    GenomeParams params = busy_setup(1).genome;
    params.initial.connections = connections;
    params.initial.hidden_nodes = hidden;
    params.initial.route = route;
    return params;
}

GenomeStore population_of(const GenomeParams& params, std::size_t size = 100, std::uint64_t seed = 1, int threads = 1,
                          std::uint32_t generation = 0) {
    const NodeFunctions functions = resolve_functions(params, {});
    InnovationTable innovations(grown_shape, InnovationScope::run);
    GenomeStore population(grown_shape);
    make_initial_population({params, functions, size, seed, generation}, Parallel(threads), innovations, population);
    EXPECT_EQ(joined(population.violations()), "");
    EXPECT_TRUE(all_acyclic(population));
    EXPECT_EQ(population.size(), size);
    return population;
}

/// Source and target pairs of a genome.
std::set<std::pair<std::uint32_t, std::uint32_t>> ends_of(const GenomeView& genome) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> ends;
    for (std::size_t i = 0; i < genome.connection_count(); ++i)
        ends.emplace(raw(genome.source[i]), raw(genome.target[i]));
    return ends;
}

TEST(InitialPopulation, FullDirectConnectsEveryInputAndTheBiasToEveryOutput) {
    const GenomeStore population = population_of(params_of(InitialConnections::full));
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        const auto ends = ends_of(population[genome]);
        ASSERT_EQ(ends.size(), 10U);
        for (std::uint32_t input = 0; input < 5; ++input) {
            for (std::uint32_t output = 5; output < 7; ++output) ASSERT_TRUE(ends.contains({input, output}));
        }
        ASSERT_TRUE(std::ranges::equal(population[genome].innovation, population[0].innovation));
    }
}

TEST(InitialPopulation, HiddenNodesAreTheSameStructureInEveryGenome) {
    for (const InitialRoute route : {InitialRoute::hidden, InitialRoute::both, InitialRoute::direct}) {
        const GenomeStore population = population_of(params_of(InitialConnections::full, 3, route));
        const std::size_t direct = route == InitialRoute::hidden ? 0 : 10;
        const std::size_t through = route == InitialRoute::direct ? 0 : 5 * 3 + 3 * 2;
        for (std::size_t genome = 0; genome < population.size(); ++genome) {
            ASSERT_EQ(population[genome].node_count(), 5U);
            ASSERT_EQ(population[genome].connection_count(), direct + through);
            ASSERT_TRUE(std::ranges::equal(population[genome].node_id, population[0].node_id));
            ASSERT_TRUE(std::ranges::equal(population[genome].source, population[0].source));
        }
    }
}

TEST(InitialPopulation, RecurrentConnectsEveryNodeToEveryHiddenAndOutputNode) {
    GenomeParams params = params_of(InitialConnections::full, 3, InitialRoute::recurrent);
    params.network = NetworkKind::recurrent;
    const NodeFunctions functions = resolve_functions(params, {});
    InnovationTable innovations(grown_shape, InnovationScope::run);
    GenomeStore population(grown_shape);
    make_initial_population({params, functions, 10, 1, 0}, Parallel(1), innovations, population);
    ASSERT_EQ(joined(population.violations()), "");
    const auto ends = ends_of(population[9]);
    EXPECT_EQ(ends.size(), population[9].connection_count());
    EXPECT_EQ(ends.size(), (5U + 5U) * 5U);
    EXPECT_EQ(initial_counts(params, grown_shape).connections, (5.0 + 5.0) * 5.0);
    EXPECT_TRUE(ends.contains({5, 5})) << "an output reads itself";
    EXPECT_TRUE(ends.contains({5, 7})) << "a hidden node reads an output";
}

TEST(InitialPopulation, IsCountedBeforehand) {
    for (const auto connections : {InitialConnections::full, InitialConnections::fs_neat, InitialConnections::partial,
                                   InitialConnections::unconnected}) {
        for (const auto route : {InitialRoute::direct, InitialRoute::hidden, InitialRoute::both}) {
            GenomeParams params = params_of(connections, 3, route);
            params.initial.fraction = connections == InitialConnections::partial ? 1.0 : 0.5;
            const GenomeStore population = population_of(params, 4);
            const InitialCounts counts = initial_counts(params, population.shape());
            EXPECT_EQ(counts.nodes, population[3].node_count());
            EXPECT_EQ(counts.connections, population[3].connection_count()) << name_of(connections) << name_of(route);
            EXPECT_GE(counts.possible, counts.connections);
        }
    }
}

TEST(InitialPopulation, UnconnectedHasNoConnections) {
    EXPECT_EQ(population_of(params_of(InitialConnections::unconnected, 2, InitialRoute::both)).connection_count(), 0U);
}

TEST(InitialPopulation, PartialHasEachConnectionAtItsProbability) {
    GenomeParams params = params_of(InitialConnections::partial);
    for (const double fraction : {0.0, 0.25, 0.7, 1.0}) {
        params.initial.fraction = fraction;
        const GenomeStore population = population_of(params, 2000);
        std::map<std::uint32_t, std::size_t> seen;
        for (std::size_t genome = 0; genome < population.size(); ++genome) {
            for (const Innovation innovation : population[genome].innovation) ++seen[raw(innovation)];
        }
        if (fraction == 0.0 || fraction == 1.0) {
            EXPECT_EQ(population.connection_count(), fraction == 0.0 ? 0U : 20000U);
            continue;
        }
        EXPECT_EQ(seen.size(), 10U);
        for (const auto& [innovation, count] : seen)
            EXPECT_LT(binomial_deviation(count, 2000, fraction), binomial_bound);
    }
}

TEST(InitialPopulation, FsNeatConnectsOneRandomInputAndTheBias) {
    const GenomeStore population = population_of(params_of(InitialConnections::fs_neat), 4000);
    std::vector<std::size_t> chosen(4, 0);
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        std::set<std::uint32_t> sources;
        for (const NodeId source : population[genome].source) sources.insert(raw(source));
        ASSERT_EQ(population[genome].connection_count(), 4U);
        ASSERT_EQ(sources.size(), 2U);
        ASSERT_TRUE(sources.contains(4)) << "the bias input";
        ++chosen[*sources.begin()];
    }
    EXPECT_LT(chi_square(chosen), chi_square_bound(4));
}

TEST(InitialPopulation, EqualConnectionsHaveEqualNumbersAcrossPartialGenomes) {
    GenomeParams params = params_of(InitialConnections::partial, 3, InitialRoute::both);
    const GenomeStore population = population_of(params, 300);
    std::map<std::uint32_t, std::pair<NodeId, NodeId>> meaning;
    const TopologyView all = population.topologies().all();
    for (std::size_t i = 0; i < all.connection_count(); ++i) {
        const auto [entry, is_new] = meaning.try_emplace(raw(all.innovation[i]), all.source[i], all.target[i]);
        ASSERT_EQ(entry->second, std::pair(all.source[i], all.target[i]));
    }
}

TEST(InitialPopulation, AttributesAreBornAsTheirParametersSay) {
    GenomeParams params = params_of(InitialConnections::full);
    params.response = constant_attribute(1.0, -8.0, 8.0);
    const GenomeStore population = population_of(params, 2000);
    const auto uniform = [](double x) { return (x + 2.0) / 4.0; };
    const AttributeView all = population.all_attributes();
    EXPECT_LT(ks_distance({all.weight.begin(), all.weight.end()}, uniform), ks_bound);
    EXPECT_LT(ks_distance({all.bias.begin(), all.bias.end()}, uniform), ks_bound);
    for (const float response : all.response) ASSERT_EQ(response, 1.0F);
    for (const std::uint8_t enabled : all.enabled) ASSERT_EQ(enabled, 1);
}

TEST(InitialPopulation, OutputsMayHaveAFunctionOfTheirOwn) {
    GenomeParams params = params_of(InitialConnections::full, 2, InitialRoute::both);
    params.activation.initial = "relu";
    params.activation.output = "identity";
    params.aggregation.initial = "mean";
    const GenomeStore population = population_of(params, 10);
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        for (std::size_t row = 0; row < population[genome].node_count(); ++row) {
            const NodeGene node = population[genome].node(row);
            ASSERT_EQ(node.activation, grown_shape.is_hidden(node.node_id) ? Activation::relu : Activation::identity);
            ASSERT_EQ(node.aggregation, Aggregation::mean);
        }
    }
}

TEST(InitialPopulation, DependsOnSeedAndGenerationNotOnThreads) {
    const GenomeParams params = params_of(InitialConnections::partial, 3, InitialRoute::both);
    const std::uint64_t expected = population_of(params, 1000).digest();
    EXPECT_EQ(population_of(params, 1000, 1, 3).digest(), expected);
    EXPECT_NE(population_of(params, 1000, 2).digest(), expected);
    EXPECT_NE(population_of(params, 1000, 1, 1, 5).digest(), expected);
}

TEST(InitialPopulation, RenumberingKeepsStructureAndMakesNumbersDense) {
    const GenomeStore evolved = evolved_population(5, 40);
    for (std::size_t genome = 0; genome < evolved.size(); ++genome) {
        GenomeStore saved(evolved.shape());
        saved.append(evolved[genome]);
        const GenomeStore store = renumbered(saved);
        ASSERT_EQ(joined(store.violations()), "");
        std::map<NodeId, NodeId> new_id;
        for (std::uint32_t id = 0; id < store.shape().first_hidden(); ++id) new_id[NodeId{id}] = NodeId{id};
        for (std::size_t row = 0; row < saved.node_count(); ++row) {
            NodeGene expected = saved[0].node(row);
            new_id[expected.node_id] = NodeId{store.shape().first_output() + static_cast<std::uint32_t>(row)};
            expected.node_id = new_id[expected.node_id];
            ASSERT_EQ(store_of(store.shape(), {store[0].node(row)}).digest(),
                      store_of(store.shape(), {expected}).digest());
        }
        for (std::size_t row = 0; row < saved.connection_count(); ++row) {
            ASSERT_EQ(raw(store[0].innovation[row]), row);
            ASSERT_EQ(store[0].source[row], new_id[saved[0].source[row]]);
            ASSERT_EQ(store[0].target[row], new_id[saved[0].target[row]]);
            ASSERT_EQ(store[0].weight[row], saved[0].weight[row]);
            ASSERT_EQ(store[0].enabled[row], saved[0].enabled[row]);
        }
        ASSERT_EQ(renumbered(store).digest(), store.digest());
    }
}

TEST(InitialPopulation, RenumberingTakesTheHighestNumbersThereAre) {
    GenomeStore saved = small_genome();
    saved.rows(0).node_id[1] = saved.rows(0).target[2] = saved.rows(0).source[3] = NodeId{0xffffffffU};
    saved.rows(0).innovation[2] = Innovation{0xfffffffeU};
    saved.rows(0).innovation[3] = Innovation{0xffffffffU};
    EXPECT_EQ(renumbered(saved).digest(), small_genome().digest());
}

}  // namespace
}  // namespace clade
