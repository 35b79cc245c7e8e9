#include "clade/commands/trials_session.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/output/live_line.hpp"
#include "clade/output/overdue.hpp"
#include "clade/output/time_left.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>
#include <clade/experiment/run/engine.hpp>

#include <algorithm>
#include <iostream>
#include <mutex>
#include <utility>

namespace clade {
namespace {

/// "trials 37/100  solved 35  evaluations 3.2 M (120 k/s)  12.0 s  about 20 s left  seed 41: generation 17, best 12.3".
class TrialsProgress final : public TrialsObserver {
public:
    TrialsProgress(const TrialSet& set, bool quiet, std::string label)
        : label_(std::move(label)),
          trials_(set.trials),
          on_failure_(set.config.evaluation.failure.on_failure),
          line_(quiet, set.config.log.progress_seconds) {}

    void on_end(std::uint64_t /*seed*/, bool solved) override {
        const std::lock_guard lock(told_);
        ++ended_;
        if (solved) ++solved_;
        if (evaluations_ > 0.0) {
            ++session_ended_;
            last_end_ = line_.elapsed();
        }
    }

    void on_generation(std::uint64_t seed, const GenerationRow& row) override {
        const std::lock_guard lock(told_);
        evaluations_ += static_cast<double>(row.evaluated);
        if (!line_.is_due()) return;
        latest_ = fmt::format("seed {}: generation {}, best {}", seed, row.generation, short_fitness(row.fitness.best));
        line_.show(fields(time_left()));
    }

    void on_overdue(std::uint64_t seed, std::string_view message) override {
        const std::lock_guard lock(told_);
        say_overdue(line_, on_failure_, fmt::format("trial of seed {}: {}", seed, message));
    }

    void tick() {
        const std::lock_guard lock(told_);
        if (line_.is_due()) line_.show(fields(time_left()));
    }

    void answer_stop(int requests, std::string_view again) {
        const std::lock_guard lock(told_);
        line_.say(requests == 1 ? fmt::format("finishing the generations in flight, then saving; {}: stop now", again)
                                : "stopping now; generations that are still being scored are dropped");
    }

    void finish() {
        const std::lock_guard lock(told_);
        if (evaluations_ > 0.0) line_.finish(fields(""));
    }

private:
    /// At the pace of the trials that have ended since the command began.
    [[nodiscard]] std::string time_left() const {
        if (session_ended_ == 0) return "";
        const double whole = last_end_ * static_cast<double>(trials_ - ended_) / static_cast<double>(session_ended_);
        return fmt::format("about {} left", rough_time(std::max(0.0, whole - (line_.elapsed() - last_end_))));
    }

    [[nodiscard]] std::vector<LineField> fields(const std::string& time_left) const {
        const double seconds = line_.elapsed();
        return {
            {label_, 8},
            {fmt::format("trials {}/{}", ended_, trials_), 10},
            {fmt::format("solved {}", solved_), 9},
            {fmt::format("evaluations {} ({}/s)", short_number(evaluations_), short_number(evaluations_ / seconds)), 4},
            {short_time(seconds), 6},
            {time_left, 7},
            {latest_, 3}};
    }

    std::mutex told_;
    std::string label_;
    std::size_t trials_;
    OnFailure on_failure_;
    std::size_t ended_ = 0;
    std::size_t solved_ = 0;
    std::size_t session_ended_ = 0;  // of this session
    double last_end_ = 0.0;          // when the last of them did [seconds since the beginning]
    double evaluations_ = 0.0;       // of this session
    std::string latest_;
    LiveLine line_;
};

}  // namespace

TrialSet plan_trials(const std::string& config_or_folder, const TrialsOptions& options, const Vocabulary& vocabulary) {
    std::error_code ignored;
    if (std::filesystem::is_directory(config_or_folder, ignored)) {
        if (options.out != TrialsOptions{}.out) throw InputError("--out: an existing set stays in its folder");
        TrialSet set = open_trials(config_or_folder, vocabulary, options.overrides);
        if (options.trials) extend_trials(set, *options.trials);
        return set;
    }
    const ConfigSource source{config_or_folder, options.overrides, vocabulary.tasks, vocabulary.functions};
    ExperimentConfig config = load_config(source);
    if (!config.seed) config.seed = first_seed;
    resolve(config);
    RunInputs inputs = prepare_run(source, config, vocabulary).inputs;
    return {.folder = {},
            .config = std::move(config),
            .inputs = std::move(inputs),
            .trials = options.trials.value_or(usual_trials)};
}

void make_folder(TrialSet& set, const std::string& out) {
    if (!set.folder.empty()) return;
    const std::filesystem::path folder = make_new_folder(out, set.config.name + "-trials", set.config.seed).path;
    set = create_trials(folder, set.config, set.inputs, set.trials);
}

bool complete(TrialSet& set, const Vocabulary& vocabulary, StopSignals& signals, bool quiet, const std::string& label) {
    TrialsProgress progress(set, quiet, label);
    const bool all_ended = [&] {
        const SignalWatch watch(
            signals, [&](int requests) { progress.answer_stop(requests, signals.again()); }, [&] { progress.tick(); });
        return run_trials(set, vocabulary, progress, signals.requested(), signals.cancelled());
    }();
    progress.finish();
    return all_ended;
}

void say_how_to_go_on(const TrialsOptions& options, const std::vector<std::string>& words) {
    std::string command = quoted(options.program);
    for (const std::string& word : words) command += " " + quoted(word);
    std::cerr << for_reading("interrupted; to continue:\n  " + command + '\n', Output::err);
}

}  // namespace clade
