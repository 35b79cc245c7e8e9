// SVG files: escaping, the frame of a page, and a plot's axes. Colours are those of Okabe & Ito, which colour-blind people
// tell apart.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace clade::plot {

inline constexpr std::array<std::string_view, 8> palette{"#0072B2", "#E69F00", "#009E73", "#CC79A7",
                                                         "#56B4E9", "#D55E00", "#F0E442", "#999999"};

/// A text of XML on one line: markup and control characters are escaped.
[[nodiscard]] std::string xml_text(std::string_view text);

/// The whole file, with a white background. [pixels]
[[nodiscard]] std::string svg_page(double width, double height, std::string_view body);

/// Text at a place; `anchor` is start, middle or end.
[[nodiscard]] std::string svg_text(double x, double y, std::string_view text, std::string_view anchor = "start");

/// A plot's area: numbers to pixels, and its axes with ticks.
struct PlotArea {
    double left = 70.0;
    double top = 40.0;
    double width = 620.0;
    double height = 320.0;
    double x_low = 0.0;
    double x_high = 1.0;
    double y_low = 0.0;
    double y_high = 1.0;

    [[nodiscard]] double x(double value) const;
    [[nodiscard]] double y(double value) const;
    [[nodiscard]] double page_width() const { return left + width + 30.0; }
    [[nodiscard]] double page_height() const { return top + height + 60.0; }

    [[nodiscard]] std::string axes(std::string_view title, std::string_view x_label, std::string_view y_label) const;
};

}  // namespace clade::plot
