#include <clade/experiment/message_log.hpp>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace clade {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return levels[static_cast<std::size_t>(level)];
}

spdlog::sink_ptr with(spdlog::sink_ptr sink, LogLevel level, const char* pattern) {
    sink->set_level(spdlog_level(level));
    sink->set_pattern(pattern);
    return sink;
}

}  // namespace

struct MessageLog::Logger {
    // Not registered by name: two runs in one process each have their own.
    Logger(const std::filesystem::path& file, const LogParams& params)
        : logger("run", {with(std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string()), params.level,
                              "%Y-%m-%d %H:%M:%S.%e %l %v"),
                         with(std::make_shared<spdlog::sinks::stderr_sink_mt>(), params.console_level, "%l: %v")}) {
        logger.set_level(spdlog::level::debug);  // the sinks decide
        logger.flush_on(spdlog::level::info);
    }
    spdlog::logger logger;
};

MessageLog::MessageLog(const std::filesystem::path& file, const LogParams& params) {
    try {
        logger_ = std::make_unique<Logger>(file, params);
    } catch (const spdlog::spdlog_ex& error) {
        throw Error(error.what());
    }
}

MessageLog::~MessageLog() = default;
MessageLog::MessageLog(MessageLog&&) noexcept = default;
MessageLog& MessageLog::operator=(MessageLog&&) noexcept = default;

void MessageLog::debug(std::string_view message) { logger_->logger.debug(message); }
void MessageLog::info(std::string_view message) { logger_->logger.info(message); }
void MessageLog::warning(std::string_view message) { logger_->logger.warn(message); }

}  // namespace clade
