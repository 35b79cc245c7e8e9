#include "clade/output/progress.hpp"

#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {
namespace {

constexpr double live_interval = 0.1;  // [seconds] often enough to look alive

}  // namespace

LiveLine::LiveLine(bool quiet, double interval) : interval_(interval), quiet_(quiet), live_(is_terminal(Output::err)) {
    if (live_) interval_ = live_interval;
}

bool LiveLine::is_due() const {
    const std::chrono::duration<double> since = std::chrono::steady_clock::now() - last_shown_;
    return !quiet_ && since.count() >= interval_;
}

void LiveLine::show(std::string text) {
    if (!is_due()) return;
    last_shown_ = std::chrono::steady_clock::now();
    if (!live_) {
        std::cerr << text << '\n';
        return;
    }
    const std::size_t width = terminal_width(Output::err) - 1;
    if (text.size() > width) text.resize(width);
    std::cerr << '\r' << text << "\x1b[K" << std::flush;
    shown_ = true;
}

void LiveLine::clear() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    shown_ = false;
}

Progress::Progress(const ExperimentConfig& config, bool quiet)
    : console_level_(config.log.console_level), line_(quiet, config.log.progress_seconds) {
    if (config.stop.generations) generations_ = "/" + std::to_string(*config.stop.generations);
}

void Progress::on_generation(const GenerationRow& row) {
    if (line_.is_due()) line_.show(text_of(row));
}

void Progress::on_message(LogLevel level, std::string_view message) {
    if (level < console_level_ || level == LogLevel::error) return;
    line_.clear();
    std::cerr << name_of(level) << ": " << message << '\n';
}

std::string Progress::text_of(const GenerationRow& row) const {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    return fmt::format("generation {}{}  best {}  mean {}  species {}  hidden {}  evaluations {} ({}/s)  {}",
                       row.generation + 1, generations_, short_fitness(row.fitness.best),
                       short_fitness(row.fitness.mean), row.species_count, row.complexity.best_hidden,
                       short_number(static_cast<double>(row.evaluations_total)),
                       short_number(static_cast<double>(row.evaluations_total) / seconds), short_time(seconds));
}

}  // namespace clade
