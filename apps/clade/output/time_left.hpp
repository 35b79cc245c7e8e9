// Estimate of the time that a run still needs.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace clade {

/// What a run has used up. A session is the time since it was started or resumed.
struct Pace {
    std::uint64_t generations = 0;
    std::uint64_t evaluations = 0;
    double seconds_before = 0.0;  ///< of earlier sessions
    std::uint64_t session_generations = 0;
    std::uint64_t session_evaluations = 0;
    double session_seconds = 0.0;  ///< until its last generation had ended
};

/// The time until a limit on generations, evaluations or seconds ends the run at this pace, whichever comes first. Empty
/// without such a limit, and as long as there is no pace. [seconds]
[[nodiscard]] std::optional<double> seconds_left(const StopParams& stop, const Pace& pace);

/// "45 s", "3 min 12 s": whole seconds, rounded up.
[[nodiscard]] std::string rough_time(double seconds);

}  // namespace clade
