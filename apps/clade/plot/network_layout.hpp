// A network in layers: where its nodes stand, and how its connections run. For every drawing of a network.
//
//   layer 0   1   2
//        i0 --.
//              h5 -- o3        x grows from the inputs (0) to the outputs (1), y downwards (0 to 1)
//        i1 --'
//
// Layers are those of Sugiyama, Tagawa & Toda (1981): a node stands one layer behind its furthest predecessor, a
// connection over several layers passes a free place in each, and hidden layers are sorted by the mean position of
// neighbours, so that few connections cross. Inputs and outputs keep their order. The same genome gives the same layout.
#pragma once

#include <clade/core/genome/genome_store.hpp>

#include <cstddef>
#include <vector>

namespace clade::plot {

struct LayoutPoint {
    double x = 0.0;
    double y = 0.0;
};

enum class NodeRole { input, bias, output, hidden };

struct PlacedNode {
    NodeId id{};
    NodeRole role{};
    std::size_t layer = 0;
    LayoutPoint at{};
};

/// An enabled connection.
struct PlacedConnection {
    std::size_t row = 0;     ///< in the genome
    std::size_t source = 0;  ///< position in NetworkLayout::nodes
    std::size_t target = 0;
    bool backward = false;              ///< to the same or an earlier layer, as recurrent ones: to be drawn as a curve
    std::vector<LayoutPoint> points{};  ///< from source to target; of a backward one only these two
};

struct NetworkLayout {
    std::vector<PlacedNode> nodes{};  ///< inputs, bias, then the nodes of the genome in their order
    std::vector<PlacedConnection> connections{};
    std::size_t layers = 0;
    std::size_t widest = 0;  ///< places in the largest layer, those that connections pass included
};

[[nodiscard]] NetworkLayout layout_network(const GenomeView& genome, const GenomeShape& shape);

}  // namespace clade::plot
