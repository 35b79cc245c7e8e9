// A request to stop that is a flag, as one for those that wait for a token.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace clade {

/// Its token is asked to stop soon after the flag is set or the other token is asked. The flag may be set by a signal
/// handler, which can wake nobody: a thread looks at it.
class StopRelay {
public:
    StopRelay(const std::atomic<bool>& flag, const std::stop_token& token)
        : forward_(token, [this] { source_.request_stop(); }), watch_([this, &flag](const std::stop_token& over) {
              constexpr std::chrono::milliseconds pause{20};
              std::mutex mutex;
              std::condition_variable_any wake;
              std::unique_lock lock(mutex);
              while (!flag && !over.stop_requested()) wake.wait_for(lock, over, pause, [] { return false; });
              if (flag) source_.request_stop();
          }) {
        if (flag) source_.request_stop();
    }
    StopRelay(const StopRelay&) = delete;
    StopRelay& operator=(const StopRelay&) = delete;

    [[nodiscard]] std::stop_token token() const noexcept { return source_.get_token(); }

private:
    std::stop_source source_;
    std::stop_callback<std::function<void()>> forward_;
    std::jthread watch_;
};

}  // namespace clade
