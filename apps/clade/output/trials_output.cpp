#include "clade/output/trials_output.hpp"

#include "clade/output/champion_output.hpp"
#include "clade/output/json_text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iostream>
#include <limits>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;
using NumberText = std::function<std::string(double)>;

std::string decimal(double value) { return fmt::format("{:.2f}", value); }

std::string share_text(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

/// A published mean, with its deviation if that is published too.
std::string published(const std::optional<double>& mean, const NumberText& text,
                      const std::optional<double>& deviation = std::nullopt) {
    if (!mean) return "";
    return deviation ? text(*mean) + " \u00b1 " + text(*deviation) : text(*mean);
}

/// The table of a set: a row a number. Where nothing counts as a solution, with the interval of the mean.
class NumberTable {
public:
    NumberTable(bool has_criterion, bool is_published) : has_interval_(!has_criterion) {
        table_.column(has_criterion ? "solved trials" : "all trials", TextTable::Align::left);
        table_.column("mean");
        if (has_interval_) table_.column("95 % interval", TextTable::Align::right, false, 6);
        table_.columns({{"deviation", 3},
                        {"median", 5},
                        {"lowest", 2},
                        {"highest", 2},
                        {is_published ? "published" : "", is_published ? 6 : 0}});
    }

    void row(const std::string& name, const Summary& values, const NumberText& text,
             const std::string& reference = "") {
        const auto cell = [&](double value) { return std::isnan(value) ? std::string("-") : text(value); };
        std::vector<std::string> cells{name, cell(values.mean)};
        if (has_interval_) {
            const Interval interval = mean_interval(values);
            cells.push_back(std::isnan(interval.low) ? "-" : text(interval.low) + " to " + text(interval.high));
        }
        for (const double value : {values.deviation, values.median, values.lowest, values.highest}) {
            cells.push_back(cell(value));
        }
        cells.push_back(reference);
        table_.row(std::move(cells));
    }

    [[nodiscard]] std::string text(std::size_t width) const { return table_.text(width); }

private:
    TextTable table_;
    bool has_interval_;
};

Json optional_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json reference_json(const ReferenceParams& reference) {
    if (reference.source.empty()) return nullptr;
    return {{"source", reference.source},
            {"success_rate", optional_json(reference.success_rate)},
            {"evaluations", optional_json(reference.evaluations)},
            {"evaluations_deviation", optional_json(reference.evaluations_deviation)},
            {"generations", optional_json(reference.generations)},
            {"hidden_nodes", optional_json(reference.hidden_nodes)},
            {"connections", optional_json(reference.connections)},
            {"generalisation", optional_json(reference.generalisation)}};
}

Json values_json(const Summary& values) {
    const Interval interval = mean_interval(values);
    return {{"mean", values.mean},
            {"mean_low", number_json(interval.low)},
            {"mean_high", number_json(interval.high)},
            {"deviation", values.deviation},
            {"median", values.median},
            {"lowest", values.lowest},
            {"highest", values.highest}};
}

Json run_json(const TrialResult& result) {
    Json measures = Json::object();
    for (const Measure& measure : result.measures) measures[measure.name] = measure.value;
    return {{"seed", result.seed},
            {"folder", result.run.path.string()},
            {"outcome", result.outcome},
            {"solved", result.solved},
            {"generations", result.generations},
            {"evaluations", result.evaluations},
            {"fitness", result.fitness},
            {"held_out", held_out_json(result.choice ? &*result.choice : nullptr)},
            {"hidden_nodes", result.hidden_nodes},
            {"connections", result.connections},
            {"measures", std::move(measures)},
            {"seconds", result.seconds}};
}

/// Evaluations to the solution of the solved trials, ascending.
std::vector<double> solved_evaluations(const EndedTrials& ended) {
    std::vector<double> values;
    for (const TrialResult& result : ended.results) {
        if (result.solved) values.push_back(static_cast<double>(result.evaluations));
    }
    std::sort(values.begin(), values.end());
    return values;
}

/// How many values fall into each of about sqrt(n) intervals of equal width, at the middle of each.
bench::FigureSeries histogram(const std::vector<double>& values) {
    bench::FigureSeries series{""};
    if (values.empty()) return {"", {{0.0, 0.0}, {1.0, 0.0}}};  // an empty panel
    const auto bins = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(values.size()))));
    const double low = values.front();
    const double width = std::max((values.back() - low) / static_cast<double>(bins), 1.0);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        series.points.emplace_back(low + (static_cast<double>(bin) + 0.5) * width, 0.0);
    }
    for (const double value : values) {
        const auto bin = static_cast<std::size_t>((value - low) / width);
        series.points[std::min(bin, bins - 1)].second += 1.0;
    }
    return series;
}

