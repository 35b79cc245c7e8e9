#include "clade/commands/stop_signals.hpp"

#include <csignal>

namespace clade {
namespace {

// A signal handler can reach nothing but globals.
std::atomic<bool> stop_requested{false};  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<int> stop_signal{0};          // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void request_stop(int signal) {
    stop_signal = signal;
    stop_requested = true;
}

}  // namespace

const std::atomic<bool>& catch_signals() {
    struct sigaction action {};
    action.sa_handler = request_stop;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    return stop_requested;
}

int interrupted_code() { return 128 + stop_signal; }

}  // namespace clade
