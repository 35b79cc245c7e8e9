#include "clade/output/time_left.hpp"

#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// The time until `limit` is reached by what grew from nothing by `grown` in `seconds`, and is `now`.
double until(std::uint64_t limit, std::uint64_t now, std::uint64_t grown, double seconds) {
    if (now >= limit) return 0.0;
    return static_cast<double>(limit - now) * seconds / static_cast<double>(grown);
}

}  // namespace

std::optional<double> seconds_left(const StopParams& stop, const Pace& pace) {
    std::optional<double> left;
    const auto consider = [&left](double seconds) { left = std::min(left.value_or(seconds), seconds); };
    if (stop.seconds) consider(std::max(0.0, *stop.seconds - pace.seconds_before - pace.session_seconds));
    if (stop.generations && pace.session_generations > 0) {
        consider(until(*stop.generations, pace.generations, pace.session_generations, pace.session_seconds));
    }
    if (stop.evaluations && pace.session_evaluations > 0) {
        consider(until(*stop.evaluations, pace.evaluations, pace.session_evaluations, pace.session_seconds));
    }
    return left;
}

std::string rough_time(double seconds) {
    const double whole = std::ceil(seconds);
    return whole < 60.0 ? fmt::format("{:.0f} s", whole) : short_time(whole);
}

}  // namespace clade
