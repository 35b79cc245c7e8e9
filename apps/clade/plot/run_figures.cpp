#include "clade/plot/run_figures.hpp"

#include "clade/history/operator_words.hpp"
#include "clade/plot/svg.hpp"

#include <clade/evolution/breed/child_plan.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace clade::plot {
namespace {

using history::Ancestor;
using history::SpeciesLife;

struct Series {
    std::string name;
    std::vector<double> values;
    std::string_view colour;
    std::string_view style;  ///< further attributes of the line
};

/// Widens the plot's vertical range to hold a finite value.
void include(PlotArea& area, bool& empty, double value) {
    if (!std::isfinite(value)) return;
    area.y_low = empty ? value : std::min(area.y_low, value);
    area.y_high = empty ? value : std::max(area.y_high, value);
    empty = false;
}

std::string line_path(const PlotArea& area, const std::vector<double>& values, double first) {
    std::string path;
    bool pen_down = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            pen_down = false;
            continue;
        }
        path += fmt::format("{}{:.1f} {:.1f}", pen_down ? 'L' : 'M', area.x(first + static_cast<double>(i)),
                            area.y(values[i]));
        pen_down = true;
    }
    return path;
}

/// The outline of a species' share, on top of those before; raises `floor` by it. It begins and ends in a point half a
/// generation outside.
std::string stream_path(const PlotArea& area, const SpeciesLife& life, std::vector<double>& floor) {
    std::string upper;
    std::string lower;
    for (std::size_t i = 0; i < life.sizes.size(); ++i) {
        const std::size_t place = life.born + i;
        const double x = area.x(static_cast<double>(place));
        lower = fmt::format("L{:.1f} {:.1f}", x, area.y(floor[place])) + lower;
        floor[place] += life.sizes[i];
        upper += fmt::format("L{:.1f} {:.1f}", x, area.y(floor[place]));
    }
    const auto tip = [&](double generation, std::size_t place, double size) {
        return fmt::format("{:.1f} {:.1f}", area.x(generation), area.y(floor[place] - size / 2.0));
    };
    const std::string begin = tip(std::max(0.0, life.born - 0.5), life.born, life.sizes.front());
    const std::string end = tip(std::min(area.x_high, life.last() + 0.5), life.last(), life.sizes.back());
    return "M" + begin + upper + "L" + end + lower + "Z";
}

/// The id of a species where its share is largest, if there is room. `floor` is the upper edge of its share.
std::string stream_label(const PlotArea& area, const SpeciesLife& life, const std::vector<double>& floor) {
    constexpr double room = 14.0;  // [pixels]
    const auto widest = static_cast<std::size_t>(std::ranges::max_element(life.sizes) - life.sizes.begin());
    const double high = area.height * life.sizes[widest] / std::max(area.y_high, 1.0);
    const double wide = area.width * static_cast<double>(life.sizes.size()) / (area.x_high + 1.0);
    if (high < room || wide < room) return "";
    const std::size_t place = life.born + widest;
    const double x = std::clamp(area.x(static_cast<double>(place)), area.left + room, area.left + area.width - room);
    return svg_text(x, area.y(floor[place] - life.sizes[widest] / 2.0) + 4.0, std::to_string(raw(life.id)), "middle");
}

constexpr std::size_t rises_labelled = 5;

/// A circle, and a line from the other parent if that lies within the plot.
std::string rise_mark(const PlotArea& area, const Ancestor& one) {
    const double x = area.x(one.row.generation);
    std::string svg;
    if (one.other_parent && one.other_parent->fitness >= area.y_low && one.other_parent->fitness <= area.y_high) {
        svg += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#999\" stroke-dasharray=\"3 2\"/>\n",
                           area.x(one.other_parent->generation), area.y(one.other_parent->fitness), x,
                           area.y(one.row.fitness));
    }
    const bool structural = one.row.operators >= bit_of_mutation(0);
    const std::string title =
        fmt::format("genome {}, generation {}: fitness {:.6g} to {:.6g}, {}", raw(one.row.id), one.row.generation,
                    one.parent->fitness, one.row.fitness, history::operators_text(one.row.operators, ", "));
    return svg + fmt::format(
                     "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\" fill=\"{}\" stroke=\"black\"><title>{}</title>"
                     "</circle>\n",
                     x, area.y(one.row.fitness), structural ? palette[5] : "white", xml_text(title));
}

