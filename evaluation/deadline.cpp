#include <clade/evaluation/deadline.hpp>

#include <clade/core/error.hpp>
#include <clade/core/fields.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

constexpr double longest_seconds = 1e9;  // what a clock can count

}  // namespace

void Deadline::begin(double seconds) {
    seconds_ = seconds;
    if (!(seconds > 0.0)) return;
    begin_ = Clock::now();
    end_ = begin_ + std::chrono::duration_cast<Clock::duration>(
                        std::chrono::duration<double>(std::min(seconds, longest_seconds)));
}

void Deadline::fail() const {
    if (cancel_.stop_requested()) throw Cancelled("the evaluation was cancelled");
    const double taken = std::chrono::duration<double>(Clock::now() - begin_).count();
    throw TimeLimitError("the evaluation took " + number_text(std::round(taken * 1000.0) / 1000.0) +
                         " s, more than seconds_per_genome: " + number_text(seconds_));
}

}  // namespace clade