bench::FigureSeries solved_share(const EndedTrials& ended, const std::vector<double>& values) {
    bench::FigureSeries series{"", {{0.0, 0.0}}};
    const auto trials = static_cast<double>(ended.results.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        series.points.emplace_back(values[i], static_cast<double>(i + 1) / trials);
    }
    series.points.emplace_back(ended.summary.all_evaluations.highest, static_cast<double>(values.size()) / trials);
    return series;
}

}  // namespace

EndedTrials read_ended(const TrialSet& set, const Vocabulary& vocabulary) {
    std::vector<TrialResult> results = read_trials(set, vocabulary);
    TrialsSummary summary = summarise(results);
    return {set, std::move(results), std::move(summary)};
}

std::string headline(const EndedTrials& ended) {
    const ExperimentConfig& config = ended.set.config;
    return fmt::format("{}: task {}, {}, seeds {} to {}, {} genomes", escaped(config.name), config.task.name,
                       counted(ended.results.size(), "trial"), ended.results.front().seed, ended.results.back().seed,
                       config.evolution.population_size);
}

std::string success_text(const TrialsSummary& summary) {
    if (!summary.has_criterion) return "no criterion";
    return fmt::format("{} of {} ({} to {})", summary.solved, summary.trials, share_text(summary.success.low),
                       share_text(summary.success.high));
}

std::string p_text(double p) { return p < 0.001 ? "p < 0.001" : fmt::format("p = {:.2g}", p); }

std::string summary_table(const EndedTrials& ended, std::size_t width) {
    const TrialsSummary& summary = ended.summary;
    const ReferenceParams& reference = ended.set.config.reference;
    NumberTable table(summary.has_criterion, !reference.source.empty());
    table.row("evaluations", summary.evaluations, grouped,
              published(reference.evaluations, grouped, reference.evaluations_deviation));
    table.row("generations", summary.generations, decimal, published(reference.generations, decimal));
    table.row("hidden nodes", summary.hidden_nodes, decimal, published(reference.hidden_nodes, decimal));
    table.row("connections", summary.connections, decimal, published(reference.connections, decimal));
    for (const MeasureSummary& measure : summary.measures) {
        const bool is_published = measure.name == "generalisation";
        table.row(measure.name, measure.values, short_fitness,
                  is_published ? published(reference.generalisation, short_fitness) : "");
    }
    const std::string of_all = summary.has_criterion ? ", all trials" : "";
    if (summary.has_criterion) table.row("evaluations" + of_all, summary.all_evaluations, grouped);
    if (summary.held_out.count > 0) table.row("held-out fitness" + of_all, summary.held_out, short_fitness);
    std::string solved = "solved: " + success_text(summary);
    if (!summary.has_criterion) solved += "; the task has none, and stop.solved_fitness is not set";
    if (reference.success_rate) solved += ", published " + share_text(*reference.success_rate);
    std::string rest = fmt::format("\ntime: {}; sum over all trials: {}\n", short_time(ended.set.seconds),
                                   short_time(summary.run_seconds));
    if (!reference.source.empty()) rest += "published: " + reference.source + "\n";
    return for_reading(solved, Output::out) + "\n\n" + table.text(width) + for_reading(rest, Output::out);
}

