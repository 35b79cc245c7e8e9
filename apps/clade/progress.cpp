#include "clade/progress.hpp"

#include "clade/terminal.hpp"
#include "clade/text_table.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {
namespace {

constexpr double live_interval = 0.1;  // [seconds] often enough to look alive

}  // namespace

Progress::Progress(const ExperimentConfig& config, bool quiet)
    : interval_(config.log.progress_seconds), quiet_(quiet), live_(is_terminal(Output::err)) {
    if (config.stop.generations) generations_ = "/" + std::to_string(*config.stop.generations);
    if (live_) interval_ = live_interval;
}

void Progress::on_generation(const GenerationRow& row) {
    if (quiet_) return;
    const auto now = std::chrono::steady_clock::now();
    if (std::chrono::duration<double>(now - last_shown_).count() < interval_) return;
    last_shown_ = now;
    std::string text = line(row);
    if (!live_) {
        std::cerr << text << '\n';
        return;
    }
    const std::size_t width = terminal_width(Output::err) - 1;
    if (text.size() > width) text.resize(width);
    std::cerr << '\r' << text << "\x1b[K" << std::flush;
    shown_ = true;
}

void Progress::finish() {
    if (shown_) std::cerr << "\r\x1b[K" << std::flush;
    shown_ = false;
}

std::string Progress::line(const GenerationRow& row) const {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    return fmt::format("generation {}{}  best {}  mean {}  species {}  hidden {}  evaluations {} ({}/s)  {}",
                       row.generation + 1, generations_, short_fitness(row.fitness.best),
                       short_fitness(row.fitness.mean), row.species_count, row.complexity.best_hidden,
                       short_number(static_cast<double>(row.evaluations_total)),
                       short_number(static_cast<double>(row.evaluations_total) / seconds), short_time(seconds));
}

}  // namespace clade
