#include "clade/inspect/inspect_outcome.hpp"

#include "terminal/terminal.hpp"

#include <clade/experiment/run/outcome.hpp>

#include <fmt/format.h>

namespace clade::inspect {
namespace {

/// The outcome of a run that met a stop rule, but whose end is not recorded.
std::string unclosed_text(Outcome outcome, const char* unsolved) {
    const bool solved = outcome == Outcome::solved;
    return styled(solved ? "solved" : unsolved, solved ? Style::green : Style::yellow, Output::out) +
           fmt::format(" ({}), but the run was killed before it was closed; resume closes it", name_of(outcome));
}

std::string error_text(const RunLog& log) {
    const auto last = log.last_generation();
    return styled("ended by an error", Style::red, Output::out) + ": " + log.get("error").value_or("") +
           fmt::format("; resume goes on from generation {}", last ? last->generation + 1 : 0);
}

}  // namespace

std::string outcome_text(const Subject& subject, const std::optional<ScoringState>& scoring, bool can_be_solved) {
    const OpenedRun& run = subject.run;
    const char* unsolved = can_be_solved ? "not solved" : "ended";
    if (scoring && scoring->in_progress) {
        const std::string what = scoring_text(scoring->genomes, subject.population);
        return "none yet: the run is in progress" + (what.empty() ? "" : ", scoring " + what);
    }
    const std::string crash =
        scoring ? crash_text(run.folder, *scoring, subject.population, subject.vocabulary.program) : "";
    if (!crash.empty()) {
        return styled("none yet", Style::yellow, Output::out) + ": " + crash;
    }
    const std::string outcome = run.log.get("outcome").value_or("");
    if (outcome.empty()) {
        if (const auto met = stop_rule_met(run.config.stop, logged_state(run.log)))
            return unclosed_text(*met, unsolved);
        return styled("none yet", Style::yellow, Output::out) +
               ": the run is in progress, or was killed and can be resumed";
    }
    if (outcome == name_of(Outcome::error)) return error_text(run.log);
    if (run.log.get("solved") == "true") return styled("solved", Style::green, Output::out);
    if (outcome == name_of(Outcome::interrupted)) {
        return styled("interrupted", Style::yellow, Output::out) + "; it can be resumed";
    }
    if (outcome == name_of(Outcome::stopped)) {
        return styled("stopped", Style::yellow, Output::out) + ": " + run.log.get("stop_reason").value_or("");
    }
    if (outcome == name_of(Outcome::extinction)) {
        return styled("extinction", Style::yellow, Output::out) + ": every species has stagnated";
    }
    return styled(unsolved, Style::yellow, Output::out) + fmt::format(" (stop.{})", outcome);
}

}  // namespace clade::inspect
