// The messages of a run, as lines of run.log with time and level. What happened, for people; numbers are in the run
// log.
#pragma once

#include <clade/experiment/experiment_config.hpp>

#include <filesystem>
#include <memory>
#include <string_view>

namespace clade {

class MessageLog {
public:
    /// Appends to the file; messages below `level` are dropped. Throws Error if the file cannot be written.
    MessageLog(const std::filesystem::path& file, LogLevel level);
    ~MessageLog();
    MessageLog(MessageLog&& other) noexcept;
    MessageLog& operator=(MessageLog&& other) noexcept;

    void debug(std::string_view message);
    void info(std::string_view message);
    void warning(std::string_view message);

private:
    struct Logger;
    std::unique_ptr<Logger> logger_;
};

}  // namespace clade
