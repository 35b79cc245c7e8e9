// Why a run ends, and when: the rules of `stop`.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace clade {

class RunLog;

/// Why a run ended.
enum class Outcome {
    solved,
    generations,
    evaluations,
    seconds,
    stagnation,
    validation_stagnation,
    extinction,
    interrupted,
    stopped,
    error
};
template <>
struct EnumNames<Outcome> {
    static constexpr std::array<std::string_view, 10> names{
        "solved",     "generations", "evaluations", "seconds", "stagnation", "validation_stagnation",
        "extinction", "interrupted", "stopped",     "error"};
};

/// Whether a run with this outcome has not come to its end: it goes on when it is resumed.
[[nodiscard]] constexpr bool is_unfinished(Outcome outcome) noexcept {
    return outcome == Outcome::interrupted || outcome == Outcome::error;
}

/// The progress of a run, for its stop rules.
struct RunState {
    std::uint64_t generations = 0;            ///< scored
    std::uint64_t evaluations = 0;            ///< networks scored
    std::uint64_t since_best = 0;             ///< generations since the best ever was found
    std::uint64_t since_best_validation = 0;  ///< generations since the best validation score; 0 without any
    double seconds = 0.0;                     ///< over all sessions
    bool solved = false;
    bool extinct = false;  ///< every species has stagnated, and nothing starts anew
};

/// The first rule that holds, if any.
[[nodiscard]] std::optional<Outcome> stop_rule_met(const StopParams& stop, const RunState& state);

/// The progress of a logged run.
[[nodiscard]] RunState logged_state(const RunLog& log);

/// The outcome that the log names; nothing while the run goes on, or if it was killed.
[[nodiscard]] std::optional<Outcome> logged_outcome(const RunLog& log);

}  // namespace clade
