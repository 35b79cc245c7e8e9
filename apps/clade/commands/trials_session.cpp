#include "clade/commands/trials_session.hpp"

#include "clade/commands/stop_signals.hpp"
#include "clade/output/progress.hpp"
#include "terminal/terminal.hpp"

#include <fmt/format.h>

#include <iostream>
#include <utility>

namespace clade {
namespace {

/// "trials 37/100  solved 35  evaluations 3.2 M (120 k/s)  12.0 s  seed 41: generation 17, best 12.3".
class TrialsProgress final : public TrialsObserver {
public:
    TrialsProgress(const TrialSet& set, bool quiet, std::string label)
        : label_(std::move(label)), trials_(set.trials), line_(quiet, set.config.log.progress_seconds) {}

    void on_end(std::uint64_t /*seed*/, bool solved) override {
        ++ended_;
        if (solved) ++solved_;
    }

    void on_generation(std::uint64_t seed, const GenerationRow& row) override {
        evaluations_ += static_cast<double>(row.evaluated);
        if (!line_.is_due()) return;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
        line_.show(fmt::format("{}trials {}/{}  solved {}  evaluations {} ({}/s)  {}  seed {}: generation {}, best {}",
                               label_, ended_, trials_, solved_, short_number(evaluations_),
                               short_number(evaluations_ / seconds), short_time(seconds), seed, row.generation + 1,
                               short_fitness(row.fitness.best)));
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::string label_;
    std::size_t trials_;
    std::size_t ended_ = 0;
    std::size_t solved_ = 0;
    double evaluations_ = 0.0;  // of this session
    LiveLine line_;
};

}  // namespace

TrialSet plan_trials(const std::string& config_or_folder, const TrialsOptions& options, const Vocabulary& vocabulary) {
    std::error_code ignored;
    if (std::filesystem::is_directory(config_or_folder, ignored)) {
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

void make_folder(TrialSet& set, const std::filesystem::path& out) {
    if (!set.folder.empty()) return;
    const std::filesystem::path folder = create_run_folder(out, set.config.name + "-trials", set.config.seed).path;
    set = create_trials(folder, set.config, set.inputs, set.trials);
}

bool complete(TrialSet& set, const Vocabulary& vocabulary, bool quiet, const std::string& label) {
    const std::atomic<bool>& stop_requested = catch_signals();
    TrialsProgress progress(set, quiet, label);
    return run_trials(set, vocabulary, progress, stop_requested);
}

int say_interrupted(const TrialsOptions& options, const std::vector<std::string>& words) {
    std::string command = quoted(options.program);
    for (const std::string& word : words) command += " " + quoted(word);
    std::cerr << "interrupted; to go on:\n  " << command << '\n';
    return interrupted_code();
}

}  // namespace clade
