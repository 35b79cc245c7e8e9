#include <clade/evaluation/episodes/environment.hpp>

#include <cmath>

namespace clade {
namespace {

/// Names, bounds and scales; what acts is bounded as well.
void check_signals(const std::string& place, const std::string& what, const std::vector<Signal>& signals,
                   bool bounded) {
    for (const Signal& signal : signals) {
        if (signal.name.empty()) throw Error(place + "one of the " + what + "s has no name");
        const std::string one = place + what + " '" + signal.name + "' ";
        if (!(signal.low <= signal.high)) {
            throw Error(one + "must have a low that does not exceed high (" + number_text(signal.high) + "), got " +
                        number_text(signal.low));
        }
        if (bounded && (!std::isfinite(signal.low) || !std::isfinite(signal.high) || signal.low == signal.high)) {
            throw Error(one + "needs a finite low below a finite high, got " + number_text(signal.low) + " and " +
                        number_text(signal.high) + ": outputs are spread over that range");
        }
        if (!std::isfinite(signal.scale) || signal.scale == 0.0) {
            throw Error(one + "must have a scale that is finite and not 0, got " + number_text(signal.scale));
        }
    }
}

}  // namespace

void check_traits(const EnvironmentTraits& traits) {
    check_name("an environment", traits.name);
    const std::string place = "environment '" + traits.name + "': ";
    const ActionSpace& actions = traits.actions;
    if (traits.observations.empty()) throw Error(place + "needs at least one observation");
    if (actions.size() == 0)
        throw Error(place + "needs at least one action: discrete_actions() or continuous_actions()");
    if (actions.is_discrete() && !actions.controls.empty()) {
        throw Error(place + "actions must be either choices or controls, got both");
    }
    if (traits.step_limit == 0) throw Error(place + "step_limit must be at least 1, got 0");
    if (traits.solved_return && !std::isfinite(*traits.solved_return)) {
        throw Error(place + "solved_return must be a finite number, got " + number_text(*traits.solved_return));
    }
    check_signals(place, "observation", traits.observations, false);
    check_signals(place, "control", actions.controls, true);
}

}  // namespace clade
