#include <clade/experiment/trials/trials.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/experiment/run/config_in_force.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/run/verdict.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

constexpr int trials_format = 2;
constexpr const char* trials_format_key = "clade_trials";

fs::path trials_file_of(const fs::path& folder) { return folder / "trials.json"; }

void write_manifest(const TrialSet& set) {
    const Json json{{trials_format_key, trials_format},
                    {"name", set.config.name},
                    {"trials", set.trials},
                    {"first_seed", *set.config.seed},
                    {"directory", set.inputs.directory},
                    {"initial_genome", set.inputs.initial_genome},
                    {"files", Json::parse(files_to_json(set.inputs.files))},
                    {"config", set.config_text},
                    {"seconds", set.seconds}};
    replace_file(trials_file_of(set.folder), json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void read_manifest(TrialSet& set) {
    const fs::path file = trials_file_of(set.folder);
    try {
        const Json json = Json::parse(read_file(file));
        if (json.at(trials_format_key) != trials_format) {
            throw FormatError(file.string() + ": is of another format than this version of Clade knows, " +
                              std::to_string(trials_format));
        }
        json.at("trials").get_to(set.trials);
        json.at("directory").get_to(set.inputs.directory);
        json.at("initial_genome").get_to(set.inputs.initial_genome);
        json.at("seconds").get_to(set.seconds);
        json.at("config").get_to(set.config_text);
        set.inputs.files = files_from_json(json.at("files").dump());
        if (json.at("first_seed") != *set.config.seed) {
            throw FormatError(file.string() + ": first_seed is not the seed of the configuration beside it");
        }
    } catch (const Json::exception& error) {
        throw FormatError(file.string() + ": " + error.what());
    }
}

void check_overrides(const std::vector<std::string>& overrides) {
    for (const std::string& assignment : overrides) {
        if (assignment.starts_with("evaluation.") && !assignment.starts_with("evaluation.champion.")) continue;
        throw InputError("--set " + assignment +
                         ": an existing set of trials keeps its configuration, except for evaluation (without racing "
                         "and champion); start a new set to change it");
    }
}

/// A run's log, unless nothing is in it yet: its writer may have been killed before the first generation.
std::optional<RunLog> begun_log(const RunFolder& run) {
    std::error_code ignored;
    const auto size = fs::file_size(run.log(), ignored);
    if (ignored || size == 0) return std::nullopt;
    RunLog log(run.log(), RunLog::Mode::read);
    if (!log.last_generation()) return std::nullopt;
    return log;
}

bool has_ended(const RunLog& log) {
    const auto outcome = logged_outcome(log);
    return outcome && !is_unfinished(*outcome);
}

Experiment start_trial(const TrialSet& set, std::size_t trial, int threads, const Vocabulary& vocabulary) {
    const RunFolder run = set.run(trial);
    if (fs::exists(run.path)) {
        const RunLock nobody_else(run);
        fs::remove_all(run.path);
    }
    fs::create_directory(run.path);
    ExperimentConfig config = set.config;
    config.seed = set.seed(trial);
    config.evaluation.threads = threads;
    return Experiment::start(config, vocabulary, set.inputs, run);
}

Experiment begin_or_resume(const TrialSet& set, std::size_t trial, int threads, const Vocabulary& vocabulary) {
    if (!begun_log(set.run(trial))) return start_trial(set, trial, threads, vocabulary);
    // That a killed trial is bred again from its first generation is no news here.
    return Experiment::resume(set.run(trial), vocabulary, {"evaluation.threads=" + std::to_string(threads)});
}

/// What the threads that run a set share.
class Session {
public:
    Session(const TrialSet& set, const Vocabulary& vocabulary, TrialsObserver& observer,
            const std::atomic<bool>& stop_requested, std::stop_token cancel)
        : set_(set),
          vocabulary_(vocabulary),
          observer_(observer),
          stop_requested_(stop_requested),
          cancel_(std::move(cancel)) {
        for (std::size_t trial = 0; trial < set.trials; ++trial) {
            const auto log = begun_log(set.run(trial));
            if (log && has_ended(*log)) {
                observer.on_end(set.seed(trial), log->get("solved") == "true");
            } else {
                open_.push_back(trial);
            }
        }
    }

    [[nodiscard]] std::size_t open_count() const { return open_.size(); }
    [[nodiscard]] bool all_ended() const { return ended_ == open_.size(); }

    /// Takes one open trial after the other, until none is left, somebody wants an end or a trial failed.
    void work(int threads) {
        for (std::size_t at = next_++; at < open_.size() && !wants_end() && !failed_; at = next_++) {
            const std::uint64_t seed = set_.seed(open_[at]);
            try {
                run(open_[at], threads);
            } catch (const Error& error) {
                failed_ = true;
                throw Error("trial of seed " + std::to_string(seed) + ": " + error.what());
            }
        }
    }

private:
    [[nodiscard]] bool wants_end() const { return stop_requested_ || cancel_.stop_requested(); }

    class Relay final : public ExperimentObserver {
    public:
        Relay(Session& session, std::uint64_t seed) : session_(session), seed_(seed) {}
        void on_generation(const GenerationRow& row) override {
            const std::lock_guard lock(session_.told_);
            session_.observer_.on_generation(seed_, row);
        }
        void on_overdue(std::string_view message) override {
            const std::lock_guard lock(session_.told_);
            session_.observer_.on_overdue(seed_, message);
        }

    private:
        Session& session_;
        std::uint64_t seed_;
    };

    void run(std::size_t trial, int threads) {
        Experiment experiment = begin_or_resume(set_, trial, threads, vocabulary_);
        Relay relay(*this, set_.seed(trial));
        if (experiment.run(relay, stop_requested_, cancel_) == Outcome::interrupted) return;
        ++ended_;
        const std::lock_guard lock(told_);
        observer_.on_end(set_.seed(trial), experiment.solved());
    }

    const TrialSet& set_;
    const Vocabulary& vocabulary_;
    TrialsObserver& observer_;
    const std::atomic<bool>& stop_requested_;
    std::stop_token cancel_;
    std::vector<std::size_t> open_;
    std::atomic<std::size_t> next_{0};
    std::atomic<std::size_t> ended_{0};
    std::atomic<bool> failed_{false};
    std::mutex told_;
};

/// Asks the task about the champion; leaves the result as it is if it cannot be asked: its data may have gone.
void ask_task(const OpenedRun& run, const GenerationRow& champion, const Vocabulary& vocabulary, TrialResult& result) {
    try {
        const auto genome = genome_from_json(*run.log.champion_json(champion.generation), vocabulary.functions);
        const auto task = make_task(run.config, logged_inputs(run.config, run.log));
        Network network = network_of(genome.store, *task, run.config, vocabulary);
        const bool has_criterion = result.solved || has_solution(*task, run.config, network);
        if (result.measures.empty() || !has_criterion) result.measures = task->report(network).measures;
        result.has_criterion = has_criterion;
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): what the log says has to do
    }
}

TrialResult read_trial(const RunFolder& folder, std::uint64_t seed, const Vocabulary& vocabulary) {
    const OpenedRun run = open_run(folder, vocabulary);
    const auto last = run.log.last_generation();
    if (!last || !has_ended(run.log)) throw Error(folder.path.string() + ": this trial has not ended");
    TrialResult result{.seed = seed, .run = folder, .outcome = *run.log.get("outcome")};
    result.solved = run.log.get("solved") == "true";
    result.seconds = logged_state(run.log).seconds;
    const auto champion = champion_row(run.log, logged_direction(run.log));
    const GenerationRow end = solving_generation(run.log).value_or(*last);
    result.generations = std::uint64_t{end.generation} + 1;
    result.evaluations = end.evaluations_total;
    result.choice = logged_choice(run.log);
    result.fitness = champion ? champion->fitness.best : nan;
    if (!champion) return result;
    result.hidden_nodes = champion->complexity.best_hidden;
    result.connections = champion->complexity.best_connections;
    result.measures = run.log.measures(champion->generation);
    if (result.measures.empty() || !result.solved) ask_task(run, *champion, vocabulary, result);
    return result;
}

}  // namespace

