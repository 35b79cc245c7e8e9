#include "clade/plot/network_files.hpp"

#include "clade/plot/network_layout.hpp"
#include "clade/plot/svg.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace clade::plot {
namespace {

constexpr double node_radius = 9.0;
constexpr double layer_step = 130.0;  // [pixels]
constexpr double node_step = 34.0;
constexpr double label_room = 150.0;
constexpr double head_room = 46.0;
constexpr std::string_view positive_colour = palette[0];
constexpr std::string_view negative_colour = palette[5];

/// From the layout's units to pixels.
struct SvgScale {
    double width;
    double height;

    [[nodiscard]] double x(const LayoutPoint& point) const { return label_room + point.x * width; }
    [[nodiscard]] double y(const LayoutPoint& point) const { return head_room + point.y * height; }
};

std::string function_names(const NetworkPicture& picture, std::size_t row) {
    return fmt::format("{}, {}", picture.functions.activations.name(picture.genes.activation[row]),
                       picture.functions.aggregations.name(picture.genes.aggregation[row]));
}

std::string connection_svg(const NetworkPicture& picture, const PlacedConnection& one, const SvgScale& scale,
                           double largest) {
    const float weight = picture.genes.weight[one.row];
    std::string path;
    if (one.backward) {  // a bow below; of a node to itself a loop
        const double x0 = scale.x(one.points.front());
        const double y0 = scale.y(one.points.front());
        const double x1 = scale.x(one.points.back());
        const double y1 = scale.y(one.points.back());
        const double bow = 30.0 + 0.2 * std::abs(x1 - x0);
        path = fmt::format("M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", x0, y0, x0 + bow, y0 + bow,
                           x1 - bow, y1 + bow, x1, y1);
    } else {
        for (const LayoutPoint& point : one.points) {
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? 'M' : 'L', scale.x(point), scale.y(point));
        }
    }
    const double wide = 0.6 + 3.4 * (largest > 0.0 ? std::abs(double{weight}) / largest : 0.0);
    const ConnectionGene gene = picture.genes.connection(one.row);
    return fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.2f}\"{}><title>{}</title></path>\n", path,
        weight < 0.0F ? negative_colour : positive_colour, wide, weight < 0.0F ? " stroke-dasharray=\"6 3\"" : "",
        xml_text(fmt::format("{} to {}: weight {} (innovation {})", picture.labels(picture.shape, gene.source),
                             picture.labels(picture.shape, gene.target), weight, raw(gene.innovation))));
}

std::string node_svg(const NetworkPicture& picture, const PlacedNode& node, const SvgScale& scale) {
    const bool has_genes = !picture.shape.is_input(node.id);
    const std::string label = picture.labels(picture.shape, node.id);
    std::string title = label;
    if (has_genes) {
        const std::size_t row = find_node(picture.genes.node_id, node.id);
        title += fmt::format(": bias {}, response {}, {}", picture.genes.bias[row], picture.genes.response[row],
                             function_names(picture, row));
    }
    std::string svg = fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" stroke=\"black\"><title>{}</title></circle>\n",
        scale.x(node.at), scale.y(node.at), node_radius, has_genes ? "white" : "#ddd", xml_text(title));
    if (node.role == NodeRole::output) {
        return svg + svg_text(scale.x(node.at) + node_radius + 5.0, scale.y(node.at) + 4.0, label);
    }
    if (!has_genes) return svg + svg_text(scale.x(node.at) - node_radius - 5.0, scale.y(node.at) + 4.0, label, "end");
    return svg +
           svg_text(scale.x(node.at), scale.y(node.at) + node_radius + 12.0, std::to_string(raw(node.id)), "middle");
}

/// A text of DOT in quotes, on one line.
std::string dot_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : escaped(text)) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

/// Calls visit(id, row) for inputs, with no row, and for nodes with genes.
template <class Visit>
void visit_nodes(const NetworkPicture& picture, const Visit& visit) {
    for (std::uint32_t id = 0; id < picture.shape.source_count(); ++id) visit(NodeId{id}, picture.genes.node_count());
    for (std::size_t row = 0; row < picture.genes.node_count(); ++row) visit(picture.genes.node_id[row], row);
}

std::string_view role_of(const GenomeShape& shape, NodeId id) {
    if (!shape.is_input(id)) return shape.is_hidden(id) ? "hidden" : "output";
    return raw(id) < shape.input_count ? "input" : "bias";
}

std::string same_rank(const NetworkPicture& picture, bool inputs) {
    std::string ids;
    visit_nodes(picture, [&](NodeId id, std::size_t) {
        if (inputs ? picture.shape.is_input(id) : role_of(picture.shape, id) == "output") {
            ids += fmt::format(" n{};", raw(id));
        }
    });
    return fmt::format("  {{ rank={};{} }}\n", inputs ? "source" : "sink", ids);
}

}  // namespace

