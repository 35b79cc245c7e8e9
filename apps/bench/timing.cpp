#include "bench/timing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace clade::bench {

Timing timing_of(std::vector<double> seconds) {
    std::sort(seconds.begin(), seconds.end());
    const std::size_t middle = seconds.size() / 2;
    const double median = seconds.size() % 2 == 1 ? seconds[middle] : 0.5 * (seconds[middle - 1] + seconds[middle]);
    const double sum = std::accumulate(seconds.begin(), seconds.end(), 0.0);
    return {median, sum / static_cast<double>(seconds.size()), seconds.front()};
}

std::string time_text(double seconds) {
    if (seconds < 1e-6) return fmt::format("{:.3g} ns", seconds * 1e9);
    if (seconds < 1e-3) return fmt::format("{:.3g} us", seconds * 1e6);
    if (seconds < 1.0) return fmt::format("{:.3g} ms", seconds * 1e3);
    return fmt::format("{:.3g} s", seconds);
}

}  // namespace clade::bench