double TrialResult::held_out() const { return choice ? choice->held_out.mean : nan; }

RunFolder TrialSet::run(std::size_t trial) const { return {folder / ("seed-" + std::to_string(seed(trial)))}; }

TrialSet create_trials(const fs::path& folder, const ExperimentConfig& config, const RunInputs& inputs,
                       std::size_t trials) {
    TrialSet set{folder, config, inputs, trials, 0.0, write_config(config, ConfigComments::meanings)};
    replace_file(RunFolder{folder}.config(), set.config_text);
    write_manifest(set);  // last: it makes the folder a set
    return set;
}

bool is_trials(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(trials_file_of(folder), ignored);
}

TrialSet open_trials(const fs::path& folder, const Vocabulary& vocabulary, const std::vector<std::string>& overrides) {
    const std::string name = printable(folder.string(), 200);
    if (!fs::exists(folder)) throw InputError(name + ": there is no such folder of trials");
    if (!is_trials(folder)) throw InputError(name + ": is no set of trials: it has no trials.json");
    check_overrides(overrides);
    const fs::path config = RunFolder{folder}.config();
    TrialSet set{.folder = folder,
                 .config = load_config_again({config.string(), overrides, vocabulary.tasks, vocabulary.functions})};
    read_manifest(set);
    check_config_file(config, set.config_text, vocabulary);
    return set;
}

void extend_trials(TrialSet& set, std::size_t trials) {
    if (trials < set.trials) {
        throw InputError(printable(set.folder.string(), 200) + ": has " + std::to_string(set.trials) +
                         " trials already, more than " + std::to_string(trials));
    }
    set.trials = trials;
}

bool run_trials(TrialSet& set, const Vocabulary& vocabulary, TrialsObserver& observer,
                const std::atomic<bool>& stop_requested, std::stop_token cancel) {
    Session session(set, vocabulary, observer, stop_requested, std::move(cancel));
    if (session.open_count() == 0) return true;
    const RunLock lock(RunFolder{set.folder});
    write_manifest(set);  // it may have been extended
    const Clock::time_point begin = Clock::now();
    const Parallel parallel(set.config.evaluation.threads, set.config.evaluation.simd);
    const std::size_t threads = parallel.threads();
    if (session.open_count() < threads) {
        session.work(static_cast<int>(threads));
    } else {
        parallel.for_ranges(threads, 1, [&](std::size_t, std::size_t, std::size_t) { session.work(1); });
    }
    set.seconds += std::chrono::duration<double>(Clock::now() - begin).count();
    write_manifest(set);
    return session.all_ended();
}

FitnessDirection direction_of(const TrialSet& set) {
    return logged_direction(RunLog(set.run(0).log(), RunLog::Mode::read));
}

std::vector<TrialResult> read_trials(const TrialSet& set, const Vocabulary& vocabulary) {
    std::vector<TrialResult> results;
    for (std::size_t trial = 0; trial < set.trials; ++trial) {
        results.push_back(read_trial(set.run(trial), set.seed(trial), vocabulary));
    }
    return results;
}

}  // namespace clade
