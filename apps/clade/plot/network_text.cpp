#include "clade/plot/network_text.hpp"

#include "clade/plot/network_layout.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace clade::plot {
namespace {

constexpr std::size_t most_connections = 60;
constexpr std::size_t columns_a_layer = 10;  ///< at least, between layers
constexpr std::size_t longest_label = 18;
constexpr std::size_t widest_gap = 24;  ///< columns between layers

/// Characters, or cells of 2 x 4 braille dots, with texts over them.
class TextCanvas {
public:
    TextCanvas(std::size_t width, std::size_t height, bool unicode)
        : width_(width), height_(height), unicode_(unicode), lines_(width * height, U' ') {}

    /// From the middle of one character to that of another.
    void line(double x0, double y0, double x1, double y1, bool dotted) {
        const double across = unicode_ ? 2.0 : 1.0;
        const double down = unicode_ ? 4.0 : 1.0;
        const double dx = (x1 - x0) * across;
        const double dy = (y1 - y0) * down;
        const auto steps = static_cast<std::size_t>(std::max({std::abs(dx), std::abs(dy), 1.0}));
        const std::size_t period = unicode_ ? 4 : 2;
        for (std::size_t i = 0; i <= steps; ++i) {
            if (dotted && i % period >= period / 2) continue;
            const double part = static_cast<double>(i) / static_cast<double>(steps);
            dot((x0 + 0.5) * across + part * dx, (y0 + 0.5) * down + part * dy, slope_mark(dx, dy));
        }
    }

    void text(std::size_t x, std::size_t y, std::string_view label) {
        for (std::size_t i = 0; i < label.size() && x + i < width_; ++i) {
            lines_[y * width_ + x + i] = static_cast<unsigned char>(label[i]);
        }
    }

    [[nodiscard]] std::string row(std::size_t y) const {
        std::size_t end = width_;
        while (end > 0 && lines_[y * width_ + end - 1] == U' ') --end;
        std::string text;
        for (std::size_t x = 0; x < end; ++x) append(text, lines_[y * width_ + x]);
        return text;
    }

private:
    static char32_t slope_mark(double dx, double dy) {
        if (std::abs(dy) < 0.35 * std::abs(dx)) return U'-';
        if (std::abs(dx) < 0.35 * std::abs(dy)) return U'|';
        return (dx > 0) == (dy > 0) ? U'\\' : U'/';
    }

    void dot(double x, double y, char32_t mark) {
        constexpr char32_t bits[2][4]{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
        const auto at_x = static_cast<std::size_t>(std::max(x, 0.0));
        const auto at_y = static_cast<std::size_t>(std::max(y, 0.0));
        const std::size_t column = unicode_ ? at_x / 2 : at_x;
        const std::size_t line = unicode_ ? at_y / 4 : at_y;
        if (column >= width_ || line >= height_) return;
        char32_t& cell = lines_[line * width_ + column];
        if (!unicode_) {
            cell = mark;
            return;
        }
        cell = (cell == U' ' ? char32_t{0x2800} : cell) | bits[at_x % 2][at_y % 4];
    }

    static void append(std::string& text, char32_t code) {
        if (code < 0x80) {
            text += static_cast<char>(code);
            return;
        }
        text += {static_cast<char>(0xE0U | (code >> 12U)), static_cast<char>(0x80U | ((code >> 6U) & 0x3FU)),
                 static_cast<char>(0x80U | (code & 0x3FU))};
    }

    std::size_t width_;
    std::size_t height_;
    bool unicode_;
    std::vector<char32_t> lines_;  // [height x width]
};

/// Labels that stand beside the drawing must be short, and ASCII to be counted in bytes.
std::string short_label(const std::string& label, std::size_t limit) {
    std::string text;
    for (const char c : label) text += static_cast<unsigned char>(c) < 0x80 ? c : '?';
    return text.size() <= limit ? text : text.substr(0, limit - 2) + "..";
}

struct Drawing {
    NetworkLayout layout;
    std::vector<std::string> labels;  ///< [nodes]
    std::size_t left = 0;             ///< columns of the inputs' labels
    std::size_t right = 0;            ///< of the outputs'
    std::size_t gap = 0;              ///< columns from layer to layer
    std::size_t height = 0;

