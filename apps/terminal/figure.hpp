// Curves as an SVG file, drawn by gnuplot.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace clade::bench {

struct FigureSeries {
    std::string name;
    std::vector<std::pair<double, double>> points{};
};

enum class PanelStyle { lines, steps, boxes };

struct FigurePanel {
    std::string title;
    bool logarithmic = false;  ///< both axes
    PanelStyle style = PanelStyle::lines;
    std::string x_label{};              ///< empty: the figure's
    std::string y_label{};              ///< empty: the figure's
    std::vector<std::size_t> series{};  ///< which of the figure's; empty: all
};

struct Figure {
    std::string x_label;
    std::string y_label;
    std::vector<FigurePanel> panels;  ///< side by side
    std::vector<FigureSeries> series;
};

/// Whether gnuplot can be started.
[[nodiscard]] bool can_draw();

/// Throws InputError where it cannot, with what to install.
void check_can_draw();

/// Writes the file anew. Throws Error if gnuplot cannot be started or fails.
void draw_svg(const Figure& figure, const std::filesystem::path& file);

}  // namespace clade::bench
