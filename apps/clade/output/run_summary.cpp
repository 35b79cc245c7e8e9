#include "clade/output/run_summary.hpp"

#include "clade/output/report_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace clade {
namespace {

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
                   experiment.log().get("stop_reason").value_or("");
        default:
            break;
    }
    return fmt::format("{} after {} (stop.{})", styled("not solved", Style::yellow, Output::out), where,
                       name_of(outcome));
}

/// Empty before the first generation.
std::string champion_text(const Experiment& experiment) {
    const BestEver& best = experiment.champion();
    if (!experiment.log().last_generation()) return "";
    if (best.genome.empty()) return "no champion: every genome has failed\n";
    const GenomeView genome = best.genome[0];
    const std::size_t hidden = genome.node_count() - best.genome.shape().output_count;
    const std::string text = fmt::format(
        "champion: genome {} of generation {}, fitness {}, {} hidden, {} connections\n", raw(best.id), best.generation,
        short_fitness(best.fitness), hidden, std::count(genome.enabled.begin(), genome.enabled.end(), 1));
    const std::string report = report_text(experiment.champion_report());
    return report.empty() ? text : text + '\n' + report;
}

/// What to type next: of an interrupted run, what goes on with it.
std::string next_text(const Experiment& experiment, const Caller& caller, Outcome outcome) {
    if (outcome == Outcome::interrupted) return "to continue:\n  " + resume_text(experiment, caller) + '\n';
    const std::string program = quoted(caller.program);
    const std::string folder = quoted(experiment.folder().path.string());
    return fmt::format("next:\n  {0} inspect {1}\n  {0} inspect {1} --generation 0\n  {0} replay {1}\n", program,
                       folder);
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

void print_run_summary(const Experiment& experiment, const Caller& caller, Outcome outcome) {
    std::string text = headline(experiment, outcome) + '\n';
    if (experiment.config().evaluation.racing.is_on()) {
        const std::string racing = racing_text(experiment.log().generations());
        if (!racing.empty()) text += racing + '\n';
    }
    text += champion_text(experiment);
    text += fmt::format("\nrun: {}\n", experiment.folder().path.string());
    std::cout << for_reading(text + next_text(experiment, caller, outcome), Output::out);
}

}  // namespace clade