std::string network_svg(const NetworkPicture& picture) {
    const NetworkLayout layout = layout_network(picture.genes, picture.shape);
    const SvgScale scale{static_cast<double>(layout.layers - 1) * layer_step,
                         static_cast<double>(std::max<std::size_t>(layout.widest, 2)) * node_step};
    double largest = 0.0;
    for (const PlacedConnection& one : layout.connections) {
        largest = std::max(largest, std::abs(double{picture.genes.weight[one.row]}));
    }
    std::string body = svg_text(12.0, 20.0, picture.title);
    for (const PlacedConnection& one : layout.connections) body += connection_svg(picture, one, scale, largest);
    for (const PlacedNode& node : layout.nodes) body += node_svg(picture, node, scale);
    const double legend = head_room + scale.height + 40.0;
    body += fmt::format(
        "<path d=\"M12 {0:.1f}h30\" stroke=\"{1}\" stroke-width=\"2\"/><path d=\"M170 {0:.1f}h30\" stroke=\"{2}\" "
        "stroke-width=\"2\" stroke-dasharray=\"6 3\"/>\n",
        legend, positive_colour, negative_colour);
    body += svg_text(48.0, legend + 4.0, "positive weight") + svg_text(206.0, legend + 4.0, "negative weight");
    body += svg_text(330.0, legend + 4.0, fmt::format("widest: {:.3g}", largest));
    return svg_page(std::max(2 * label_room + scale.width, 460.0), legend + 20.0, body);
}

std::string network_dot(const NetworkPicture& picture) {
    std::string text = fmt::format("digraph network {{\n  label={};\n  rankdir=LR;\n  node [shape=circle];\n",
                                   dot_text(picture.title));
    visit_nodes(picture, [&](NodeId id, std::size_t) {
        text += fmt::format("  n{} [label={}{}];\n", raw(id), dot_text(picture.labels(picture.shape, id)),
                            picture.shape.is_input(id) ? ", shape=box" : "");
    });
    text += same_rank(picture, true) + same_rank(picture, false);
    for (std::size_t row = 0; row < picture.genes.connection_count(); ++row) {
        const ConnectionGene gene = picture.genes.connection(row);
        text += fmt::format("  n{} -> n{} [label=\"{:.3g}\", color=\"{}\"{}];\n", raw(gene.source), raw(gene.target),
                            gene.weight, gene.weight < 0.0F ? negative_colour : positive_colour,
                            gene.enabled != 0 ? "" : ", style=dotted");
    }
    return text + "}\n";
}

std::string network_graphml(const NetworkPicture& picture) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
    const auto key = [&](std::string_view of, std::string_view name, std::string_view type) {
        text +=
            fmt::format("  <key id=\"{0}_{1}\" for=\"{0}\" attr.name=\"{1}\" attr.type=\"{2}\"/>\n", of, name, type);
    };
    const auto data = [&](std::string_view of, std::string_view name, const std::string& value) {
        text += fmt::format("<data key=\"{}_{}\">{}</data>", of, name, xml_text(value));
    };
    for (const char* name : {"label", "role", "activation", "aggregation"}) key("node", name, "string");
    for (const char* name : {"bias", "response"}) key("node", name, "float");
    key("edge", "innovation", "long"), key("edge", "weight", "float"), key("edge", "enabled", "boolean");
    text += fmt::format("  <graph edgedefault=\"directed\">\n    <desc>{}</desc>\n", xml_text(picture.title));
    visit_nodes(picture, [&](NodeId id, std::size_t row) {
        text += fmt::format("    <node id=\"n{}\">", raw(id));
        data("node", "label", picture.labels(picture.shape, id));
        data("node", "role", std::string(role_of(picture.shape, id)));
        if (row < picture.genes.node_count()) {
            data("node", "activation", std::string(picture.functions.activations.name(picture.genes.activation[row])));
            data("node", "aggregation",
                 std::string(picture.functions.aggregations.name(picture.genes.aggregation[row])));
            data("node", "bias", fmt::format("{}", picture.genes.bias[row]));
            data("node", "response", fmt::format("{}", picture.genes.response[row]));
        }
        text += "</node>\n";
    });
    for (std::size_t row = 0; row < picture.genes.connection_count(); ++row) {
        const ConnectionGene gene = picture.genes.connection(row);
        text += fmt::format(R"(    <edge source="n{}" target="n{}">)", raw(gene.source), raw(gene.target));
        data("edge", "innovation", std::to_string(raw(gene.innovation)));
        data("edge", "weight", fmt::format("{}", gene.weight));
        data("edge", "enabled", gene.enabled != 0 ? "true" : "false");
        text += "</edge>\n";
    }
    return text + "  </graph>\n</graphml>\n";
}

}  // namespace clade::plot
