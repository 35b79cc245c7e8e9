#include "bench/timing.hpp"

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

}  // namespace clade::bench
