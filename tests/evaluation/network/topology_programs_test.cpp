#include <clade/evaluation/network/topology_programs.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace clade {
namespace {

using testing::random_genome;
using testing::random_numbers;
using testing::RandomGenomeOptions;
using testing::same_number;

constexpr std::size_t row_count = 5;

/// What a network answers to the same few observations, twice: a recurrent one steps on.
std::vector<float> answers(Network& network) {
    network.reset();
    const std::vector<float> observations = random_numbers(network.input_count() * row_count, 3);
    std::vector<float> all;
    for (int call = 0; call < 2; ++call) {
        std::vector<float> actions(network.output_count() * row_count);
        network.activate_batch(observations, actions, row_count);
        all.insert(all.end(), actions.begin(), actions.end());
    }
    return all;
}

void expect_same_answers(const GenomeView& genome, const GenomeShape& shape, NetworkKind kind,
                         TopologyPrograms& programs) {
    Network exact;
    Network shared;
    NetworkCompiler().compile(genome, shape, kind, exact.program());
    ASSERT_TRUE(programs.write(genome, shape, kind, shared.program()));
    const std::vector<float> expected = answers(exact);
    const std::vector<float> found = answers(shared);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_TRUE(same_number(found[i], expected[i])) << i;
}

/// Genomes of one topology and any attributes: some connections disabled, functions mixed.
GenomeStore genomes_of_one_topology(std::uint64_t seed, bool recurrent) {
    const RandomGenomeOptions options{.recurrent = recurrent,
                                      .activations = {Activation::tanh, Activation::relu, Activation::sin},
                                      .aggregations = {Aggregation::sum, Aggregation::max}};
    const GenomeStore one = random_genome(options, seed);
    GenomeStore all(one.shape());
    Stream random({seed, 1, Purpose::initial_structure}, 0);
    for (int i = 0; i < 8; ++i) {
        const std::size_t genome = all.append(one[0]);
        const AttributeRows attributes = all.attributes(genome);
        for (float& weight : attributes.weight) weight = static_cast<float>(random.normal());
        for (std::uint8_t& enabled : attributes.enabled) enabled = random.bernoulli(0.7) ? 1 : 0;
        for (Activation& function : attributes.activation) {
            function = random.choice(std::span<const Activation>(options.activations));
        }
    }
    return all;
}

TEST(TopologyPrograms, AnswerAsTheGenomesCompiledAlone) {
    for (const NetworkKind kind : {NetworkKind::feed_forward, NetworkKind::recurrent}) {
        TopologyPrograms programs;
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const GenomeStore genomes = genomes_of_one_topology(seed, kind == NetworkKind::recurrent);
            ASSERT_EQ(genomes.topologies().size(), 1U);
            for (std::size_t genome = 0; genome < genomes.size(); ++genome) {
                expect_same_answers(genomes[genome], genomes.shape(), kind, programs);
            }
        }
    }
}

TEST(TopologyPrograms, NameTheRowsThatNumbersCameFrom) {
    const GenomeStore genomes = genomes_of_one_topology(7, false);
    TopologyPrograms programs;
    NetworkProgram program;
    ProgramOrigin origin;
    for (std::size_t genome = 0; genome < genomes.size(); ++genome) {
        const GenomeView view = genomes[genome];
        ASSERT_TRUE(programs.write(view, genomes.shape(), NetworkKind::feed_forward, program));
        programs.trace_origin(origin);
        ASSERT_EQ(origin.node.size(), program.node_count());
        ASSERT_EQ(origin.connection.size(), program.weight.size());
        for (std::size_t n = 0; n < origin.node.size(); ++n) {
            EXPECT_EQ(program.nodes[n].bias, view.bias[origin.node[n]]);
        }
        for (std::size_t c = 0; c < origin.connection.size(); ++c) {
            EXPECT_EQ(program.weight[c], view.weight[origin.connection[c]]);
            EXPECT_EQ(view.enabled[origin.connection[c]], 1);
        }
    }
}

/// Two nodes that read each other, if connection 2 is enabled.
GenomeStore cycle_genome() {
    GenomeStore store({1, 1, false});
    const GenomeSize size{2, 3};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    for (std::uint32_t row = 0; row < 2; ++row) set_node(rows, row, {.node_id = NodeId{row + 1}});
    set_connection(rows, 0, {Innovation{0}, NodeId{0}, NodeId{2}, 1.0F, 1});
    set_connection(rows, 1, {Innovation{1}, NodeId{2}, NodeId{1}, 1.0F, 1});
    set_connection(rows, 2, {Innovation{2}, NodeId{1}, NodeId{2}, 1.0F, 0});
    return store;
}

TEST(TopologyPrograms, LeaveToTheCompilerWhatStandsAloneOrHasACycle) {
    TopologyPrograms programs;
    NetworkProgram program;
    const GenomeStore apart = random_genome({}, 1);
    EXPECT_FALSE(programs.write(apart[0], apart.shape(), NetworkKind::feed_forward, program)) << "no digest";
    GenomeStore cycle({1, 1, false});
    cycle.append(cycle_genome()[0]);
    EXPECT_FALSE(programs.write(cycle[0], cycle.shape(), NetworkKind::feed_forward, program));
    EXPECT_FALSE(programs.write(cycle[0], cycle.shape(), NetworkKind::feed_forward, program)) << "asked again";
    expect_same_answers(cycle[0], cycle.shape(), NetworkKind::recurrent, programs);
}

TEST(TopologyPrograms, GroupNodesAsTheCompilerDoesWhereAllConnectionsAreEnabled) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        GenomeStore genomes = genomes_of_one_topology(seed, false);
        for (std::size_t genome = 0; genome < genomes.size(); ++genome) {
            const AttributeRows attributes = genomes.attributes(genome);
            std::fill(attributes.enabled.begin(), attributes.enabled.end(), std::uint8_t{1});
            NetworkProgram exact;
            NetworkProgram shared;
            NetworkCompiler().compile(genomes[genome], genomes.shape(), NetworkKind::feed_forward, exact);
            ASSERT_TRUE(TopologyPrograms().write(genomes[genome], genomes.shape(), NetworkKind::feed_forward, shared));
            ASSERT_EQ(shared.node_count(), exact.node_count());
            for (std::size_t n = 0; n < exact.node_count(); ++n) {
                ASSERT_EQ(shared.nodes[n].group, exact.nodes[n].group) << n;
                ASSERT_EQ(shared.nodes[n].first_connection, exact.nodes[n].first_connection);
            }
            ASSERT_EQ(shared.source_slot, exact.source_slot);
            ASSERT_EQ(shared.weight, exact.weight);
            ASSERT_EQ(shared.output_slot, exact.output_slot);
        }
    }
}

}  // namespace
}  // namespace clade
