#include "clade/output/run_summary.hpp"

#include "clade/output/champion_output.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/report_output.hpp"
#include "terminal/safe_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/digest.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/verdict.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// Not known as long as every genome has failed.
bool can_be_solved(const Experiment& experiment) {
    if (experiment.champion().genome.empty()) return true;
    Network network = experiment.engine().network_of(experiment.champion().genome);
    return has_solution(experiment.task(), experiment.config(), network);
}

std::string headline(const Experiment& experiment, Outcome outcome) {
    const auto last = experiment.log().last_generation();
    if (!last) return styled(name_of(outcome), Style::yellow, Output::out) + " before the first generation was scored";
    const std::string where = fmt::format("generation {}, {} evaluations", last->generation, last->evaluations_total);
    switch (outcome) {
        case Outcome::solved:
            return styled("solved", Style::green, Output::out) + " in " + where;
        case Outcome::interrupted:
            return styled("interrupted", Style::yellow, Output::out) + " after " + where;
        case Outcome::stopped:
            return styled("stopped", Style::yellow, Output::out) + " after " + where + ": " +
                   one_line(experiment.log().get("stop_reason").value_or(""));
        case Outcome::extinction:
            return styled("extinction", Style::yellow, Output::out) + " after " + where +
                   ": every species has stagnated";
        default:
            break;
    }
    const char* ended = can_be_solved(experiment) ? "not solved" : "ended";
    return fmt::format("{} after {} (stop.{})", styled(ended, Style::yellow, Output::out), where, name_of(outcome));
}

std::uint64_t hidden_count(const GenomeStore& genome) { return genome[0].node_count() - genome.shape().output_count; }

std::uint64_t enabled_count(const GenomeStore& genome) {
    return static_cast<std::uint64_t>(std::ranges::count(genome[0].enabled, 1));
}

Json champion_json(const Experiment& experiment) {
    const BestEver& best = experiment.champion();
    return {{"file", experiment.folder().champion().string()},
            {"id", raw(best.id)},
            {"generation", best.generation},
            {"fitness", best.fitness},
            {"held_out", held_out_json(experiment.champion_choice())},
            {"hidden", hidden_count(best.genome)},
            {"connections", enabled_count(best.genome)}};
}

/// Empty before the first generation.
std::string champion_text(const Experiment& experiment) {
    const BestEver& best = experiment.champion();
    if (!experiment.log().last_generation()) return "";
    if (best.genome.empty()) return "no champion: every genome failed\n";
    std::string text = fmt::format("champion: genome {} of generation {}, fitness {}, {} hidden, {} connections\n",
                                   raw(best.id), best.generation, short_fitness(best.fitness),
                                   hidden_count(best.genome), enabled_count(best.genome));
    if (const ChampionChoice* choice = experiment.champion_choice()) {
        text +=
            fmt::format("{}: {}\nchosen: {}\n", held_out_name(*choice), held_out_text(*choice), choice_text(*choice));
        if (const std::string luck = luck_text(*choice); !luck.empty()) text += luck + '\n';
    }
    const std::string report = report_text(experiment.champion_report());
    return report.empty() ? text : text + '\n' + report;
}

/// What to type next: of an interrupted run, what goes on with it.
std::string next_text(const Experiment& experiment, const Caller& caller, Outcome outcome) {
    if (outcome == Outcome::interrupted) return "to continue:\n  " + resume_text(experiment, caller) + '\n';
    const std::string program = quoted(caller.program);
    const std::string folder = quoted(experiment.folder().path.string());
    std::string text =
        fmt::format("next:\n  {0} inspect {1}\n  {0} inspect {1} --generation 0\n  {0} replay {1}\n", program, folder);
    const bool predicts = !experiment.champion().genome.empty() && experiment.task().interface().data;
    return predicts ? text + fmt::format("  {} predict {} NEW.csv\n", program, folder) : text;
}

}  // namespace

std::string resume_text(const Experiment& experiment, const Caller& caller) {
    std::string text = quoted(caller.program) + " resume " + quoted(experiment.folder().path.string());
    for (const std::string& assignment : caller.resume_overrides) text += " --set " + quoted(assignment);
    return text;
}

std::string racing_text(const std::vector<GenerationRow>& rows) {
    std::uint64_t played = 0;
    std::uint64_t saved = 0;
    for (const GenerationRow& row : rows) {
        played += row.episodes_played;
        saved += row.episodes_saved;
    }
    if (played == 0) return {};
    const double share = static_cast<double>(played) / static_cast<double>(played + saved);
    return fmt::format("racing played {:.0f} % of the episodes: {} of {}", 100.0 * share, played, played + saved);
}

std::string failed_text(const RunLog& log) {
    std::uint64_t failed = 0;
    std::string kinds;
    for (const auto& [kind, count] : log.failure_counts()) {
        failed += count;
        kinds += fmt::format("{}{} {}", kinds.empty() ? ": " : ", ", count, one_line(kind));
    }
    return failed == 0 ? "" : counted(failed, "genome") + " failed" + kinds;
}

std::string run_summary(const Experiment& experiment, const Caller& caller, Outcome outcome) {
    std::string text = headline(experiment, outcome) + '\n';
    if (experiment.config().evaluation.racing.is_on()) {
        const std::string racing = racing_text(experiment.log().generations());
        if (!racing.empty()) text += racing + '\n';
    }
    if (const std::string failed = failed_text(experiment.log()); !failed.empty()) text += failed + '\n';
    text += champion_text(experiment);
    text += fmt::format("\nrun: {}\n", experiment.folder().path.string());
    return for_reading(text + next_text(experiment, caller, outcome), Output::out);
}

std::string run_summary_json(const Experiment& experiment, Outcome outcome) {
    const RunLog& log = experiment.log();
    const std::optional<GenerationRow> last = log.last_generation();
    Json json{{"folder", experiment.folder().path.string()},
              {"name", experiment.config().name},
              {"task", experiment.config().task.name},
              {"seed", *experiment.config().seed},
              {"outcome", name_of(outcome)},
              {"stop_reason", outcome == Outcome::stopped ? Json(log.get("stop_reason").value_or("")) : Json(nullptr)},
              {"solved", experiment.solved()},
              {"generations", last ? last->generation + 1 : 0},
              {"evaluations", last ? last->evaluations_total : 0},
              {"failures", log.failure_counts()},
              {"best_fitness", nullptr},
              {"champion", nullptr},
              {"measures", Json::object()},
              {"digest", last ? Json(to_hex(last->digest)) : Json(nullptr)},
              {"seconds", logged_state(log).seconds}};
    if (last && !experiment.champion().genome.empty()) {
        json["best_fitness"] = experiment.best_ever().fitness;
        json["champion"] = champion_json(experiment);
        add_report(json, experiment.champion_report());
    }
    return json_text(json);
}

}  // namespace clade
