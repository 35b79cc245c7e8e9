// When an evaluation must end: after some seconds, or when scoring is cancelled.
//
// A thread cannot be stopped from outside. A task whose evaluations are long asks between its steps:
//
//   for (int step = 0; step < steps; ++step) {
//       check_deadline();  // of Evaluator
//       ...
//   }
#pragma once

#include <clade/core/language_standard.hpp>

#include <chrono>
#include <stop_token>
#include <utility>

namespace clade {

/// The end of the evaluation in progress. For one thread at a time.
class Deadline {
public:
    /// None, until something is set.
    Deadline() = default;

    /// From now on `token` is asked, too.
    void cancel_with(std::stop_token token) { cancel_ = std::move(token); }

    /// An evaluation begins that may take `seconds`, wall time; 0: any time. @pre 0 or more.
    void begin(double seconds);

    /// Whether the time has passed, or a stop was requested.
    [[nodiscard]] bool passed() const noexcept {
        return cancel_.stop_requested() || (seconds_ > 0.0 && Clock::now() >= end_);
    }

    /// Throws TimeLimitError if the time has passed, Cancelled if a stop was requested. Takes some 20 ns with a limit,
    /// 1 ns without.
    void check() const {
        if (passed()) fail();
    }

private:
    using Clock = std::chrono::steady_clock;

    [[noreturn]] void fail() const;

    std::stop_token cancel_;
    double seconds_ = 0.0;
    Clock::time_point begin_{};
    Clock::time_point end_{};
};

}  // namespace clade
