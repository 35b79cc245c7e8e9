#include "clade/report/run_report.hpp"

#include "clade/history/operator_success.hpp"
#include "clade/inspect/champion_report.hpp"
#include "clade/inspect/inspect_outcome.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/output/champion_output.hpp"
#include "clade/output/report_output.hpp"
#include "clade/output/run_summary.hpp"
#include "clade/report/champion_parts.hpp"
#include "clade/report/config_rows.hpp"
#include "clade/report/run_series.hpp"
#include "terminal/text_table.hpp"

#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/scoring_file.hpp>
#include <clade/experiment/version.hpp>

#include <fmt/format.h>

namespace clade::report {
namespace {

using inspect::json_value;
using inspect::Subject;

/// What several sections need.
struct Sources {
    const Subject& subject;
    std::vector<GenerationRow> rows;    ///< all
    std::optional<GenerationRow> best;  ///< the generation of the run's champion
    std::optional<ChampionChoice> choice;
    inspect::ChampionReport champion;

    [[nodiscard]] const RunLog& log() const { return subject.run.log; }
    [[nodiscard]] std::string entry(std::string_view key) const { return log().get(key).value_or(""); }
};

double best_fitness(const Sources& from) {
    double best = from.best->fitness.best;
    for (const GenerationRow& row : from.rows) {
        if (is_better(row.fitness.best, best, from.subject.direction)) best = row.fitness.best;
    }
    return best;
}

double seconds_of_run(const Sources& from) {
    double seconds = 0.0;
    for (const GenerationRow& row : from.rows) seconds += total_seconds(row);
    return seconds;
}

Json run_json(const Sources& from) {
    const auto outcome =
        inspect::outcome_in_words(from.subject, read_scoring(from.subject.run.folder), from.champion.can_be_solved);
    return {{"name", from.entry("name")},
            {"task", from.entry("task")},
            {"direction", name_of(from.subject.direction)},
            {"outcome", outcome.verdict + outcome.rest},
            {"population", from.subject.population},
            {"generations", from.rows.size()},
            {"evaluations", from.rows.empty() ? 0 : from.rows.back().evaluations_total},
            {"failed", failed_text(from.log())},
            {"racing", racing_text(from.rows)},
            {"seconds", seconds_of_run(from)},
            {"best_fitness", from.best ? json_value(best_fitness(from)) : Json(nullptr)}};
}

Json champion_json(const Sources& from) {
    if (!from.best) return nullptr;
    const GenerationRow& row = *from.best;
    Json json{{"id", raw(row.champion)},
              {"generation", row.generation},
              {"fitness", json_value(row.fitness.best)},
              {"hidden", row.complexity.best_hidden},
              {"connections", row.complexity.best_connections},
              {"held_out", nullptr}};
    if (from.choice) {
        json["held_out"] = {{"name", held_out_name(*from.choice)},
                            {"mean", json_value(from.choice->held_out.mean)},
                            {"text", held_out_text(*from.choice)},
                            {"choice", choice_text(*from.choice)},
                            {"luck", luck_text(*from.choice)}};
    }
    return json;
}

/// Seconds by stage over the run, in the order of the stages.
Json stages_json(const Sources& from) {
    Json stages = Json::array();
    for (const std::string_view stage : logged_stages) {
        double seconds = 0.0;
        for (const GenerationRow& row : from.rows) {
            const auto found = row.seconds.find(stage);
            if (found != row.seconds.end()) seconds += found->second;
        }
        stages.push_back({{"name", stage}, {"seconds", seconds}});
    }
    return stages;
}

Json operators_json(const Sources& from) {
    Json operators = Json::array();
    for (const history::OperatorCount& one : history::operator_success(from.log(), from.subject.direction)) {
        operators.push_back({{"name", one.name},
                             {"genomes", one.genomes},
                             {"improved", one.improved},
                             {"best_ever", one.best_ever},
                             {"mean", json_value(one.mean())},
                             {"best", json_value(one.best)}});
    }
    return operators;
}

Json network_of_champion(const Sources& from) {
    const FunctionSet& functions = from.subject.vocabulary.functions;
    const GenomeStore genes = logged_champion(from.log(), *from.best, functions);
    return network_json(genes, plot::labels_of(from.champion.page, genes.shape()), functions);
}

/// What the task says of the champion.
Json task_json(const Sources& from) {
    Json json{{"problem", from.champion.problem},
              {"criterion", from.champion.page.solved},
              {"source", from.champion.page.source}};
    add_report(json, from.champion.report);
    for (auto& [name, value] : json["measures"].items()) value = json_value(value.get<double>());
    return json;
}

/// Facts of machine and build: pairs of name and text.
Json machine_json(const Sources& from) {
    const auto fact = [&](const char* name, std::string_view key) { return Json::array({name, from.entry(key)}); };
    return Json::array({fact("version of Clade", "clade_version"), fact("build", "build"),
                        fact("vector instructions", "simd"), fact("threads", "threads"), fact("started", "started"),
                        fact("ended", "ended"), fact("seed", "seed"),
                        Json::array({"folder", from.subject.run.folder.path.filename().string()}),
                        Json::array({"report made by", fmt::format("clade {}", version)})});
}

}  // namespace

Json run_report(const Subject& subject) {
    Sources from{subject,
                 subject.run.log.generations(),
                 champion_row(subject.run.log, subject.direction),
                 logged_choice(subject.run.log),
                 {}};
    from.champion = inspect::champion_report(subject, from.best);
    const std::vector<GenerationRow> drawn = drawn_generations(from.rows);
    return {{"kind", "run"},
            {"run", run_json(from)},
            {"champion", champion_json(from)},
            {"series", series_json(from.log(), drawn)},
            {"held_out", held_out_series(from.log(), from.choice, drawn)},
            {"species", species_json(history::species_timeline(subject.run), drawn)},
            {"stages", stages_json(from)},
            {"operators", operators_json(from)},
            {"network", from.best ? network_of_champion(from) : Json(nullptr)},
            {"genealogy", from.best ? genealogy_json(subject, from.best->champion) : Json(nullptr)},
            {"task", task_json(from)},
            {"config", config_json(subject.run.config, subject.vocabulary.tasks)},
            {"machine", machine_json(from)}};
}

}  // namespace clade::report
