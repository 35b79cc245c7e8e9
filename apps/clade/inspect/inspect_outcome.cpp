#include "clade/inspect/inspect_outcome.hpp"

#include <clade/experiment/run/outcome.hpp>

#include <fmt/format.h>

namespace clade::inspect {
namespace {

/// The outcome of a run that met a stop rule, but whose end is not recorded.
OutcomeText unclosed(Outcome outcome, const char* unsolved) {
    const bool solved = outcome == Outcome::solved;
    return {solved ? "solved" : unsolved, solved ? Style::green : Style::yellow,
            fmt::format(" ({}), but the run was killed before it was closed; resume closes it", name_of(outcome))};
}

OutcomeText ended_by_error(const RunLog& log) {
    const auto last = log.last_generation();
    return {"ended by an error", Style::red,
            ": " + log.get("error").value_or("") +
                fmt::format("; resume goes on from generation {}", last ? last->generation + 1 : 0)};
}

}  // namespace

OutcomeText outcome_in_words(const Subject& subject, const std::optional<ScoringState>& scoring, bool can_be_solved) {
    const OpenedRun& run = subject.run;
    const char* unsolved = can_be_solved ? "not solved" : "ended";
    if (scoring && scoring->in_progress) {
        const std::string what = scoring_text(scoring->genomes, subject.population);
        return {"none yet", Style::plain, ": the run is in progress" + (what.empty() ? "" : ", scoring " + what)};
    }
    const std::string crash =
        scoring ? crash_text(run.folder, *scoring, subject.population, subject.vocabulary.program) : "";
    if (!crash.empty()) return {"none yet", Style::yellow, ": " + crash};
    const std::string outcome = run.log.get("outcome").value_or("");
    if (outcome.empty()) {
        if (const auto met = stop_rule_met(run.config.stop, logged_state(run.log))) return unclosed(*met, unsolved);
        return {"none yet", Style::yellow, ": the run is in progress, or was killed and can be resumed"};
    }
    if (outcome == name_of(Outcome::error)) return ended_by_error(run.log);
    if (run.log.get("solved") == "true") return {"solved", Style::green};
    if (outcome == name_of(Outcome::interrupted)) return {"interrupted", Style::yellow, "; it can be resumed"};
    if (outcome == name_of(Outcome::stopped)) {
        return {"stopped", Style::yellow, ": " + run.log.get("stop_reason").value_or("")};
    }
    if (outcome == name_of(Outcome::extinction)) {
        return {"extinction", Style::yellow, ": every species has stagnated"};
    }
    return {unsolved, Style::yellow, fmt::format(" (stop.{})", outcome)};
}

}  // namespace clade::inspect
