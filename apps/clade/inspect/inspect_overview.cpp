#include "clade/inspect/inspect_overview.hpp"

#include "clade/inspect/champion_report.hpp"
#include "clade/inspect/inspect_outcome.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/output/champion_output.hpp"
#include "clade/output/report_output.hpp"
#include "clade/output/run_summary.hpp"
#include "terminal/line_chart.hpp"
#include "terminal/safe_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/digest.hpp>
#include <clade/core/text.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/scoring_file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <numeric>
#include <set>

namespace clade::inspect {
namespace {

using Seconds = std::map<std::string, double, std::less<>>;

struct Overview {
    const Subject& subject;
    std::vector<GenerationRow> rows;
    std::optional<GenerationRow> best;     ///< the one whose champion the run stands for
    std::optional<ChampionChoice> choice;  ///< of that champion, on held-out evaluations
    Seconds seconds;                       ///< by stage, over the run
    double seconds_total = 0.0;
    ChampionReport report{};
    std::optional<ScoringState> scoring{};

    [[nodiscard]] std::string entry(std::string_view key) const { return subject.run.log.get(key).value_or(""); }
    [[nodiscard]] bool solved() const { return subject.run.log.get("solved") == "true"; }
};

Overview overview_of(const Subject& subject) {
    Overview overview{subject,
                      subject.run.log.generations(),
                      champion_row(subject.run.log, subject.direction),
                      logged_choice(subject.run.log),
                      {}};
    for (const GenerationRow& row : overview.rows) {
        for (const auto& [stage, seconds] : row.seconds) overview.seconds[stage] += seconds;
    }
    for (const auto& [stage, seconds] : overview.seconds) overview.seconds_total += seconds;
    overview.report = champion_report(subject, overview.best);
    overview.scoring = read_scoring(subject.run.folder);
    return overview;
}

/// A whole number of the run table as a number; as text, should it be none.
Json whole_number(const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? Json(value) : Json(text);
}

Json statistics_json(const GenerationRow& row) {
    Json json = Json::object();
    for (const Measure& statistic : row.statistics) json[statistic.name] = json_value(statistic.value);
    return json;
}

/// The names of the statistics that any generation has.
std::vector<std::string> statistic_names(const std::vector<GenerationRow>& rows) {
    std::set<std::string> names;
    for (const GenerationRow& row : rows) {
        for (const Measure& statistic : row.statistics) names.insert(statistic.name);
    }
    return {names.begin(), names.end()};
}

/// Nothing where a generation does not have it.
std::optional<double> statistic(const GenerationRow& row, const std::string& name) {
    for (const Measure& found : row.statistics) {
        if (found.name == name) return found.value;
    }
    return std::nullopt;
}

std::string statistic_text(const GenerationRow& row, const std::string& name) {
    const std::optional<double> value = statistic(row, name);
    return value ? fmt::format("{:.6g}", *value) : "-";
}

Json row_json(const GenerationRow& row) {
    Json json = generation_json(row);
    json["statistics"] = statistics_json(row);
    return json;
}

/// One of the numbers of a generation, over the run.
std::uint64_t sum_of(const Overview& overview, std::uint64_t GenerationRow::*number) {
    return std::accumulate(overview.rows.begin(), overview.rows.end(), std::uint64_t{0},
                           [&](std::uint64_t sum, const GenerationRow& row) { return sum + row.*number; });
}

/// Over all generations: in a noisy task not always the champion's.
double best_fitness(const Overview& overview) {
    double best = overview.best->fitness.best;
    for (const GenerationRow& row : overview.rows) {
        if (is_better(row.fitness.best, best, overview.subject.direction)) best = row.fitness.best;
    }
    return best;
}

/// "4240", "4240, of which 3890 refined weights".
std::string evaluations_text(const Overview& overview) {
    const std::string total = std::to_string(overview.rows.empty() ? 0 : overview.rows.back().evaluations_total);
    const std::uint64_t refined = sum_of(overview, &GenerationRow::refined_evaluations);
    return refined == 0 ? total : fmt::format("{}, of which {} refined weights", total, refined);
}

Json champion_json(const Overview& overview) {
    if (!overview.best) return nullptr;
    const GenerationRow& row = *overview.best;
    const auto genome = overview.subject.run.log.champion_json(row.generation);
    Json json{{"id", raw(row.champion)},
              {"generation", row.generation},
              {"fitness", json_value(row.fitness.best)},
              {"held_out", held_out_json(overview.choice ? &*overview.choice : nullptr)},
              {"hidden", row.complexity.best_hidden},
              {"connections", row.complexity.best_connections},
              {"genome", genome ? Json::parse(*genome) : Json(nullptr)}};
    add_report(json, overview.report.report);
    return json;
}

/// The genomes that are being scored, or were when the run crashed; null for none.
Json scoring_json(const Overview& overview) {
    if (!overview.scoring) return nullptr;
    Json ids = Json::array();
    for (const GenomeInScoring& one : overview.scoring->genomes) {
        if (one.genome == whole_generation) continue;
        ids.push_back(raw(genome_id(one.generation, overview.subject.population, one.genome)));
    }
    return {{"in_progress", overview.scoring->in_progress}, {"genomes", std::move(ids)}};
}

void print_json(const Overview& overview) {
    const OpenedRun& run = overview.subject.run;
    const std::string outcome = run.log.get("outcome").value_or("");
    const bool empty = overview.rows.empty();
    Json json{
        {"run", run.folder.path.string()},
        {"name", overview.entry("name")},
        {"task", overview.entry("task")},
        {"direction", name_of(overview.subject.direction)},
        {"seed", whole_number(overview.entry("seed"))},
        {"threads", whole_number(overview.entry("threads"))},
        {"simd", overview.entry("simd")},
        {"version", overview.entry("clade_version")},
        {"build", overview.entry("build")},
        {"started", overview.entry("started")},
        {"outcome", outcome.empty() ? Json(nullptr) : Json(outcome)},
        {"error", outcome == name_of(Outcome::error) ? Json(overview.entry("error")) : Json(nullptr)},
        {"stop_reason", outcome == name_of(Outcome::stopped) ? Json(overview.entry("stop_reason")) : Json(nullptr)},
        {"solved", overview.solved()},
        {"population", overview.subject.population},
        {"generations", overview.rows.size()},
        {"evaluations", empty ? 0 : overview.rows.back().evaluations_total},
        {"refined_evaluations", sum_of(overview, &GenerationRow::refined_evaluations)},
        {"episodes_played", sum_of(overview, &GenerationRow::episodes_played)},
        {"episodes_saved", sum_of(overview, &GenerationRow::episodes_saved)},
        {"failures", overview.subject.run.log.failure_counts()},
        {"scoring", scoring_json(overview)},
        {"best_fitness", overview.best ? json_value(best_fitness(overview)) : Json(nullptr)},
        {"champion", champion_json(overview)},
        {"digest", empty ? Json(nullptr) : Json(to_hex(overview.rows.back().digest))},
        {"seconds", overview.seconds},
        {"history", Json::array()}};
    for (const GenerationRow& row : overview.rows) json["history"].push_back(row_json(row));
    print(json);
}

void print_csv(const Overview& overview) {
    visit_generation_columns([](const LogColumn& column, const auto&) { std::cout << column.name << ','; },
                             GenerationRow{});
    std::cout << "seconds";
    const std::vector<std::string> statistics = statistic_names(overview.rows);
    for (const std::string& name : statistics) std::cout << ',' << csv_cell("statistic." + name);
    std::cout << '\n';
    for (const GenerationRow& row : overview.rows) {
        std::vector<std::string> cells;
        visit_generation_columns([&](const LogColumn&, const auto& value) { cells.push_back(csv_value(value)); }, row);
        cells.push_back(csv_value(total_seconds(row)));
        for (const std::string& name : statistics) {
            const std::optional<double> value = statistic(row, name);
            cells.push_back(value ? csv_value(*value) : "");
        }
        std::cout << csv_line(cells);
    }
}

std::string champion_text(const Overview& overview) {
    if (!overview.best) return "none: every genome failed";
    const GenerationRow& row = *overview.best;
    return fmt::format("genome {} of generation {}, {} hidden, {}", raw(row.champion), row.generation,
                       row.complexity.best_hidden, counted(row.complexity.best_connections, "connection"));
}

/// "0.4 s: evaluate 62%, breed 20%, ...", the longest first.
std::string seconds_text(const Overview& overview) {
    std::vector<std::pair<double, std::string>> stages;
    for (const auto& [stage, seconds] : overview.seconds) stages.emplace_back(seconds, stage);
    std::sort(stages.rbegin(), stages.rend());
    std::string text = short_time(overview.seconds_total);
    if (!(overview.seconds_total > 0.0)) return text;
    const char* separator = ": ";
    for (const auto& [seconds, stage] : stages) {
        text += fmt::format("{}{} {:.0f}%", separator, stage, 100.0 * seconds / overview.seconds_total);
        separator = ", ";
    }
    return text;
}

void add_choice(std::vector<Fact>& facts, const ChampionChoice& choice) {
    facts.push_back({"its fitness", short_fitness(choice.fitness) + " in evolution"});
    facts.push_back({held_out_name(choice), held_out_text(choice)});
    facts.push_back({"chosen", choice_text(choice)});
    if (const std::string luck = luck_text(choice); !luck.empty()) facts.push_back({"note", luck});
}

void print_facts(const Overview& overview) {
    const bool empty = overview.rows.empty();
    const OutcomeText outcome = outcome_in_words(overview.subject, overview.scoring, overview.report.can_be_solved);
    std::vector<Fact> facts{
        {"name", styled(overview.entry("name"), Style::bold, Output::out)},
        {"task", fmt::format("{} ({} fitness)", overview.entry("task"), name_of(overview.subject.direction))},
        {"seed", overview.entry("seed")},
        {"started",
         fmt::format("{} by clade {}, {} thread{}, {}", overview.entry("started"), overview.entry("clade_version"),
                     overview.entry("threads"), overview.entry("threads") == "1" ? "" : "s", overview.entry("simd"))},
        {"outcome", styled(outcome.verdict, outcome.style, Output::out) + outcome.rest},
        {"length", fmt::format("{} of {} each", counted(overview.rows.size(), "generation"),
                               counted(overview.subject.population, "genome"))},
        {"evaluations", evaluations_text(overview)}};
    if (const std::string racing = racing_text(overview.rows); !racing.empty()) facts.push_back({"episodes", racing});
    if (const std::string failed = failed_text(overview.subject.run.log); !failed.empty())
        facts.push_back({"failed", failed});
    if (!empty) {
        facts.push_back({"best fitness", overview.best ? short_fitness(best_fitness(overview)) : "none"});
        facts.push_back({"champion", champion_text(overview)});
        if (overview.choice) add_choice(facts, *overview.choice);
        facts.push_back({"time", seconds_text(overview)});
    }
    facts.push_back({"folder", overview.subject.run.folder.path.string(), false});
    std::cout << facts_text(facts, terminal_width(Output::out));
}

void print_report(const Overview& overview) {
    const std::string text = report_text(overview.report.report);
    if (!text.empty()) std::cout << '\n' << text;
    if (!overview.report.problem.empty()) {
        std::cout << for_reading("\nno report on the champion: " + one_line(overview.report.problem) + '\n',
                                 Output::out);
    }
}

void print_chart(const Overview& overview) {
    std::array series{ChartSeries{"best fitness", {}, Style::green}, ChartSeries{"mean", {}, Style::plain}};
    for (const GenerationRow& row : overview.rows) {
        series[0].values.push_back(row.fitness.best);
        series[1].values.push_back(row.fitness.mean);
    }
    std::cout << '\n'
              << line_chart(series,
                            {.width = std::min(terminal_width(Output::out), chart_width), .unicode = locale_is_utf8()});
}

void print_generations(const Overview& overview) {
    TextTable table;
    table.columns({{"generation", TextTable::always},
                   {"best", TextTable::always},
                   {"mean", 6},
                   {"species", 7},
                   {"hidden", 5},
                   {"connections", 4},
                   {"evaluations", 3},
                   {"deviation", 2},
                   {"threshold", 1},
                   {"failed", 1},
                   {"time", 1}});
    const std::vector<std::string> statistics = statistic_names(overview.rows);
    for (const std::string& name : statistics) table.column(one_line(name), TextTable::Align::right, false, 8);
    const std::vector<std::size_t> shown = thinned(overview.rows.size(), rows_shown);
    for (const std::size_t i : shown) {
        const GenerationRow& row = overview.rows[i];
        std::vector<std::string> cells{std::to_string(row.generation),
                                       short_fitness(row.fitness.best),
                                       short_fitness(row.fitness.mean),
                                       std::to_string(row.species_count),
                                       std::to_string(row.complexity.best_hidden),
                                       std::to_string(row.complexity.best_connections),
                                       std::to_string(row.evaluations_total),
                                       short_fitness(row.fitness.deviation),
                                       short_fitness(row.threshold),
                                       std::to_string(row.failed_count),
                                       short_time(total_seconds(row))};
        for (const std::string& name : statistics) cells.push_back(statistic_text(row, name));
        table.row(std::move(cells));
    }
    std::cout << '\n'
              << table.text(terminal_width(Output::out))
              << thinned_note(shown.size(), overview.rows.size(), "generations");
}

}  // namespace

void print_overview(const Subject& subject, Format format) {
    const Overview overview = overview_of(subject);
    if (format == Format::json) return print_json(overview);
    if (format == Format::csv) return print_csv(overview);
    print_facts(overview);
    print_report(overview);
    if (overview.rows.size() > 1) print_chart(overview);
    if (!overview.rows.empty()) print_generations(overview);
}

}  // namespace clade::inspect