    [[nodiscard]] double x(const LayoutPoint& point) const {
        return static_cast<double>(left) + point.x * static_cast<double>(gap * (layout.layers - 1));
    }
    [[nodiscard]] double y(const LayoutPoint& point) const { return std::floor(point.y * static_cast<double>(height)); }
    [[nodiscard]] std::size_t width() const { return left + gap * (layout.layers - 1) + right + 2; }
};

/// Nothing if it does not fit.
std::optional<Drawing> drawing_of(const GenomeView& genome, const GenomeShape& shape, const NodeLabels& labels,
                                  const TextFrame& frame) {
    Drawing drawing{layout_network(genome, shape), {}};
    const NetworkLayout& layout = drawing.layout;
    if (layout.connections.size() > most_connections || layout.widest > frame.height) return std::nullopt;
    for (const PlacedNode& node : layout.nodes) {
        const bool hidden = node.role == NodeRole::hidden;
        const std::string id = fmt::format("({})", raw(node.id));
        const std::string name = hidden ? "" : short_label(labels(shape, node.id), longest_label);
        if (hidden) drawing.labels.push_back(id);
        if (!hidden) drawing.labels.push_back(node.role == NodeRole::output ? id + ' ' + name : name + ' ' + id);
        std::size_t& margin = node.role == NodeRole::output ? drawing.right : drawing.left;
        if (!hidden) margin = std::max(margin, drawing.labels.back().size() + 1);
    }
    const std::size_t margins = drawing.left + drawing.right + 2;
    if (frame.width < margins + columns_a_layer * (layout.layers - 1)) return std::nullopt;
    drawing.gap = std::min(widest_gap, (frame.width - margins) / (layout.layers - 1));
    drawing.height = std::min(frame.height, 2 * layout.widest - 1);
    return drawing;
}

std::string backward_text(const Drawing& drawing, const GenomeView& genome, std::size_t width) {
    std::string text;
    for (const PlacedConnection& one : drawing.layout.connections) {
        if (!one.backward) continue;
        text += fmt::format("{}{} -> {} ({:.3g})", text.empty() ? "backward: " : ", ", drawing.labels[one.source],
                            drawing.labels[one.target], genome.weight[one.row]);
    }
    return text.empty() ? "" : wrapped(text, width) + '\n';
}

}  // namespace

std::optional<std::string> network_text(const GenomeView& genome, const GenomeShape& shape, const NodeLabels& labels,
                                        const TextFrame& frame) {
    const auto drawing = drawing_of(genome, shape, labels, frame);
    if (!drawing) return std::nullopt;
    TextCanvas canvas(drawing->width(), drawing->height, frame.unicode);
    for (const bool dotted : {true, false}) {  // solid ones on top
        for (const PlacedConnection& one : drawing->layout.connections) {
            if (one.backward || (genome.weight[one.row] < 0.0F) != dotted) continue;
            for (std::size_t i = 1; i < one.points.size(); ++i) {
                canvas.line(drawing->x(one.points[i - 1]), drawing->y(one.points[i - 1]), drawing->x(one.points[i]),
                            drawing->y(one.points[i]), dotted);
            }
        }
    }
    for (std::size_t i = 0; i < drawing->layout.nodes.size(); ++i) {
        const PlacedNode& node = drawing->layout.nodes[i];
        const std::string& label = drawing->labels[i];
        const auto x = static_cast<std::size_t>(drawing->x(node.at));
        std::size_t begin = x - std::min(x, label.size() / 2);
        if (node.role == NodeRole::output) begin = x + 1;
        if (node.role == NodeRole::input || node.role == NodeRole::bias) begin = drawing->left - label.size() - 1;
        canvas.text(begin, static_cast<std::size_t>(drawing->y(node.at)), label);
    }
    std::string text;
    for (std::size_t y = 0; y < drawing->height; ++y) text += canvas.row(y) + '\n';
    return text + "solid: positive weight, dotted: negative\n" + backward_text(*drawing, genome, frame.width);
}

}  // namespace clade::plot
