// A network as a file: drawn as SVG, or for other programs as DOT (Graphviz) and GraphML.
#pragma once

#include "clade/plot/node_labels.hpp"

#include <clade/core/functions/functions.hpp>

#include <string>

namespace clade::plot {

/// What is to be drawn.
struct NetworkPicture {
    GenomeView genes;
    GenomeShape shape;
    const NodeLabels& labels;
    const FunctionSet& functions;
    std::string title;
};

/// In the layers of layout_network(): blue for positive weights, dashed orange for negative ones, wider for larger ones;
/// backward connections curved. Each node and connection has a <title> with its values.
[[nodiscard]] std::string network_svg(const NetworkPicture& picture);

/// All connections; disabled ones dotted.
[[nodiscard]] std::string network_dot(const NetworkPicture& picture);

/// All genes with all their columns.
[[nodiscard]] std::string network_graphml(const NetworkPicture& picture);

}  // namespace clade::plot
