#include "clade/plot/network_files.hpp"
#include "clade/plot/network_layout.hpp"
#include "clade/plot/network_text.hpp"
#include "clade/plot/svg.hpp"
#include "terminal/wrapping.hpp"
#include "tests/support/lines.hpp"
#include "tests/support/random_genomes.hpp"
#include "tests/support/well_formed_xml.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace clade::plot {
namespace {

using clade::testing::random_genome;
using clade::testing::RandomGenomeOptions;

constexpr std::uint64_t seeds = 60;

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

TEST(NetworkLayout, ConnectionsGoForwardButThoseThatCloseACycleOrLeaveAnOutput) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        for (const bool recurrent : {false, true}) {
            const GenomeStore store = random_genome({.hidden_count = 9, .recurrent = recurrent}, seed);
            const NetworkLayout layout = layout_network(store[0], store.shape());
            for (const PlacedConnection& one : layout.connections) {
                const PlacedNode& source = layout.nodes[one.source];
                const PlacedNode& target = layout.nodes[one.target];
                EXPECT_EQ(source.id, store[0].source[one.row]);
                EXPECT_EQ(target.id, store[0].target[one.row]);
                if (!one.backward) {
                    EXPECT_LT(source.layer, target.layer);
                    EXPECT_EQ(one.points.size(), target.layer - source.layer + 1);
                }
                if (!recurrent && one.backward) {
                    EXPECT_EQ(source.role, NodeRole::output);
                }
            }
        }
    }
}

TEST(NetworkLayout, InputsStandFirstOutputsLastAndNoTwoNodesAtOnePlace) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const GenomeStore store = random_genome({.hidden_count = 12, .recurrent = seed % 2 == 0}, seed);
        const NetworkLayout layout = layout_network(store[0], store.shape());
        ASSERT_EQ(layout.nodes.size(), store.shape().source_count() + store.node_count());
        std::set<std::pair<double, double>> places;
        for (const PlacedNode& node : layout.nodes) {
            EXPECT_TRUE(places.emplace(node.at.x, node.at.y).second);
            EXPECT_TRUE(node.at.x >= 0 && node.at.x <= 1 && node.at.y > 0 && node.at.y < 1);
            EXPECT_EQ(node.layer == 0, store.shape().is_input(node.id));
            EXPECT_EQ(node.layer == layout.layers - 1, node.role == NodeRole::output);
        }
        const auto enabled = std::ranges::count(store[0].enabled, std::uint8_t{1});
        EXPECT_EQ(layout.connections.size(), static_cast<std::size_t>(enabled));
    }
}

/// How many pairs of forward connections cross between neighbouring layers.
std::size_t crossings(const NetworkLayout& layout) {
    std::size_t count = 0;
    std::vector<std::pair<LayoutPoint, LayoutPoint>> pieces;
    for (const PlacedConnection& one : layout.connections) {
        for (std::size_t i = 1; !one.backward && i < one.points.size(); ++i) {
            pieces.emplace_back(one.points[i - 1], one.points[i]);
        }
    }
    for (const auto& [a, b] : pieces) {
        for (const auto& [c, d] : pieces) {
            if (a.x == c.x && (a.y - c.y) * (b.y - d.y) < 0) ++count;
        }
    }
    return count / 2;
}

TEST(NetworkLayout, APlaneNetworkIsDrawnWithoutCrossings) {
    // Inputs 0, 1, 2; output 3; hidden 4, 5, 6 in a row with each input, but numbered the other way round.
    GenomeStore store(GenomeShape{3, 1});
    const GenomeSize size{4, 6};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    for (std::uint32_t i = 0; i < 4; ++i) set_node(rows, i, {.node_id = NodeId{3 + i}});
    for (std::uint32_t i = 0; i < 3; ++i) {
        set_connection(rows, i, {Innovation{i}, NodeId{i}, NodeId{6 - i}, 1.0F, 1});
        set_connection(rows, 3 + i, {Innovation{3 + i}, NodeId{4 + i}, NodeId{3}, -1.0F, 1});
    }
    EXPECT_EQ(crossings(layout_network(store[0], store.shape())), 0U);
}

TEST(NetworkText, IsAsWideAndHighAsAllowedOrNotThere) {
    std::size_t drawn = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        for (const bool unicode : {false, true}) {
            const GenomeStore store = random_genome({.hidden_count = 5, .recurrent = seed % 3 == 0}, seed);
            const auto text =
                network_text(store[0], store.shape(), {}, {.width = 60, .height = 16, .unicode = unicode});
            if (!text) continue;
            ++drawn;
            for (const std::string& line : lines_of(*text)) EXPECT_LE(display_width(line), 60U) << line;
            for (const char* label : {"input 0", "bias", "output 1"}) {
                EXPECT_NE(text->find(label), std::string::npos) << *text;
            }
            if (!unicode) {
                EXPECT_TRUE(std::ranges::all_of(*text, [](unsigned char c) { return c < 0x80; }));
            }
        }
    }
    EXPECT_GT(drawn, seeds / 2);
    const GenomeStore large = random_genome({.hidden_count = 40}, 1);
    EXPECT_FALSE(network_text(large[0], large.shape(), {}, {}));
}

TEST(NetworkFiles, HaveEveryNodeAndConnection) {
    const FunctionSet functions;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const GenomeStore store = random_genome({.recurrent = seed % 2 == 0}, seed);
        const NodeLabels labels;
        const NetworkPicture picture{store[0], store.shape(), labels, functions, "a <b> & \"c\""};
        const std::size_t nodes = store.shape().source_count() + store.node_count();
        const auto enabled = static_cast<std::size_t>(std::ranges::count(store[0].enabled, std::uint8_t{1}));
        const std::string svg = network_svg(picture);
        EXPECT_EQ(xml_problem(svg), "");
        EXPECT_EQ(count_of(svg, "<circle"), nodes);
        EXPECT_EQ(count_of(svg, "(innovation "), enabled);
        const std::string graphml = network_graphml(picture);
        EXPECT_EQ(xml_problem(graphml), "");
        EXPECT_EQ(count_of(graphml, "<node "), nodes);
        EXPECT_EQ(count_of(graphml, "<edge "), store.connection_count());
        EXPECT_EQ(count_of(network_dot(picture), " -> "), store.connection_count());
    }
}

TEST(Svg, TextCannotBreakOutOfIt) {
    EXPECT_EQ(xml_text("<script>\"&\x1b\n"), "&lt;script&gt;&quot;&amp;\\u001b\\n");
    EXPECT_EQ(xml_problem(svg_page(10, 10, svg_text(1, 1, "</svg>\x01<!--"))), "");
    EXPECT_NE(xml_problem("<a><b></a>"), "");
    EXPECT_NE(xml_problem("<a>&</a>"), "");
    EXPECT_NE(xml_problem("<a b=\"></a>"), "");
}

}  // namespace
}  // namespace clade::plot
