#include <clade/experiment/run/outcome.hpp>

#include <clade/core/special_values_internal.hpp>

#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/run/validation.hpp>

namespace clade {

std::optional<Outcome> stop_rule_met(const StopParams& stop, const RunState& state) {
    if (state.generations == 0) return std::nullopt;
    if (state.solved) return Outcome::solved;
    if (state.extinct) return Outcome::extinction;
    if (stop.generations && state.generations >= *stop.generations) return Outcome::generations;
    if (stop.evaluations && state.evaluations >= *stop.evaluations) return Outcome::evaluations;
    if (stop.seconds && state.seconds >= *stop.seconds) return Outcome::seconds;
    if (stop.stagnation && state.since_best >= *stop.stagnation) return Outcome::stagnation;
    if (stop.validation_stagnation && state.since_best_validation >= *stop.validation_stagnation) {
        return Outcome::validation_stagnation;
    }
    return std::nullopt;
}

RunState logged_state(const RunLog& log) {
    RunState state{.solved = log.get("solved") == "true", .extinct = log.get("extinct") == "true"};
    const FitnessDirection direction = logged_direction(log);
    double best = nan;
    std::uint32_t best_generation = 0;
    for (const GenerationRow& row : log.generations()) {
        state.generations = std::uint64_t{row.generation} + 1;
        state.evaluations = row.evaluations_total;
        state.seconds += total_seconds(row);
        if (!is_better(row.fitness.best, best, direction)) continue;
        best = row.fitness.best;
        best_generation = row.generation;
    }
    if (state.generations > 0) state.since_best = state.generations - 1 - best_generation;
    if (const auto validated = best_validated(log, direction)) {
        state.since_best_validation = state.generations - 1 - validated->generation;
    }
    return state;
}

std::optional<Outcome> logged_outcome(const RunLog& log) {
    return value_named<Outcome>(log.get("outcome").value_or(""));
}

}  // namespace clade
