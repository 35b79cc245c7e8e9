#include "clade/output/progress.hpp"

#include "clade/output/overdue.hpp"
#include "terminal/terminal.hpp"

#include <clade/experiment/run/outcome.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace clade {
namespace {

constexpr double long_generation = 2.0;  // [seconds] from here on it is said that one goes on

}  // namespace

Progress::Progress(const Experiment& experiment, bool quiet, std::string label)
    : stop_(experiment.config().stop),
      console_level_(experiment.config().log.console_level),
      on_failure_(experiment.config().evaluation.failure.on_failure),
      label_(std::move(label)),
      last_(experiment.log().last_generation()),
      in_flight_(last_ ? last_->generation + 1 : 0),
      line_(quiet, experiment.config().log.progress_seconds) {
    pace_.seconds_before = logged_state(experiment.log()).seconds;
}

void Progress::on_generation(const GenerationRow& row) {
    const std::lock_guard lock(told_);
    in_flight_ = row.generation + 1;
    last_ = row;
    pace_.generations = in_flight_;
    pace_.evaluations = row.evaluations_total;
    ++pace_.session_generations;
    pace_.session_evaluations += row.evaluated;
    pace_.session_seconds = line_.elapsed();
    if (line_.is_due()) line_.show(fields());
}

void Progress::on_last_generation() {
    const std::lock_guard lock(told_);
    is_over_ = true;
}

void Progress::on_message(LogLevel level, std::string_view message) {
    if (level < console_level_ || level == LogLevel::error) return;
    const std::lock_guard lock(told_);
    line_.say(fmt::format("{}: {}", name_of(level), message));
}

void Progress::on_overdue(std::string_view message) {
    const std::lock_guard lock(told_);
    say_overdue(line_, on_failure_, message);
}

void Progress::tick() {
    const std::lock_guard lock(told_);
    if (line_.is_due()) line_.show(fields());
}

void Progress::answer_stop(int requests, std::string_view again) {
    const std::lock_guard lock(told_);
    if (is_over_) {
        line_.say("stopping now; if the champion is not chosen yet, resume chooses it");
    } else if (requests == 1) {
        line_.say(fmt::format("finishing generation {}, then saving; {}: stop now", in_flight_, again));
    } else {
        line_.say(fmt::format("stopping now; generation {} is dropped if it is still being scored", in_flight_));
    }
}

void Progress::finish() {
    const std::lock_guard lock(told_);
    line_.finish(facts());
}

std::string Progress::time_left() const {
    const std::optional<double> left = seconds_left(stop_, pace_);
    if (!left) return "";
    const double since = line_.elapsed() - pace_.session_seconds;
    return fmt::format("up to {} left", rough_time(std::max(0.0, *left - since)));
}

std::vector<LineField> Progress::facts() const {
    const double seconds = line_.elapsed();
    const std::string limit = stop_.generations ? fmt::format("/{}", *stop_.generations) : "";
    std::vector<LineField> fields{{label_, 9}, {fmt::format("generations {}{}", in_flight_, limit), 10}};
    if (last_) {
        fields.push_back({fmt::format("best {}", short_fitness(last_->fitness.best)), 8});
        fields.push_back({fmt::format("mean {}", short_fitness(last_->fitness.mean)), 3});
        fields.push_back({fmt::format("species {}", last_->species_count), 2});
        fields.push_back({fmt::format("hidden {}", last_->complexity.best_hidden), 1});
        fields.push_back(
            {fmt::format("evaluations {} ({}/s)", short_number(static_cast<double>(last_->evaluations_total)),
                         short_number(static_cast<double>(pace_.session_evaluations) / seconds)),
             4});
    }
    fields.push_back({short_time(seconds), 6});
    return fields;
}

std::vector<LineField> Progress::fields() const {
    std::vector<LineField> fields = facts();
    fields.push_back({time_left(), 7});
    const double since = line_.elapsed() - pace_.session_seconds;
    if (since >= long_generation) {
        fields.push_back({fmt::format("generation {}: {}", in_flight_, rough_time(since)), 5});
    }
    return fields;
}

}  // namespace clade
