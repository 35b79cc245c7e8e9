#include "clade/commands/stop_signals.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <utility>

namespace clade {
namespace {

constexpr std::array<int, 3> caught{SIGINT, SIGTERM, SIGHUP};

// A signal handler can reach nothing but globals, and of these only atomics without locks.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<bool> stop_requested{false};
std::atomic<int> first_signal{0};
std::atomic<int> signal_count{0};
std::atomic<int> pipe_end{-1};  // a byte written here wakes up wait()
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

void write_to_pipe() noexcept {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(pipe_end, &byte, 1);  // a full pipe wakes up too
}

/// Calls nothing but functions that are safe in a signal handler.
extern "C" void note_signal(int signal) {
    const int error = errno;
    int none = 0;
    const bool first = first_signal.compare_exchange_strong(none, signal);
    if (first || signal != SIGHUP) {
        stop_requested = true;
        if (++signal_count > 2) {
            ::signal(signal, SIG_DFL);
            ::raise(signal);  // ends the program when this handler returns
        }
        write_to_pipe();
    }
    errno = error;
}

/// A pipe that lasts as long as the program: a handler may still write to it while the signals are given back.
const std::array<int, 2>& lasting_pipe() {
    static const std::array<int, 2> ends = [] {
        std::array<int, 2> made{-1, -1};
        if (::pipe2(made.data(), O_CLOEXEC | O_NONBLOCK) != 0) made = {-1, -1};
        return made;
    }();
    return ends;
}

}  // namespace

StopSignals::StopSignals(std::optional<std::chrono::milliseconds> grace) : grace_(grace) {
    pipe_end = lasting_pipe()[1];
    stop_requested = false;
    first_signal = 0;
    signal_count = 0;
    struct sigaction action {};
    action.sa_handler = note_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < caught.size(); ++i) {
        ::sigaction(caught[i], nullptr, &before_[i]);
        if (before_[i].sa_handler != SIG_IGN) ::sigaction(caught[i], &action, nullptr);
    }
}

StopSignals::~StopSignals() {
    for (std::size_t i = 0; i < caught.size(); ++i) ::sigaction(caught[i], &before_[i], nullptr);
}

const std::atomic<bool>& StopSignals::requested() const noexcept { return stop_requested; }

int StopSignals::exit_code() const noexcept { return 128 + first_signal; }

std::string_view StopSignals::again() const noexcept {
    return first_signal == SIGHUP ? "SIGINT (Ctrl-C) or SIGTERM" : "again";
}

int StopSignals::wait(std::chrono::milliseconds longest) {
    pollfd end{.fd = lasting_pipe()[0], .events = POLLIN, .revents = 0};
    if (::poll(&end, 1, static_cast<int>(longest.count())) > 0) {
        std::array<char, 64> bytes{};
        while (::read(end.fd, bytes.data(), bytes.size()) > 0) {
        }
    }
    const int count = std::min<int>(signal_count, 2);
    if (count > 0 && !asked_) asked_ = Clock::now();
    if (count == 2 || (asked_ && grace_ && Clock::now() - *asked_ >= *grace_)) cancel_.request_stop();
    return count;
}

void StopSignals::wake() const noexcept { write_to_pipe(); }

SignalWatch::SignalWatch(StopSignals& signals, std::function<void(int)> answer, std::function<void()> tick)
    : signals_(signals),
      thread_([&signals, answer = std::move(answer), tick = std::move(tick)](const std::stop_token& over) {
          constexpr std::chrono::milliseconds tenth{100};
          int answered = 0;
          while (!over.stop_requested()) {
              const int count = signals.wait(tenth);
              while (answered < count) answer(++answered);
              tick();
          }
      }) {}

SignalWatch::~SignalWatch() {
    thread_.request_stop();
    signals_.wake();
}

}  // namespace clade
