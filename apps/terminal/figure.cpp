#include "terminal/figure.hpp"

#include "terminal/shell.hpp"

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <numeric>
#include <string_view>

namespace clade::bench {
namespace {

constexpr int panel_width = 520;  // [pixels]
constexpr int panel_height = 420;

/// In single quotes: within double ones gnuplot runs what stands between backquotes.
std::string in_quotes(std::string_view text) {
    std::string quoted = "'";
    for (const char c : escaped(text)) quoted += c == '\'' ? std::string("''") : std::string(1, c);
    return quoted + "'";
}

/// A text that gnuplot shows as it is, without taking _ and ^ for markup.
std::string plain_text(std::string_view text) { return in_quotes(text) + " noenhanced"; }

std::string data_blocks(const std::vector<FigureSeries>& series) {
    std::string text;
    for (std::size_t i = 0; i < series.size(); ++i) {
        text += fmt::format("$data{} << END\n", i);
        for (const auto& [x, y] : series[i].points) text += fmt::format("{} {}\n", x, y);
        text += "END\n";
    }
    return text;
}

std::string_view plot_style(PanelStyle style) {
    switch (style) {
        case PanelStyle::lines:
            return "with linespoints pointsize 0.5";
        case PanelStyle::steps:
            return "with steps linewidth 2";
        case PanelStyle::boxes:
            return "with boxes fill solid 0.5";
    }
    return "";
}

std::string panel_commands(const FigurePanel& panel, const Figure& figure) {
    std::string text =
        fmt::format("set title {}\n{}set logscale xy\n", plain_text(panel.title), panel.logarithmic ? "" : "un");
    text += panel.logarithmic ? "set format \"10^{%T}\"\n" : "set format x \"%.0s%c\"\nset format y \"%g\"\n";
    text += fmt::format("set xlabel {}\nset ylabel {}\n",
                        plain_text(panel.x_label.empty() ? figure.x_label : panel.x_label),
                        plain_text(panel.y_label.empty() ? figure.y_label : panel.y_label));
    text += panel.style == PanelStyle::lines ? "set yrange [*:*]\n" : "set yrange [0:*]\n";
    std::vector<std::size_t> shown = panel.series;
    if (shown.empty()) {
        shown.resize(figure.series.size());
        std::iota(shown.begin(), shown.end(), std::size_t{0});
    }
    std::string_view separator = "plot ";
    for (const std::size_t i : shown) {
        text += fmt::format("{}$data{} using 1:2 {} linetype {} title {}", separator, i, plot_style(panel.style), i + 1,
                            plain_text(figure.series[i].name));
        separator = ", ";
    }
    return text + "\n";
}

std::string script_of(const Figure& figure, const std::filesystem::path& file) {
    std::string text = fmt::format(
        "set terminal svg size {},{} dynamic font \"sans,12\" background rgb \"white\"\nset output {}\n"
        "set key top left\nset grid\n",
        panel_width * static_cast<int>(figure.panels.size()), panel_height, in_quotes(file.string()));
    text += data_blocks(figure.series) + fmt::format("set multiplot layout 1,{}\n", figure.panels.size());
    for (const FigurePanel& panel : figure.panels) text += panel_commands(panel, figure);
    return text + "unset multiplot\n";
}

}  // namespace

bool can_draw() { return succeeds("gnuplot --version"); }

void check_can_draw() {
    if (!can_draw()) throw InputError("figures are drawn by gnuplot, which is not installed (Debian: gnuplot-nox)");
}

void draw_svg(const Figure& figure, const std::filesystem::path& file) {
    check_can_draw();
    const TemporaryFile script(script_of(figure, file));
    if (!succeeds("gnuplot " + shell_word(script.path()))) throw Error(file.string() + ": gnuplot could not draw it");
}

}  // namespace clade::bench
