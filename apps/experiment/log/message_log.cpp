#include <clade/experiment/log/message_log.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/experiment/log/posix_file_internal.hpp>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <fcntl.h>

#include <array>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace clade {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return levels[static_cast<std::size_t>(level)];
}

}  // namespace

/// Appends lines to a file. A run folder of somebody else may hold anything of its name: symbolic links are not followed,
/// and no FIFO is waited for.
class MessageLog::FileSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit FileSink(const std::filesystem::path& file)
        : file_(file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        file_.write(std::as_bytes(std::span(line.data(), line.size())));
    }
    void flush_() override {}

private:
    PosixFile file_;
};

struct MessageLog::Logger {
    // Not registered by name: two runs in one process each have their own.
    Logger(const std::filesystem::path& file, LogLevel level) : logger("run", std::make_shared<FileSink>(file)) {
        logger.set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
        logger.set_level(spdlog_level(level));
        logger.set_error_handler([this](const std::string& reason) {  // spdlog's own prints it
            if (!std::exchange(is_broken, true)) tell(LogLevel::warning, reason);
        });
    }

    void tell(LogLevel level, std::string_view message) {
        if (listener) {
            listener(level, message);
        } else {
            unheard.emplace_back(level, message);
        }
    }

    spdlog::logger logger;
    Listener listener{};
    std::vector<std::pair<LogLevel, std::string>> unheard{};
    bool is_broken = false;  // a message could not be written to the file
};

MessageLog::MessageLog(const std::filesystem::path& file, LogLevel level)
    : logger_(std::make_unique<Logger>(file, level)) {}

MessageLog::~MessageLog() = default;
MessageLog::MessageLog(MessageLog&&) noexcept = default;
MessageLog& MessageLog::operator=(MessageLog&&) noexcept = default;

void MessageLog::listen(Listener listener) {
    logger_->listener = std::move(listener);
    if (!logger_->listener) return;
    for (const auto& [level, message] : std::exchange(logger_->unheard, {})) logger_->listener(level, message);
}

void MessageLog::say(LogLevel level, std::string_view message) {
    const std::string line = escaped(message);
    logger_->logger.log(spdlog_level(level), line);
    logger_->tell(level, line);
}

void MessageLog::write(LogLevel level, std::string_view message) {
    logger_->logger.log(spdlog_level(level), escaped(message));
}

void MessageLog::debug(std::string_view message) { say(LogLevel::debug, message); }
void MessageLog::info(std::string_view message) { say(LogLevel::info, message); }
void MessageLog::warning(std::string_view message) { say(LogLevel::warning, message); }
void MessageLog::error(std::string_view message) { say(LogLevel::error, message); }

}  // namespace clade
