// Times of repeated work, in the manner of the seed document: the first repetition warms up and is not counted.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

namespace clade::bench {

/// What is said of the counted repetitions. [seconds]
struct Timing {
    double median = 0.0;
    double mean = 0.0;
    double min = 0.0;
};

/// @pre at least one time.
[[nodiscard]] Timing timing_of(std::vector<double> seconds);

/// The seconds that each of `repetitions` calls takes, without the first; `between` is called before each, untimed.
/// @pre repetitions > 1.
template <class Between, class Work>
[[nodiscard]] std::vector<double> time_calls(int repetitions, const Between& between, const Work& work) {
    std::vector<double> seconds;
    for (int repetition = 0; repetition < repetitions; ++repetition) {
        between();
        const auto begin = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        if (repetition > 0) seconds.push_back(taken.count());
    }
    return seconds;
}

}  // namespace clade::bench
