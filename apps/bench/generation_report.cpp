#include "bench/generation_report.hpp"

#include "bench/machine_facts.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/error.hpp>
#include <clade/evolution/evolver.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace clade::bench {
namespace {

double per_genome(const GenerationResults& results, const GenerationCase& c, std::string_view stage) {
    const auto row = std::find_if(results.rows.begin(), results.rows.end(), [&](const StageRow& r) {
        return r.stage == stage && r.genomes == c.genomes && r.connections == c.connections && r.threads == c.threads;
    });
    if (row == results.rows.end()) throw LogicError("no row of stage '" + std::string(stage) + "'");
    return row->timing.median / static_cast<double>(c.genomes);
}

double seconds(const GenerationResults& results, const GenerationCase& c, std::string_view stage) {
    return per_genome(results, c, stage) * static_cast<double>(c.genomes);
}

double compile_share(const GenerationResults& results, const GenerationCase& c) {
    return per_genome(results, c, "compile") / per_genome(results, c, "evaluate");
}

double connections_per_genome(const GenerationCase& c) {
    return static_cast<double>(c.connection_rows) / static_cast<double>(c.genomes);
}

double bytes_per_genome(const GenerationCase& c) {
    return static_cast<double>(c.store_bytes) / static_cast<double>(c.genomes);
}

double bytes_per_gene(const GenerationCase& c) {
    return static_cast<double>(c.store_bytes) / static_cast<double>(c.node_rows + c.connection_rows);
}

/// How many times as long a genome takes as one of the smallest population, whatever else is equal.
double growth(const GenerationResults& results, const GenerationCase& c, std::string_view stage) {
    const GenerationCase* smallest = &c;
    for (const GenerationCase& other : results.cases) {
        const bool comparable = other.connections == c.connections && other.threads == c.threads;
        if (comparable && other.genomes < smallest->genomes) smallest = &other;
    }
    return per_genome(results, c, stage) / per_genome(results, *smallest, stage);
}

/// How many times as fast it is as on one thread, if that was timed.
std::optional<double> speed_up(const GenerationResults& results, const GenerationCase& c, std::string_view stage) {
    for (const GenerationCase& other : results.cases) {
        if (other.threads != 1 || other.connections != c.connections || other.genomes != c.genomes) continue;
        return per_genome(results, other, stage) / per_genome(results, c, stage);
    }
    return std::nullopt;
}

constexpr std::array<std::string_view, 2> whole_stages{"generation", "evaluate"};

Json facts_of(const GenerationResults& results) {
    Json facts;
    facts["population"] = name_of(results.population);
    facts["growth_is"] = "time a genome over that of the smallest population";
    facts["store_bytes_are"] = "twice what the population's store holds, rows in reserve included";
    for (const GenerationCase& c : results.cases) {
        Json entry{{"genomes", c.genomes}, {"connections", c.connections}, {"threads", c.threads}};
        entry["species"] = c.species;
        entry["compile_share"] = compile_share(results, c);
        for (const std::string_view stage : whole_stages) {
            entry["growth"][stage] = growth(results, c, stage);
            if (const auto ratio = speed_up(results, c, stage)) entry["speed_up"][stage] = *ratio;
        }
        entry["node_rows"] = c.node_rows;
        entry["connection_rows"] = c.connection_rows;
        entry["store_bytes"] = c.store_bytes;
        entry["bytes_per_genome"] = bytes_per_genome(c);
        entry["bytes_per_gene"] = bytes_per_gene(c);
        entry["peak_resident_bytes"] = c.peak_resident_bytes;
        facts["cases"].push_back(std::move(entry));
    }
    facts["left_out"] = results.left_out;
    return facts;
}

/// A row a case of so many connections, from `cells` of it.
template <class Cells>
std::string table(const GenerationResults& results, std::size_t connections, std::size_t width,
                  const std::vector<std::string>& headers, const Cells& cells) {
    TextTable table;
    table.column("genomes");
    table.column("threads");
    for (const std::string& header : headers) table.column(header);
    for (const GenerationCase& c : results.cases) {
        if (c.connections != connections) continue;
        std::vector<std::string> row{std::to_string(c.genomes), std::to_string(c.threads)};
        for (std::string& cell : cells(c)) row.push_back(std::move(cell));
        table.row(std::move(row));
    }
    return table.text(width) + '\n';
}

std::string stage_table(const GenerationResults& results, std::size_t connections, std::size_t width) {
    std::vector<std::string> stages(EnumNames<Stage>::names.begin(), EnumNames<Stage>::names.end());
    stages.insert(stages.end(), {"generation", "compile", "evaluate"});
    return table(results, connections, width, stages, [&](const GenerationCase& c) {
        std::vector<std::string> cells;
        for (const std::string& stage : stages) cells.push_back(time_text(seconds(results, c, stage)));
        return cells;
    });
}

std::string rate_table(const GenerationResults& results, std::size_t connections, std::size_t width) {
    return table(results, connections, width,
                 {"breed one", "growth", "speed-up", "evaluate one", "growth", "speed-up", "compiling"},
                 [&](const GenerationCase& c) {
                     std::vector<std::string> cells;
                     for (const std::string_view stage : whole_stages) {
                         const auto ratio = speed_up(results, c, stage);
                         cells.push_back(time_text(per_genome(results, c, stage)));
                         cells.push_back(fmt::format("{:.2f}", growth(results, c, stage)));
                         cells.push_back(ratio ? fmt::format("{:.2f}", *ratio) : "-");
                     }
                     cells.push_back(fmt::format("{:.0f} %", 100.0 * compile_share(results, c)));
                     return cells;
                 });
}

std::string memory_table(const GenerationResults& results, std::size_t connections, std::size_t width) {
    return table(results, connections, width, {"species", "connections", "bytes a genome", "bytes a gene", "peak"},
                 [&](const GenerationCase& c) {
                     return std::vector<std::string>{
                         std::to_string(c.species), fmt::format("{:.1f}", connections_per_genome(c)),
                         fmt::format("{:.0f}", bytes_per_genome(c)), fmt::format("{:.1f}", bytes_per_gene(c)),
                         fmt::format("{:.0f} MB", 1e-6 * static_cast<double>(c.peak_resident_bytes))};
                 });
}

std::string text_of(const GenerationResults& results, std::size_t width) {
    std::string text = wrapped(fmt::format("Breeding and scoring of {} genomes. speciate to mutate are the parts of "
                                           "generation, which breeds the next one; evaluate compiles each network and "
                                           "activates it on 16 observations. Medians.\n",
                                           name_of(results.population)),
                               width) +
                       machine_text() + '\n';
    std::size_t connections = 0;
    for (const GenerationCase& c : results.cases) {
        if (c.connections == connections) continue;
        connections = c.connections;
        const FullShape shape = full_shape(connections);
        text += fmt::format("about {} connections a genome when timing begins: {} inputs, {} outputs\n\n", connections,
                            shape.inputs, shape.outputs);
        text += stage_table(results, connections, width) + rate_table(results, connections, width) +
                memory_table(results, connections, width);
    }
    text += wrapped(
        "growth: the time a genome takes, over that of the smallest population. speed-up: over 1 thread. compiling: "
        "its share of evaluate. connections: a genome's, after the last generation. bytes: twice what the "
        "population's store holds, rows in reserve included, so at most what both stores hold; a gene is a node or a "
        "connection. peak: the resident set of this process up to then; it has handed a third store over before "
        "timing began.\n",
        width);
    for (const std::string& what : results.left_out) {
        text += wrapped("left out: " + what + "; --genomes asks for it\n", width);
    }
    return text;
}

/// Seconds over genomes with 25 connections, or the first there are, and the most threads.
Figure figure_of(const GenerationResults& results) {
    if (results.cases.empty()) return {"genomes", "seconds", {{"", true}}, {}};
    std::size_t connections = results.cases.front().connections;
    std::size_t threads = 1;
    for (const GenerationCase& c : results.cases) {
        if (c.connections == 25) connections = 25;
        threads = std::max(threads, c.threads);
    }
    Figure figure{
        "genomes", "seconds", {{fmt::format("{} connections, {}", connections, counted(threads, "thread")), true}}, {}};
    for (const StageRow& row : results.rows) {
        if (row.connections != connections || row.threads != threads) continue;
        const auto same = [&](const FigureSeries& series) { return series.name == row.stage; };
        auto series = std::find_if(figure.series.begin(), figure.series.end(), same);
        if (series == figure.series.end()) series = figure.series.insert(series, FigureSeries{row.stage});
        series->points.emplace_back(static_cast<double>(row.genomes), row.timing.median);
    }
    return figure;
}

}  // namespace

Report generation_report(const GenerationResults& results, std::size_t width) {
    Report report{.benchmark = "generation",
                  .facts = facts_of(results),
                  .text = text_of(results, width),
                  .figure = figure_of(results)};
    for (const StageRow& row : results.rows) report.rows.push_back(as_json(row));
    return report;
}

}  // namespace clade::bench
