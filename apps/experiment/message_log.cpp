#include <clade/experiment/message_log.hpp>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/spdlog.h>

namespace clade {

struct MessageLog::Logger {
    // Not registered by name: two runs in one process each have their own.
    explicit Logger(const std::filesystem::path& file)
        : logger("run", std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string())) {}
    spdlog::logger logger;
};

MessageLog::MessageLog(const std::filesystem::path& file, LogLevel level) {
    try {
        logger_ = std::make_unique<Logger>(file);
    } catch (const spdlog::spdlog_ex& error) {
        throw Error(error.what());
    }
    constexpr std::array levels{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    logger_->logger.set_level(levels[static_cast<std::size_t>(level)]);
    logger_->logger.set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
    logger_->logger.flush_on(spdlog::level::info);
}

MessageLog::~MessageLog() = default;
MessageLog::MessageLog(MessageLog&&) noexcept = default;
MessageLog& MessageLog::operator=(MessageLog&&) noexcept = default;

void MessageLog::debug(std::string_view message) { logger_->logger.debug(message); }
void MessageLog::info(std::string_view message) { logger_->logger.info(message); }
void MessageLog::warning(std::string_view message) { logger_->logger.warn(message); }

}  // namespace clade
