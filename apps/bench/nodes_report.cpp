#include "bench/nodes_report.hpp"

#include "bench/machine_facts.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace clade::bench {
namespace {

/// Ratios to pure Python as the seed document publishes them.
struct PublishedRatio {
    std::size_t n;
    double numba;
    double julia;
};
constexpr std::array<PublishedRatio, 8> published{{{1, 0.4436, 51.056},
                                                   {10, 1.1168, 35.145},
                                                   {100, 11.9775, 25.318},
                                                   {1000, 31.1939, 20.310},
                                                   {10'000, 43.4749, 52.732},
                                                   {100'000, 65.8662, 86.643},
                                                   {1'000'000, 65.2943, 37.177},
                                                   {10'000'000, 62.2966, 17.899}}};

class Lookup {
public:
    explicit Lookup(const std::vector<NodesRow>& rows) : rows_(rows) {
        for (const NodesRow& row : rows) {
            add(systems, row.system);
            add(counts, row.n);
        }
        std::sort(counts.begin(), counts.end());
    }

    [[nodiscard]] std::optional<double> median(const std::string& system, std::size_t n) const {
        const auto at = std::find_if(rows_.begin(), rows_.end(),
                                     [&](const NodesRow& row) { return row.system == system && row.n == n; });
        return at == rows_.end() ? std::nullopt : std::optional(at->timing.median);
    }

    /// How many times as long `slow` takes as `fast`.
    [[nodiscard]] std::optional<double> ratio(const std::string& slow, const std::string& fast, std::size_t n) const {
        const auto a = median(slow, n);
        const auto b = median(fast, n);
        return a && b ? std::optional(*a / *b) : std::nullopt;
    }

    std::vector<std::string> systems;  // in the order of the rows
    std::vector<std::size_t> counts;   // ascending

private:
    template <class T>
    static void add(std::vector<T>& list, const T& value) {
        if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    }

    const std::vector<NodesRow>& rows_;
};

std::string ratio_text(std::optional<double> ratio) {
    if (!ratio) return "-";
    return *ratio < 1000.0 ? fmt::format("{:.3g}", *ratio) : fmt::format("{:.0f}", *ratio);
}

/// "median (mean, min)" of every system and count.
std::string times_table(const NodesResults& results, const Lookup& lookup, std::size_t width) {
    TextTable table;
    table.column("system", TextTable::Align::left);
    for (const char* header : {"nodes", "threads", "median", "mean", "min", "a node"}) table.column(header);
    for (const std::string& system : lookup.systems) {
        for (const NodesRow& row : results.rows) {
            if (row.system != system) continue;
            table.row({row.system, std::to_string(row.n), std::to_string(row.threads), time_text(row.timing.median),
                       time_text(row.timing.mean), time_text(row.timing.min),
                       time_text(row.timing.median / static_cast<double>(row.n))});
        }
    }
    return table.text(width);
}

/// The seed document's table: how many times as fast as pure Python.
std::string ratio_table(const Lookup& lookup, std::size_t width) {
    std::vector<std::string> systems;
    for (const std::string& system : lookup.systems) {
        if (system != "python" && !system.starts_with("fill")) systems.push_back(system);
    }
    TextTable table;
    table.column("nodes");
    for (const std::string& system : systems) table.column(system);
    table.column("seed's numba");
    table.column("seed's julia");
    for (const std::size_t n : lookup.counts) {
        std::vector<std::string> cells{std::to_string(n)};
        for (const std::string& system : systems) cells.push_back(ratio_text(lookup.ratio("python", system, n)));
        const auto* const row =
            std::find_if(published.begin(), published.end(), [&](const auto& p) { return p.n == n; });
        cells.push_back(row == published.end() ? "-" : ratio_text(row->numba));
        cells.push_back(row == published.end() ? "-" : ratio_text(row->julia));
        table.row(std::move(cells));
    }
    return table.text(width);
}

/// How near the largest run comes to the limit.
std::string limit_text(const Lookup& lookup) {
    const std::size_t n = lookup.counts.back();
    const auto line = [&](const std::string& system, const std::string& limit, const char* memory) {
        const auto filling = lookup.median(limit, n);
        const auto ratio = lookup.ratio(system, limit, n);
        if (!filling || !ratio) return std::string();
        const double bytes = 8.0 * static_cast<double>(n);
        return fmt::format(
            "Filling the {:.3g} MB of {} nodes in {} takes {} ({:.1f} GB/s); {} takes {:.2f} times that: {:.0f} % of "
            "the bandwidth.\n",
            bytes / 1e6, n, memory, time_text(*filling), bytes / *filling / 1e9, system, *ratio, 100.0 / *ratio);
    };
    return line("clade", "fill", "memory in use") + line("clade-fresh", "fill-fresh", "fresh memory");
}

std::string text_of(const NodesResults& results, const Lookup& lookup, std::size_t width) {
    std::string text =
        wrapped("Creating nodes: id, and bias 0 that with probability 0.5 becomes one of 0..9. 8 bytes a node.\n",
                width) +
        machine_text();
    text += "\n" + times_table(results, lookup, width) + '\n' + wrapped(limit_text(lookup), width);
    if (lookup.median("python", lookup.counts.front())) {
        text += wrapped("\nTimes as fast as pure Python (medians); the seed's are those its document publishes:\n\n",
                        width) +
                ratio_table(lookup, width);
    }
    for (const auto& [system, why] : results.absent) {
        text += wrapped(fmt::format("{}: absent, {}\n", system, why), width);
    }
    return text;
}

Figure figure_of(const Lookup& lookup) {
    Figure figure{"nodes", "seconds", {{"linear", false}, {"logarithmic", true}}, {}};
    for (const std::string& system : lookup.systems) {
        FigureSeries series{system};
        for (const std::size_t n : lookup.counts) {
            if (const auto median = lookup.median(system, n))
                series.points.emplace_back(static_cast<double>(n), *median);
        }
        figure.series.push_back(std::move(series));
    }
    return figure;
}

}  // namespace

Report nodes_report(const NodesResults& results, std::size_t width) {
    const Lookup lookup(results.rows);
    Report report{.benchmark = "nodes", .text = text_of(results, lookup, width), .figure = figure_of(lookup)};
    for (const NodesRow& row : results.rows) {
        report.rows.push_back({{"system", row.system},
                               {"n", row.n},
                               {"threads", row.threads},
                               {"median_s", row.timing.median},
                               {"mean_s", row.timing.mean},
                               {"min_s", row.timing.min}});
    }
    report.facts["versions"] = results.versions;
    report.facts["absent"] = results.absent;
    return report;
}

}  // namespace clade::bench
