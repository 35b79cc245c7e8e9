#include "clade/output/run_summary.hpp"

#include "clade/output/report_output.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace clade {
namespace {

std::string headline(const Experiment& experiment, Outcome outcome) {
    const auto last = experiment.log().last_generation();
    const std::string where =
        last ? fmt::format("generation {}, {} evaluations", last->generation, last->evaluations_total)
             : "no generation";
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

void print_racing(const Experiment& experiment) {
    if (!experiment.config().evaluation.racing.is_on()) return;
    const std::string text = racing_text(experiment.log().generations());
    if (!text.empty()) std::cout << text << '\n';
}

void print_champion(const Experiment& experiment) {
    const BestEver& best = experiment.champion();
    if (best.genome.empty()) {
        std::cout << "no champion: every genome has failed\n";
        return;
    }
    const GenomeView genome = best.genome[0];
    const std::size_t hidden = genome.node_count() - best.genome.shape().output_count;
    std::cout << fmt::format("champion: genome {} of generation {}, fitness {}, {} hidden, {} connections\n",
                             raw(best.id), best.generation, short_fitness(best.fitness), hidden,
                             std::count(genome.enabled.begin(), genome.enabled.end(), 1));
    const std::string report = report_text(experiment.champion_report());
    if (!report.empty()) std::cout << '\n' << report;
}

void print_next(const Experiment& experiment, const Caller& caller, Outcome outcome) {
    const std::string program = quoted(caller.program);
    const std::string folder = quoted(experiment.folder().path.string());
    std::cout << fmt::format("\nrun: {}\nnext:\n", experiment.folder().path.string());
    if (outcome == Outcome::interrupted) std::cout << "  " << resume_text(experiment, caller) << '\n';
    std::cout << fmt::format("  {} inspect {}\n  {} inspect {} --generation 0\n  {} replay {}\n", program, folder,
                             program, folder, program, folder);
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
    std::cout << headline(experiment, outcome) << '\n';
    print_racing(experiment);
    print_champion(experiment);
    print_next(experiment, caller, outcome);
}

}  // namespace clade
