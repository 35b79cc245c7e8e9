#include "bench/figure.hpp"

#include "bench/shell.hpp"

#include <clade/core/error.hpp>

#include <fmt/format.h>

#include <cstdio>

namespace clade::bench {
namespace {

constexpr int panel_width = 520;  // [pixels]
constexpr int panel_height = 420;

std::string in_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
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

std::string panel_commands(const FigurePanel& panel, const std::vector<FigureSeries>& series) {
    std::string text =
        fmt::format("set title {}\n{}set logscale xy\n", plain_text(panel.title), panel.logarithmic ? "" : "un");
    text += panel.logarithmic ? "set format \"10^{%T}\"\n" : "set format x \"%.0s%c\"\nset format y \"%g\"\n";
    for (std::size_t i = 0; i < series.size(); ++i) {
        text += fmt::format("{}$data{} using 1:2 with linespoints linetype {} pointsize 0.5 title {}",
                            i == 0 ? "plot " : ", ", i, i + 1, plain_text(series[i].name));
    }
    return text + "\n";
}

std::string script_of(const Figure& figure, const std::filesystem::path& file) {
    std::string text = fmt::format(
        "set terminal svg size {},{} dynamic font \"sans,12\" background rgb \"white\"\nset output {}\n"
        "set key top left\nset grid\nset xlabel {}\nset ylabel {}\n",
        panel_width * static_cast<int>(figure.panels.size()), panel_height, in_quotes(file.string()),
        plain_text(figure.x_label), plain_text(figure.y_label));
    text += data_blocks(figure.series) + fmt::format("set multiplot layout 1,{}\n", figure.panels.size());
    for (const FigurePanel& panel : figure.panels) text += panel_commands(panel, figure.series);
    return text + "unset multiplot\n";
}

}  // namespace

bool can_draw() { return succeeds("gnuplot --version"); }

void draw_svg(const Figure& figure, const std::filesystem::path& file) {
    if (!can_draw()) throw Error("figures are drawn by gnuplot, which is not installed (Debian: gnuplot-nox)");
    const TemporaryFile script(script_of(figure, file));
    if (!succeeds("gnuplot " + shell_word(script.path()))) throw Error(file.string() + ": gnuplot could not draw it");
}

}  // namespace clade::bench
