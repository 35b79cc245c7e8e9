// The messages of a run, as lines of run.log with time and level, and told to who listens. What happened, for people;
// numbers are in the run log. Nothing is printed: that is for programs.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace clade {

/// A run's messages. For one thread at a time.
class MessageLog {
public:
    using Listener = std::function<void(LogLevel, std::string_view)>;

    /// Appends to the file what is of `level` or above, each message on one line (escaped()). Throws Error if the file
    /// cannot be opened or is a symbolic link. If it cannot be written later, one warning goes to the listener.
    MessageLog(const std::filesystem::path& file, LogLevel level);
    ~MessageLog();
    MessageLog(MessageLog&& other) noexcept;
    MessageLog& operator=(MessageLog&& other) noexcept;

    /// From now on every message goes to the listener too, whatever its level; first those that nobody has heard.
    void listen(Listener listener);

    /// Into the file alone, at once. May be called by any thread.
    void write(LogLevel level, std::string_view message);

    void debug(std::string_view message);
    void info(std::string_view message);
    void warning(std::string_view message);
    void error(std::string_view message);

    /// The same, at a level.
    void say(LogLevel level, std::string_view message);

private:
    class FileSink;
    struct Logger;
    std::unique_ptr<Logger> logger_;
};

}  // namespace clade
