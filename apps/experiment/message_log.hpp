// The messages of a run, as lines of run.log with time and level, the important ones on stderr too. What happened, for
// people; numbers are in the run log.
#pragma once

#include <clade/experiment/experiment_config.hpp>

#include <filesystem>
#include <memory>
#include <string_view>

namespace clade {

class MessageLog {
public:
    /// Appends to the file what is of params.level or above, prints to stderr what is of params.console_level or above.
    /// Throws Error if the file cannot be written.
    MessageLog(const std::filesystem::path& file, const LogParams& params);
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
