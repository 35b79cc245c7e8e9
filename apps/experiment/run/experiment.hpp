// The generation loop: score, refine, tell, log, until a stop rule holds.
//
//   Experiment experiment = Experiment::start(config, vocabulary, inputs, folder);
//   experiment.run();
//
// What a program may watch and decide meanwhile: experiment_observer.hpp.
//
// A run can be taken up again in its folder: from the last checkpoint, and from there by breeding again with the logged
// fitness, without scoring anything twice. Resumed or straight, the generations are the same.
#pragma once

#include <clade/evaluation/scoring/batch_evaluator.hpp>
#include <clade/evolution/evolver.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/experiment_observer.hpp>
#include <clade/experiment/run/refine_stage.hpp>
#include <clade/experiment/run/run_folder.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace clade {

/// Why a run ended.
enum class Outcome { solved, generations, evaluations, seconds, stagnation, interrupted, stopped };
template <>
struct EnumNames<Outcome> {
    static constexpr std::array<std::string_view, 7> names{"solved",     "generations", "evaluations", "seconds",
                                                           "stagnation", "interrupted", "stopped"};
};

/// The names that a program's configurations may use.
struct Vocabulary {
    TaskRegistry tasks;
    FunctionSet functions;
};

/// A task and the two stages, made from one configuration: what running and rebuilding have in common.
struct Engine {
    std::unique_ptr<Task> task;
    Parallel parallel;
    std::unique_ptr<Evolver> evolver;
    std::unique_ptr<BatchEvaluator> evaluator;
    std::map<std::string, double, std::less<>> stage_seconds;  ///< of the present generation, by stage
    std::chrono::steady_clock::time_point stage_begin;
    Inheritance inheritance = Inheritance::lamarckian;  ///< of refined weights

    /// Forgets the seconds of the generation before.
    void begin_stages();

    /// The time since the last stage ended belongs to the stage that has just ended.
    void end_stage(std::string_view stage);
};

/// What a run reads beside its configuration.
struct RunInputs {
    std::string directory;       ///< where relative file names of the configuration start
    std::string initial_genome;  ///< the text of the genome the run starts from; empty: none
};

/// For a new run. Throws FieldError if the file of the genome cannot be read.
[[nodiscard]] RunInputs read_inputs(const ExperimentConfig& config, const std::string& directory);

/// Those of a logged run, whatever has become of its genome file since. A `config` that names another genome than the
/// logged one gets its own, read from its file.
[[nodiscard]] RunInputs logged_inputs(const ExperimentConfig& config, const RunLog& log);

/// For a new run of a configuration file: those of the logged run if it is the one in a run's folder.
[[nodiscard]] RunInputs inputs_of(const ExperimentConfig& config, const std::filesystem::path& file);

/// Throws FieldError where a key of the configuration is to blame, else Error.
[[nodiscard]] std::unique_ptr<Engine> make_engine(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                                  const RunInputs& inputs);

/// The task alone. Throws as make_engine() does.
[[nodiscard]] std::unique_ptr<Task> make_task(const ExperimentConfig& config, const RunInputs& inputs);

/// What a new run of a configuration begins with.
struct PreparedRun {
    RunInputs inputs;
    std::unique_ptr<Engine> engine;
};

/// Finds what only the task's data or a saved genome can tell, before a folder is made. `config` is the resolved one of
/// `source`. Throws ConfigError or InputError.
[[nodiscard]] PreparedRun prepare_run(const ConfigSource& source, const ExperimentConfig& config,
                                      const Vocabulary& vocabulary);

/// Revises the genomes of the evolver's generation as it is logged that refinement did.
/// Throws FormatError if the logged weights do not fit.
void revise_logged(Engine& engine, const RunLog& log);

/// Tells an engine's evolver the logged fitness until it stands at `generation`.
/// Throws Error if a generation is missing or comes out other than it was logged.
void replay_logged(Engine& engine, const RunLog& log, std::uint32_t generation);

/// A run in its folder: start() or resume(), then run(). For one thread at a time.
class Experiment {
public:
    /// A new run in an empty folder. Throws Error if `config` is not resolved: without a seed no run repeats.
    [[nodiscard]] static Experiment start(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                          const RunInputs& inputs, const RunFolder& folder);

    /// Continues the stopped run in a folder. `overrides` may set keys that change no result (FieldInfo says which).
    /// Throws InputError for others, Error if the run cannot be continued.
    [[nodiscard]] static Experiment resume(const RunFolder& folder, const Vocabulary& vocabulary,
                                           const std::vector<std::string>& overrides);