std::string rise_label(const PlotArea& area, const Ancestor& one) {
    const double x = area.x(one.row.generation);
    const bool left = x > area.left + area.width * 0.6;
    return svg_text(x + (left ? -8.0 : 8.0), area.y(one.row.fitness) + 14.0,
                    fmt::format("{}: {}", raw(one.row.id), history::operators_text(one.row.operators, ", ")),
                    left ? "end" : "start");
}

}  // namespace

std::string fitness_svg(const std::vector<GenerationRow>& rows, const std::string& title) {
    std::vector<Series> all{{"best", {}, palette[0], R"(stroke-width="2")"},
                            {"median", {}, palette[2], R"(stroke-width="1.5" stroke-dasharray="6 3")"},
                            {"mean", {}, palette[5], R"(stroke-width="1.5" stroke-dasharray="2 2")"}};
    PlotArea area;
    bool empty = true;
    for (const GenerationRow& row : rows) {
        all[0].values.push_back(row.fitness.best);
        all[1].values.push_back(row.fitness.median);
        all[2].values.push_back(row.fitness.mean);
        for (const Series& one : all) include(area, empty, one.values.back());
    }
    area.x_low = rows.empty() ? 0.0 : rows.front().generation;
    area.x_high = rows.empty() ? 1.0 : rows.back().generation;
    std::string body = area.axes(title, "generation", "fitness");
    double x = area.left + area.width - 240.0;
    for (const Series& one : all) {
        const std::string line = fmt::format("stroke=\"{}\" {}", one.colour, one.style);
        body += fmt::format("<path d=\"{}\" fill=\"none\" {}/>\n", line_path(area, one.values, area.x_low), line);
        body += fmt::format("<path d=\"M{:.1f} 20h24\" {}/>\n", x, line) + svg_text(x + 30.0, 24.0, one.name);
        x += 82.0;
    }
    return svg_page(area.page_width(), area.page_height(), body);
}

std::string species_svg(const std::vector<SpeciesLife>& lives, const std::string& title) {
    std::size_t places = 1;
    for (const SpeciesLife& life : lives) places = std::max<std::size_t>(places, life.last() + 1);
    std::vector<double> total(places, 0.0);
    for (const SpeciesLife& life : lives) {
        for (std::size_t i = 0; i < life.sizes.size(); ++i) total[life.born + i] += life.sizes[i];
    }
    const PlotArea area{.x_high = static_cast<double>(places - 1), .y_high = *std::ranges::max_element(total)};
    std::vector<double> floor(places, 0.0);  // of the next stream, by generation
    std::string streams;
    std::string labels;
    for (std::size_t s = 0; s < lives.size(); ++s) {
        const SpeciesLife& life = lives[s];
        const std::string name = fmt::format("species {}: generations {} to {}, at most {} genomes, {}", raw(life.id),
                                             life.born, life.last(), life.largest(), name_of(life.end));
        streams +=
            fmt::format("<path d=\"{}\" fill=\"{}\" stroke=\"white\" stroke-width=\"0.7\"><title>{}</title></path>\n",
                        stream_path(area, life, floor), palette[s % palette.size()], xml_text(name));
        labels += stream_label(area, life, floor);
    }
    return svg_page(area.page_width(), area.page_height(),
                    area.axes(title, "generation", "genomes") + streams + labels);
}

std::string lineage_svg(const std::vector<Ancestor>& line, FitnessDirection direction, const std::string& title) {
    PlotArea area;
    bool empty = true;
    std::vector<double> values;
    for (const Ancestor& one : line) {
        values.push_back(one.row.fitness);
        include(area, empty, one.row.fitness);
    }
    area.x_low = line.front().row.generation;
    area.x_high = line.back().row.generation;
    std::string body = area.axes(title, "generation", "fitness");
    body += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\"/>\n",
                        line_path(area, values, area.x_low), palette[0]);
    std::multimap<double, const Ancestor*, std::greater<>> rises;
    for (const Ancestor& one : line) {
        if (!history::is_rise(one, direction)) continue;
        const double rise = std::abs(one.row.fitness - one.parent->fitness);
        rises.emplace(std::isfinite(rise) ? rise : 0.0, &one);
        body += rise_mark(area, one);
    }
    std::size_t labelled = 0;
    for (const auto& [rise, one] : rises) {
        if (labelled++ == rises_labelled) break;
        body += rise_label(area, *one);
    }
    body += svg_text(area.left, area.page_height() - 4.0,
                     "circle: fitter than its fitter parent; filled: with a structural mutation; dashed: other parent");
    return svg_page(area.page_width(), area.page_height(), body);
}

}  // namespace clade::plot