Json summary_json(const EndedTrials& ended) {
    const TrialsSummary& summary = ended.summary;
    Json json{{"name", ended.set.config.name},
              {"task", ended.set.config.task.name},
              {"folder", ended.set.folder.string()},
              {"first_seed", *ended.set.config.seed},
              {"trials", summary.trials},
              {"has_criterion", summary.has_criterion},
              {"solved", summary.solved},
              {"success_rate", summary.success_rate()},
              {"success_low", summary.success.low},
              {"success_high", summary.success.high},
              {"evaluations_mean", summary.evaluations.mean},
              {"evaluations_deviation", summary.evaluations.deviation},
              {"evaluations_median", summary.evaluations.median},
              {"evaluations_best", summary.evaluations.lowest},
              {"evaluations_worst", summary.evaluations.highest},
              {"evaluations_of_all_mean", summary.all_evaluations.mean},
              {"evaluations_of_all_deviation", summary.all_evaluations.deviation},
              {"evaluations_of_all_median", summary.all_evaluations.median},
              {"evaluations_of_all_worst", summary.all_evaluations.highest},
              {"generations_mean", summary.generations.mean},
              {"generations_deviation", summary.generations.deviation},
              {"hidden_nodes_mean", summary.hidden_nodes.mean},
              {"hidden_nodes_deviation", summary.hidden_nodes.deviation},
              {"connections_mean", summary.connections.mean},
              {"connections_deviation", summary.connections.deviation},
              {"best_fitness_mean", summary.best_fitness.mean},
              {"held_out_trials", summary.held_out.count},
              {"held_out_mean", summary.held_out.mean},
              {"held_out_deviation", summary.held_out.deviation},
              {"measures", Json::object()},
              {"wall_s", ended.set.seconds},
              {"run_s", summary.run_seconds}};
    for (const MeasureSummary& measure : summary.measures) json["measures"][measure.name] = values_json(measure.values);
    return json;
}

Json trials_json(const EndedTrials& ended) {
    Json json = summary_json(ended);
    json["reference"] = reference_json(ended.set.config.reference);
    json["runs"] = Json::array();
    for (const TrialResult& result : ended.results) json["runs"].push_back(run_json(result));
    return json;
}

std::string trials_csv(const EndedTrials& ended) {
    const auto names = measure_names(ended.results, [](const TrialResult& result) { return result.measures; });
    std::string text =
        "seed,folder,outcome,solved,generations,evaluations,fitness,held_out_mean,held_out_error,hidden_nodes,"
        "connections,seconds";
    for (const std::string& name : names) text += "," + csv_cell(name);
    const auto number = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); };
    for (const TrialResult& result : ended.results) {
        const double error = result.choice ? result.choice->held_out.standard_error() : result.held_out();
        text += fmt::format("\n{},{},{},{:d},{},{},{},{},{},{},{},{}", result.seed, csv_cell(result.run.path.string()),
                            result.outcome, result.solved, result.generations, result.evaluations,
                            number(result.fitness), number(result.held_out()), number(error), result.hidden_nodes,
                            result.connections, result.seconds);
        for (const std::string& name : names) text += "," + number(measure_of(result.measures, name));
    }
    return text + "\n";
}

bench::Figure trials_figure(const EndedTrials& ended) {
    const std::vector<double> values = solved_evaluations(ended);
    return {.x_label = "evaluations",
            .y_label = "trials",
            .panels = {{.title = ended.set.config.name + ": evaluations to the solution",
                        .style = bench::PanelStyle::boxes,
                        .series = {0}},
                       {.title = "solved: " + success_text(ended.summary),
                        .style = bench::PanelStyle::steps,
                        .y_label = "share of trials solved",
                        .series = {1}}},
            .series = {histogram(values), solved_share(ended, values)}};
}

bool draw_or_say(const bench::Figure& figure, const std::filesystem::path& file, bool quiet) {
    if (bench::can_draw()) {
        bench::draw_svg(figure, file);
        return true;
    }
    if (!quiet) {
        std::cerr << for_reading("no figure: gnuplot is not installed (Debian package: gnuplot-nox)\n", Output::err);
    }
    return false;
}

}  // namespace clade
