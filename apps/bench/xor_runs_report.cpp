#include "bench/xor_runs_report.hpp"

#include "bench/machine_facts.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

namespace clade::bench {
namespace {

/// Of the runs that solved the task.
struct Solved {
    std::size_t count = 0;
    double mean_generations = 0.0;
    double mean_evaluations = 0.0;
};

Solved solved_of(const std::vector<XorRun>& runs) {
    Solved solved;
    for (const XorRun& run : runs) {
        if (!run.solved) continue;
        ++solved.count;
        solved.mean_generations += run.generations;
        solved.mean_evaluations += static_cast<double>(run.evaluations);
    }
    if (solved.count == 0) return solved;
    solved.mean_generations /= static_cast<double>(solved.count);
    solved.mean_evaluations /= static_cast<double>(solved.count);
    return solved;
}

Json facts_of(const XorRunsResults& results) {
    const Solved solved = solved_of(results.runs);
    Json facts;
    facts["first_seed"] = results.runs.front().seed;
    facts["runs"] = results.runs.size();
    facts["generation_limit"] = xor_generation_limit;
    facts["solved"] = solved.count;
    if (solved.count > 0) {
        facts["mean_generations_of_solved"] = solved.mean_generations;
        facts["mean_evaluations_of_solved"] = solved.mean_evaluations;
    }
    return facts;
}

std::string text_of(const XorRunsResults& results, std::size_t width) {
    const Solved solved = solved_of(results.runs);
    TextTable table;
    table.column("stage", TextTable::Align::left);
    for (const char* header : {"threads", "median", "mean", "min", "a run", "genomes a second"}) table.column(header);
    for (const StageRow& row : results.rows) {
        table.row({row.stage, std::to_string(row.threads), time_text(row.timing.median), time_text(row.timing.mean),
                   time_text(row.timing.min), time_text(row.timing.median / static_cast<double>(results.runs.size())),
                   short_number(row.per_second)});
    }
    const std::string about = fmt::format(
        "Runs of configs/xor.yaml in memory, seeds {} to {}: until XOR is solved, at most {} generations.\n",
        results.runs.front().seed, results.runs.back().seed, xor_generation_limit);
    std::string text = wrapped(about, width) + machine_text() + '\n' + table.text(width) + '\n';
    text += fmt::format("{} of {} solved", solved.count, results.runs.size());
    if (solved.count > 0) {
        text += fmt::format(", on average in {:.1f} generations with {:.0f} evaluations", solved.mean_generations,
                            solved.mean_evaluations);
    }
    return text + "\n";
}

/// Seconds over the runs done, one after another.
Figure figure_of(const XorRunsResults& results) {
    Figure figure{"runs", "seconds", {{"cumulated", false}}, {{"total"}, {"generation"}, {"evaluate"}}};
    XorRun sum;
    double runs = 0.0;
    for (const XorRun& run : results.runs) {
        runs += 1.0;
        figure.series[0].points.emplace_back(runs, sum.total_seconds += run.total_seconds);
        figure.series[1].points.emplace_back(runs, sum.generation_seconds += run.generation_seconds);
        figure.series[2].points.emplace_back(runs, sum.evaluate_seconds += run.evaluate_seconds);
    }
    return figure;
}

}  // namespace

Report xor_runs_report(const XorRunsResults& results, std::size_t width) {
    Report report{
        .benchmark = "run", .facts = facts_of(results), .text = text_of(results, width), .figure = figure_of(results)};
    for (const StageRow& row : results.rows) report.rows.push_back(as_json(row));
    return report;
}

}  // namespace clade::bench
