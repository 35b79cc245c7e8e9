#include "bench/network_report.hpp"

#include "bench/machine_facts.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

namespace clade::bench {
namespace {

Json as_json(const NetworkRow& row) {
    Json json = bench::as_json(row.stage);
    json["network"] = row.network;
    json["connections_per_second"] = row.connections_per_second;
    return json;
}

std::string text_of(const NetworkResults& results, std::size_t width) {
    TextTable table;
    table.column("network", TextTable::Align::left, true);
    table.column("stage", TextTable::Align::left);
    for (const char* header : {"connections", "rows", "a call", "a second", "connections/s"}) {
        table.column(header);
    }
    for (const NetworkRow& row : results.rows) {
        table.row({row.network, row.stage.stage, std::to_string(row.stage.connections), std::to_string(row.stage.rows),
                   time_text(row.stage.timing.median), short_number(row.stage.per_second),
                   short_number(row.connections_per_second)});
    }
    const std::string about = wrapped(
        "Compiled networks on one thread. A second: observations, each a complete pass of a feed-forward network or a "
        "step of a recurrent one; of the multiplexer, evaluations (compile, all cases, sum of errors). Medians.\n",
        width);
    return about + machine_text() + '\n' + table.text(width);
}

/// Observations a second over the number of rows of a batch.
Figure figure_of(const NetworkResults& results) {
    Figure figure{"rows of a batch", "observations a second", {{"activate_batch", true}}, {}};
    for (const NetworkRow& row : results.by_row_count) {
        if (figure.series.empty() || figure.series.back().name != row.network) {
            figure.series.push_back({row.network});
        }
        figure.series.back().points.emplace_back(static_cast<double>(row.stage.rows), row.stage.per_second);
    }
    return figure;
}

}  // namespace

Report network_report(const NetworkResults& results, std::size_t width) {
    Report report{.benchmark = "network", .text = text_of(results, width), .figure = figure_of(results)};
    for (const NetworkRow& row : results.rows) report.rows.push_back(as_json(row));
    for (const NetworkRow& row : results.by_row_count) report.facts["by_row_count"].push_back(as_json(row));
    return report;
}

}  // namespace clade::bench
