#include <clade/experiment/log/message_log.hpp>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

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

struct MessageLog::Logger {
    // Not registered by name: two runs in one process each have their own.
    Logger(const std::filesystem::path& file, LogLevel level)
        : logger("run", std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string())) {
        logger.set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
        logger.set_level(spdlog_level(level));
        logger.flush_on(spdlog::level::info);
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

MessageLog::MessageLog(const std::filesystem::path& file, LogLevel level) {
    try {
        logger_ = std::make_unique<Logger>(file, level);
    } catch (const spdlog::spdlog_ex& error) {
        throw Error(error.what());
    }
}

MessageLog::~MessageLog() = default;
MessageLog::MessageLog(MessageLog&&) noexcept = default;
MessageLog& MessageLog::operator=(MessageLog&&) noexcept = default;

void MessageLog::listen(Listener listener) {
    logger_->listener = std::move(listener);
    if (!logger_->listener) return;
    for (const auto& [level, message] : std::exchange(logger_->unheard, {})) logger_->listener(level, message);
}

void MessageLog::say(LogLevel level, std::string_view message) {
    logger_->logger.log(spdlog_level(level), message);
    logger_->tell(level, message);
}

void MessageLog::debug(std::string_view message) { say(LogLevel::debug, message); }
void MessageLog::info(std::string_view message) { say(LogLevel::info, message); }
void MessageLog::warning(std::string_view message) { say(LogLevel::warning, message); }
void MessageLog::error(std::string_view message) { say(LogLevel::error, message); }

}  // namespace clade
