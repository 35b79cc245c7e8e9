// Starting a program with pipes to its stdin, stdout and stderr.
#pragma once

#include <signal.h>  // NOLINT(modernize-deprecated-headers): of POSIX
#include <sys/types.h>

#include <string>
#include <vector>

namespace clade {

/// A process that leads a process group of its own, and this side of its pipes, which do not block.
struct SpawnedProcess {
    pid_t id = -1;
    int input = -1;
    int output = -1;
    int errors = -1;
};

/// Throws Error, with the reason of the system, if it cannot be started. Signals have their defaults in it.
[[nodiscard]] SpawnedProcess spawn(const std::vector<std::string>& command, const std::string& directory);

/// While it lives, writing to a pipe that nobody reads is an error of write() instead of a signal to the process.
class SignalPipeGuard {
public:
    SignalPipeGuard() noexcept;
    ~SignalPipeGuard();
    SignalPipeGuard(const SignalPipeGuard&) = delete;
    SignalPipeGuard& operator=(const SignalPipeGuard&) = delete;

private:
    sigset_t before_{};
    bool was_pending_ = false;
};

}  // namespace clade
