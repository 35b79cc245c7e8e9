#include "bench/network.hpp"
#include "bench/network_graphs.hpp"
#include "bench/network_report.hpp"
#include "tests/support/prose.hpp"

#include <clade/core/genome/graph.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace clade::bench {
namespace {

/// Connections of the longest way through an acyclic genome.
std::size_t depth_of(const GenomeView& genome) {
    std::map<NodeId, std::size_t> depth;
    for (std::size_t pass = 0; pass < genome.node_count(); ++pass) {
        for (std::size_t i = 0; i < genome.connection_count(); ++i) {
            std::size_t& target = depth[genome.target[i]];
            target = std::max(target, depth[genome.source[i]] + 1);
        }
    }
    std::size_t longest = 0;
    for (const auto& [node, length] : depth) longest = std::max(longest, length);
    return longest;
}

struct Expected {
    GenomeStore graph;
    GenomeShape shape;
    std::size_t hidden;
    std::size_t connections;
    std::size_t depth;
    Activation activation;
};

std::vector<Expected> all_graphs() {
    return {{small_graph(), {4, 1, false}, 2, 10, 2, Activation::sigmoid},
            {large_graph(), {32, 8, false}, 64, 1000, 5, Activation::sigmoid},
            {multiplexer_graph(Activation::leaky_relu), {11, 1, false}, 4, 30, 2, Activation::leaky_relu}};
}

TEST(NetworkGraphs, HaveTheSizesOfTheComparedSystems) {
    for (const Expected& expected : all_graphs()) {
        ASSERT_EQ(expected.graph.size(), 1U);
        const GenomeView genome = expected.graph[0];
        EXPECT_EQ(expected.graph.shape(), expected.shape);
        EXPECT_EQ(genome.node_count(), expected.shape.output_count + expected.hidden);
        EXPECT_EQ(genome.connection_count(), expected.connections);
        EXPECT_EQ(depth_of(genome), expected.depth);
        for (const float bias : genome.bias) EXPECT_EQ(bias, 0.0F);
        for (const Activation activation : genome.activation) EXPECT_EQ(activation, expected.activation);
    }
}

TEST(NetworkGraphs, AreSoundAcyclicAndTheSameEachTime) {
    const auto again = all_graphs();
    for (std::size_t i = 0; const Expected& expected : all_graphs()) {
        EXPECT_EQ(expected.graph.violations(), std::vector<std::string>());
        EXPECT_TRUE(is_acyclic({expected.graph[0].source, expected.graph[0].target}));
        EXPECT_EQ(expected.graph.digest(), again[i++].graph.digest());
    }
}

TEST(NetworkGraphs, HaveNoNodeThatNoOutputNeeds) {
    for (const Expected& expected : all_graphs()) {
        const Network network = make_network({expected.graph, NetworkKind::feed_forward});
        EXPECT_EQ(network.program().node_count(), expected.graph.node_count());
        EXPECT_EQ(network.program().weight.size(), expected.connections);
    }
}

NetworkResults quick_results() {
    return time_networks({.repetitions = 2, .call_seconds = 1e-5}, [](const std::string& /*text*/) {});
}

TEST(NetworkBench, TimesEveryStageOfEveryNetwork) {
    std::vector<std::string> stages;
    for (const NetworkRow& row : quick_results().rows) {
        stages.push_back(row.network + " " + row.stage.stage + " " + std::to_string(row.stage.rows));
        EXPECT_GT(row.stage.timing.min, 0.0);
        EXPECT_EQ(row.stage.threads, 1U);
    }
    EXPECT_EQ(stages,
              (std::vector<std::string>{"small feed_forward activate 1", "small feed_forward activate_batch 1024",
                                        "large feed_forward activate 1", "large feed_forward activate_batch 1024",
                                        "small recurrent activate 1", "small recurrent activate_batch 1024",
                                        "large recurrent activate 1", "large recurrent activate_batch 1024",
                                        "multiplexer feed_forward multiplexer_leaky_relu 2048",
                                        "multiplexer feed_forward multiplexer_steepened_sigmoid 2048"}));
}

NetworkRow made_up_row(const std::string& stage, std::size_t rows, double median, double per_second) {
    return {
        {"network", stage, 1, 10, rows, 1, {median, median, median}, per_second}, "small recurrent", 10.0 * per_second};
}

TEST(NetworkReport, HoldsARowAMeasurementWithTheKeysThatOthersReadBy) {
    const NetworkRow row = made_up_row("activate", 1, 1e-7, 1e7);
    const Report report = network_report({{row}, {row}}, 120);
    EXPECT_EQ(report.rows[0].dump(),
              R"({"benchmark":"network","stage":"activate","genomes":1,"connections":10,"rows":1,"threads":1,)"
              R"("median_s":1e-07,"mean_s":1e-07,"min_s":1e-07,"per_second":10000000.0,)"
              R"("network":"small recurrent","connections_per_second":100000000.0})");
    EXPECT_NE(report.text.find("small recurrent  activate           10     1  100 ns    10.0 M        100.0 M"),
              std::string::npos)
        << report.text;
}

TEST(NetworkReport, BreaksItsProseWhereTheTerminalEnds) {
    EXPECT_LE(longest_prose_line(network_report({{made_up_row("activate", 1, 1e-7, 1e7)}, {}}, 70).text), 70U);
}

TEST(NetworkReport, DrawsObservationsASecondOverTheRowsOfABatch) {
    const Figure figure =
        network_report(
            {{}, {made_up_row("activate_batch", 1, 1e-7, 1e7), made_up_row("activate_batch", 64, 1e-6, 64e6)}}, 100)
            .figure;
    ASSERT_EQ(figure.series.size(), 1U);
    EXPECT_EQ(figure.series[0].points, (std::vector<std::pair<double, double>>{{1.0, 1e7}, {64.0, 64e6}}));
}

}  // namespace
}  // namespace clade::bench
