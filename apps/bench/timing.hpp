// Times of repeated work, in the manner of the seed document: the first repetition warms up and is not counted.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
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

/// The seconds of one call in each of `repetitions` but the first, of which each makes so many calls that it lasts
/// `long_enough` [seconds]: for work shorter than the clock can tell.
/// @pre repetitions > 1.
template <class Work>
[[nodiscard]] std::vector<double> time_short_calls(int repetitions, double long_enough, const Work& work) {
    const auto nothing = [] {};
    std::size_t calls = 1;
    const auto repeat = [&] {
        for (std::size_t call = 0; call < calls; ++call) work();
    };
    while (time_calls(2, nothing, repeat).back() < long_enough) calls *= 2;
    std::vector<double> seconds = time_calls(repetitions, nothing, repeat);
    for (double& value : seconds) value /= static_cast<double>(calls);
    return seconds;
}

/// "3.2 us", for people.
[[nodiscard]] std::string time_text(double seconds);

}  // namespace clade::bench
