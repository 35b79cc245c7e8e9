#include "clade/output/trace_output.hpp"

#include "clade/plot/svg.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>
#include <vector>

namespace clade {
namespace {

/// Positions of at most `limit` moments, evenly spread, the first and the last among them.
std::vector<std::size_t> moments_of(const Trace& trace, std::size_t limit) {
    const std::size_t count = trace.drawings.size();
    std::vector<std::size_t> moments;
    for (std::size_t i = 0; i < std::min(count, limit); ++i) {
        moments.push_back(count <= limit ? i : i * (count - 1) / (limit - 1));
    }
    return moments;
}

std::string moment_label(const Trace& trace, std::size_t moment) {
    return fmt::format("{} {:.4g}", trace.columns.front(), trace.rows[moment].front());
}

// ---- SVG ----

constexpr double frame_width = 240.0;
constexpr std::size_t frames_a_row = 4;
constexpr std::size_t frames_shown = 12;
constexpr double label_height = 18.0;

std::string_view stroke_of(Shape::Role role) {
    switch (role) {
        case Shape::Role::scenery:
            return "#888";
        case Shape::Role::body:
            return "#1f5fa8";
        case Shape::Role::part:
            return "#c0562a";
        case Shape::Role::path:
            return "#2e8b57";
    }
    return "#000";
}

/// From the task's units to a frame's.
struct Frame {
    const Trace& trace;
    double scale;

    [[nodiscard]] Point operator()(const Point& point) const {
        return {(point.x - trace.low.x) * scale, (trace.high.y - point.y) * scale};
    }
};

void add_shape(std::string& svg, const Shape& shape, const Frame& frame) {
    const std::string_view stroke = stroke_of(shape.role);
    if (shape.points.size() == 1) {
        const Point center = frame(shape.points[0]);
        const double radius = std::max(shape.radius * frame.scale, 1.0);
        svg += fmt::format(R"(<circle cx="{:.2f}" cy="{:.2f}" r="{:.2f}" fill="none" stroke="{}"/>)", center.x,
                           center.y, radius, stroke);
        return;
    }
    svg += shape.closed ? "<polygon points=\"" : "<polyline points=\"";
    for (const Point& point : shape.points) {
        const Point at = frame(point);
        svg += fmt::format("{:.2f},{:.2f} ", at.x, at.y);
    }
    svg += fmt::format(R"(" fill="none" stroke="{}" stroke-width="1.5"/>)", stroke);
}

// ---- text ----

constexpr std::size_t moments_in_text = 3;
constexpr std::size_t widest_canvas = 72;
constexpr std::size_t tallest_canvas = 20;
constexpr double cell_aspect = 2.0;  // a character is about twice as high as wide

char mark_of(Shape::Role role) {
    switch (role) {
        case Shape::Role::scenery:
            return '.';
        case Shape::Role::body:
            return '#';
        case Shape::Role::part:
            return 'o';
        case Shape::Role::path:
            return '+';
    }
    return ' ';
}

/// Characters that shapes are drawn on; what lies outside is cut off.
class TraceCanvas {
public:
    TraceCanvas(const Trace& trace, std::size_t width)
        : low_(trace.low), high_(trace.high), columns_(std::min(width, widest_canvas)) {
        const double across = std::max(high_.x - low_.x, 1e-9);
        const double up = std::max(high_.y - low_.y, 1e-9);
        rows_ = static_cast<std::size_t>(std::lround(static_cast<double>(columns_) * up / across / cell_aspect)) + 1;
        if (rows_ > tallest_canvas) {
            rows_ = tallest_canvas;
            columns_ = std::max<std::size_t>(
                1,
                std::min(columns_, static_cast<std::size_t>(static_cast<double>(rows_) * cell_aspect * across / up)));
        }
        lines_.assign(rows_, std::string(columns_, ' '));
    }

    void draw(const Shape& shape) {
        const char mark = mark_of(shape.role);
        if (shape.points.size() == 1) return draw_circle(shape.points[0], shape.radius, mark);
        for (std::size_t i = 1; i < shape.points.size(); ++i) draw_line(shape.points[i - 1], shape.points[i], mark);
        if (shape.closed && shape.points.size() > 2) draw_line(shape.points.back(), shape.points.front(), mark);
    }

