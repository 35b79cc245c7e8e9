// Signals that ask the program to stop: SIGINT, SIGTERM, and SIGHUP, which comes when the terminal is closed.
//
//   first    what runs ends after the generation in flight and is saved
//   second   evaluation is cancelled: the generation in flight is dropped
//   third    ends the program at once, as if nothing had been caught
//
// Where little time is left after a signal, e.g. as a launcher of jobs kills after a second, the first one cancels too, a
// moment later.
// A SIGHUP counts only as the first: shell and system may both tell of one closed terminal.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <stop_token>
#include <string_view>
#include <thread>

namespace clade {

/// Catches them as long as it lives; one at a time. A signal that the program was started to ignore (nohup) stays
/// ignored. A signal ends what runs and whatever is begun after it.
class StopSignals {
public:
    /// With a grace the first signal cancels as the second does, so much later.
    explicit StopSignals(std::optional<std::chrono::milliseconds> grace = std::nullopt);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// Set by the first signal.
    [[nodiscard]] const std::atomic<bool>& requested() const noexcept;

    /// Asked to stop once wait() has seen the second signal.
    [[nodiscard]] std::stop_token cancelled() const noexcept { return cancel_.get_token(); }

    /// The program's exit code after a signal: 128 + the first one's number.
    [[nodiscard]] int exit_code() const noexcept;

    /// What a second request is, as a message says it: the same signal again, but of SIGHUP the others.
    [[nodiscard]] std::string_view again() const noexcept;

    /// Waits for a signal, wake() or the time to pass. Returns how many signals have come, at most 2.
    int wait(std::chrono::milliseconds longest);
    void wake() const noexcept;

private:
    using Clock = std::chrono::steady_clock;

    std::optional<std::chrono::milliseconds> grace_;
    std::optional<Clock::time_point> asked_;  // when the first signal was seen
    std::stop_source cancel_;
    std::array<struct sigaction, 3> before_{};  // what is given back in the end
};

/// As long as it lives, a thread of its own answers each signal and, ten times a second, lets the time be shown.
class SignalWatch {
public:
    SignalWatch(StopSignals& signals, std::function<void(int)> answer, std::function<void()> tick);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    StopSignals& signals_;
    std::jthread thread_;
};

}  // namespace clade