    /// Runs until a stop rule holds, the observer has a reason to stop, or somebody wants an end, which is
    /// Outcome::interrupted: `stop_requested` ends the run after the generation in flight, as a signal handler may ask;
    /// `cancel` at once, after the genomes that are being scored, and the generation in flight is not logged. A run that
    /// ended so, or with an exception, can be resumed; this object may also run() on after a cancellation.
    /// Throws Error if the task throws, with generation, genome and task, or what a hook throws.
    Outcome run(ExperimentObserver& observer, const std::atomic<bool>& stop_requested, std::stop_token cancel = {});
    Outcome run(ExperimentObserver& observer, std::stop_token cancel = {});
    Outcome run(std::stop_token cancel = {});

    /// Whether the log already holds a stop rule that the run would end at again.
    [[nodiscard]] std::optional<Outcome> finished() const;

    [[nodiscard]] const ExperimentConfig& config() const noexcept { return config_; }
    [[nodiscard]] const RunFolder& folder() const noexcept { return folder_; }
    [[nodiscard]] const RunLog& log() const noexcept { return log_; }
    [[nodiscard]] const Engine& engine() const noexcept { return *engine_; }
    [[nodiscard]] bool solved() const noexcept { return solved_; }

    /// The genome that the run stands for: the one that solved it, else the best so far; empty as long as every genome
    /// has failed.
    [[nodiscard]] const BestEver& champion() const;

    /// What the champion does on the task; empty if there is none.
    [[nodiscard]] TaskReport champion_report() const;

private:
    Experiment(ExperimentConfig config, RunFolder folder, RunLock lock, RunLog log, std::unique_ptr<Engine> engine);

    class HookScope;

    Outcome run_generations(ExperimentObserver& observer, const std::atomic<bool>& stop_requested);
    void end(Outcome outcome);
    bool step(ExperimentObserver& observer);
    void finish_generation(ExperimentObserver& observer, GenerationDetails& details, const RefineOutcome& refinement);
    void ask_hooks(ExperimentObserver& observer, GenerationDetails& details) const;
    void save_genomes(const ToldGeneration& generation, const std::vector<std::size_t>& genomes) const;
    [[nodiscard]] std::optional<Outcome> own_stop_rule(ExperimentObserver& observer);
    void evaluate(GenerationDetails& details);
    [[nodiscard]] RefineOutcome refine(GenerationDetails& details);
    [[nodiscard]] Verdict judge_champion(const RefineOutcome& refinement) const;
    void keep_solver(const GenomeStore& genome, const GenerationRow& row);
    void save_champion() const;
    void save_checkpoint();
    void catch_up();
    [[nodiscard]] std::optional<Outcome> stop_rule() const;
    [[nodiscard]] bool still_solved();
    [[nodiscard]] const FunctionSet& functions() const;

    ExperimentConfig config_;
    RunFolder folder_;
    RunLock lock_;
    RunLog log_;
    MessageLog messages_;
    std::unique_ptr<Engine> engine_;
    std::string config_text_;
    std::vector<double> fitness_;
    std::vector<GenomeValues> values_;  // what the task found beside it
    std::optional<GenerationRow> last_;
    std::optional<BestEver> solver_;  // the champion that the task said is a solution
    std::uint64_t evaluations_ = 0;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double seconds_before_ = 0.0;  // of earlier sessions of the same run
    bool solved_ = false;
};

/// A genome made ready to run on a task's network kind.
[[nodiscard]] Network network_of(const GenomeStore& genome, const ExperimentConfig& config,
                                 const Vocabulary& vocabulary);

/// A run opened for reading: its configuration and log. Its task need not be one of the vocabulary, as long as nothing is
/// made of it.
struct OpenedRun {
    RunFolder folder;
    ExperimentConfig config;
    RunLog log;
};
[[nodiscard]] OpenedRun open_run(const RunFolder& folder, const Vocabulary& vocabulary);

/// The generation whose champion the run stands for: that of the genome that solved it, else the first that holds the
/// best fitness; nothing as long as every genome has failed.
[[nodiscard]] std::optional<GenerationRow> champion_row(const RunLog& log, Objective objective);

/// An engine whose evolver stands at `generation`, rebuilt by breeding again with the logged fitness; what refinement
/// changed in the generation is changed.
/// Throws Error if a generation comes out other than it was logged.
[[nodiscard]] std::unique_ptr<Engine> rebuild(const OpenedRun& run, const Vocabulary& vocabulary,
                                              std::uint32_t generation);

}  // namespace clade