    [[nodiscard]] std::string text() const {
        std::string text;
        for (std::string line : lines_) {
            line.erase(line.find_last_not_of(' ') + 1);
            text += line + '\n';
        }
        return text;
    }

private:
    void put(const Point& point, char mark) {
        const double across = (point.x - low_.x) / (high_.x - low_.x) * static_cast<double>(columns_ - 1);
        const double down = (high_.y - point.y) / (high_.y - low_.y) * static_cast<double>(rows_ - 1);
        if (!(across > -0.5 && down > -0.5)) return;
        const auto column = static_cast<std::size_t>(std::lround(across));
        const auto row = static_cast<std::size_t>(std::lround(down));
        if (column < columns_ && row < rows_) lines_[row][column] = mark;
    }

    void draw_line(const Point& from, const Point& to, char mark) {
        const std::size_t steps = 2 * (columns_ + rows_);
        for (std::size_t i = 0; i <= steps; ++i) {
            const double part = static_cast<double>(i) / static_cast<double>(steps);
            put({from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)}, mark);
        }
    }

    void draw_circle(const Point& center, double radius, char mark) {
        put(center, mark);
        constexpr int corners = 48;
        for (int i = 0; i < corners; ++i) {
            const double angle = 2.0 * 3.14159265358979 * i / corners;
            put({center.x + radius * std::cos(angle), center.y + radius * std::sin(angle)}, mark);
        }
    }

    Point low_;
    Point high_;
    std::size_t columns_;
    std::size_t rows_ = 0;
    std::vector<std::string> lines_;
};

}  // namespace

std::string trace_csv(const Trace& trace) {
    std::string csv;
    for (std::size_t i = 0; i < trace.columns.size(); ++i) csv += (i == 0 ? "" : ",") + csv_cell(trace.columns[i]);
    csv += '\n';
    for (const std::vector<double>& row : trace.rows) csv += fmt::format("{}\n", fmt::join(row, ","));
    return csv;
}

std::string trace_svg(const Trace& trace) {
    const std::vector<std::size_t> moments = moments_of(trace, frames_shown);
    if (moments.empty()) return "";
    const Frame frame{trace, frame_width / std::max(trace.high.x - trace.low.x, 1e-9)};
    const double height = (trace.high.y - trace.low.y) * frame.scale;
    const double step = height + label_height + 10.0;
    const std::size_t rows = (moments.size() + frames_a_row - 1) / frames_a_row;
    const double total_width = static_cast<double>(std::min(moments.size(), frames_a_row)) * (frame_width + 10.0);
    std::string svg = fmt::format("<clipPath id=\"frame\"><rect width=\"{:.0f}\" height=\"{:.2f}\"/></clipPath>\n",
                                  frame_width, height);
    for (std::size_t i = 0; i < moments.size(); ++i) {
        const std::size_t row = i / frames_a_row;
        svg += fmt::format(R"x(<g transform="translate({:.0f},{:.2f})"><text y="12">{}</text>)x",
                           static_cast<double>(i % frames_a_row) * (frame_width + 10.0) + 5.0,
                           static_cast<double>(row) * step, moment_label(trace, moments[i]));
        svg += fmt::format(R"x(<g transform="translate(0,{:.0f})" clip-path="url(#frame)">)x", label_height);
        for (const Shape& shape : trace.drawings[moments[i]].shapes) add_shape(svg, shape, frame);
        svg += "</g></g>\n";
    }
    return plot::svg_page(total_width, static_cast<double>(rows) * step, svg);
}

std::string trace_text(const Trace& trace, std::size_t width) {
    std::string text;
    for (const std::size_t moment : moments_of(trace, moments_in_text)) {
        TraceCanvas canvas(trace, width);
        for (const Shape& shape : trace.drawings[moment].shapes) canvas.draw(shape);
        text += moment_label(trace, moment) + '\n' + canvas.text() + '\n';
    }
    return text;
}

}  // namespace clade
