// A run: score, refine, tell and log generations until a stop criterion holds.
//
//   Experiment experiment = Experiment::start(config, vocabulary, inputs, folder);
//   experiment.run();
//
// What a program may watch and decide meanwhile: experiment_observer.hpp.
//
// A run can be resumed in its folder: from the last checkpoint, and from there by breeding again with the logged
// fitness, without scoring anything twice. Resumed or straight, the generations are the same.
#pragma once

#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/champion_choice.hpp>
#include <clade/experiment/run/experiment_observer.hpp>
#include <clade/experiment/run/outcome.hpp>
#include <clade/experiment/run/run_folder.hpp>
#include <clade/experiment/run/run_inputs.hpp>
#include <clade/experiment/run/validation.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace clade {

struct Engine;
struct FailureOutput;
struct PreparedRun;
struct RefineOutcome;

/// A run in its folder: start() or resume(), then run(). For one thread at a time.
class Experiment {
public:
    ~Experiment();
    Experiment(Experiment&& other) noexcept;

    /// A new run in an empty folder. Throws Error if `config` is not resolved: without a seed no run repeats.
    [[nodiscard]] static Experiment start(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                          const RunInputs& inputs, const RunFolder& folder);

    /// The same with what was made to prepare it.
    [[nodiscard]] static Experiment start(PreparedRun prepared, const RunFolder& folder);

    /// Continues the stopped run in a folder. `overrides` may set keys that change no result (FieldInfo says which); they
    /// become part of the logged configuration. A run that has met its stop rule, but was killed before it was closed, is
    /// closed. Throws InputError for other keys, for a config.yaml that was edited and for data that has changed, Error if
    /// the run cannot be continued.
    [[nodiscard]] static Experiment resume(const RunFolder& folder, const Vocabulary& vocabulary,
                                           const std::vector<std::string>& overrides);

    /// Runs until a stop criterion holds, the observer has a reason to stop, or the run is interrupted
    /// (Outcome::interrupted): `stop_requested`, which a signal handler may set, ends it after the current generation;
    /// `cancel` ends it as soon as the genomes being scored are finished, or the task's own test asks (Task::solves()), and
    /// drops the current generation. At the end of a run both end the choice of its champion on held-out evaluations. A run
    /// that ended so, or with an exception, can be resumed; after a cancellation run() may be called again.
    /// Throws Error if the task throws, with generation, genome and task, or what a hook throws.
    Outcome run(ExperimentObserver& observer, const std::atomic<bool>& stop_requested, std::stop_token cancel = {});
    Outcome run(ExperimentObserver& observer, std::stop_token cancel = {});
    Outcome run(std::stop_token cancel = {});

    /// The stop criterion that the logged generations already meet, if any.
    [[nodiscard]] std::optional<Outcome> finished() const;

    [[nodiscard]] const ExperimentConfig& config() const noexcept { return config_; }
    [[nodiscard]] const RunFolder& folder() const noexcept { return folder_; }
    [[nodiscard]] const RunLog& log() const noexcept { return log_; }
    [[nodiscard]] const Engine& engine() const noexcept { return *engine_; }
    [[nodiscard]] const Task& task() const noexcept;
    [[nodiscard]] bool solved() const noexcept { return solved_; }

    /// The genome that solved the task, else the best so far; empty as long as every genome has failed. Once a run of a
    /// noisy task has ended: the one that was chosen.
    [[nodiscard]] const BestEver& champion() const;

    /// The genome of best fitness over the logged generations; empty as long as every genome has failed.
    [[nodiscard]] const BestEver& best_ever() const;

    /// How it was chosen on held-out evaluations; null where it was not, or not yet.
    [[nodiscard]] const ChampionChoice* champion_choice() const noexcept {
        return chosen_ ? &chosen_->choice : nullptr;
    }

    /// The task's report on the champion; empty if there is none.
    [[nodiscard]] TaskReport champion_report() const;

private:
    Experiment(ExperimentConfig config, RunFolder folder, RunLock lock, RunLog log, std::unique_ptr<Engine> engine);

    class HookScope;
    struct Told;

    Outcome run_generations(ExperimentObserver& observer, const std::atomic<bool>& stop_requested);
    Outcome close(Outcome outcome);
    void forget_end();
    [[nodiscard]] bool choose();
    void end(Outcome outcome);
    void end_by_error(const std::string& text) noexcept;
    bool step(ExperimentObserver& observer);
    void score();
    void finish_generation(ExperimentObserver& observer, const Verdict& verdict);
    [[nodiscard]] FailureOutput failure_output();
    void tell();
    void log_generation(GenerationNotes notes);
    [[nodiscard]] std::uint64_t evaluations() const;
    [[nodiscard]] std::optional<Outcome> own_stop_rule(ExperimentObserver& observer);
    [[nodiscard]] RefineOutcome refine();
    [[nodiscard]] Verdict judge_champion(const RefineOutcome& refinement);
    void keep_solver(const GenomeStore& genome, const GenerationRow& row);
    void save_champion() const;
    void save_checkpoint();
    void catch_up();
    [[nodiscard]] RunState state() const;
    [[nodiscard]] bool still_solved();
    [[nodiscard]] const FunctionSet& functions() const;

    ExperimentConfig config_;
    RunFolder folder_;
    RunLock lock_;
    RunLog log_;
    MessageLog messages_;
    std::unique_ptr<Engine> engine_;
    std::string identity_;        // of the run; its checkpoints have it too
    ScoreTable scores_;           // of the present generation
    std::unique_ptr<Told> told_;  // null: the log has all generations that the evolver has been told of
    bool unfinished_ = false;     // the present generation has begun, and was not finished
    std::optional<GenerationRow> last_;
    double log_seconds_ = 0.0;        // that writing it took
    std::optional<BestEver> solver_;  // the champion that the task said is a solution
    std::optional<ChosenChampion> chosen_;
    std::optional<ValidatedChampion> validated_;  // the best so far
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double seconds_before_ = 0.0;  // of earlier sessions of the same run
    bool solved_ = false;
    bool extinct_ = false;
};

}  // namespace clade
