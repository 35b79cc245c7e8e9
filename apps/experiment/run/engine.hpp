// A task, an evolver and a scorer made from one configuration, for running, rebuilding and inspecting.
#pragma once

#include <clade/core/parallel.hpp>
#include <clade/evaluation/deadline.hpp>
#include <clade/evaluation/network/decoder.hpp>
#include <clade/evaluation/scoring/scorer.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/task.hpp>
#include <clade/evolution/evolver.hpp>
#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/log/generation_row.hpp>
#include <clade/experiment/log/message_log.hpp>
#include <clade/experiment/run/run_inputs.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

namespace clade {

class TaskOutput;

/// Times the stages of a generation, one after the other.
class StageClock {
public:
    /// A new generation begins.
    void start() {
        seconds_.clear();
        begin_ = Clock::now();
    }

    /// The time since the last stage ended belongs to the stage that has just ended.
    void end_stage(std::string_view stage) { seconds_[std::string(stage)] = lap(); }

    /// The seconds since the last stage ended; from now on they count for the next one.
    double lap() {
        const auto now = Clock::now();
        return std::chrono::duration<double>(now - std::exchange(begin_, now)).count();
    }

    [[nodiscard]] const StageSeconds& seconds() const noexcept { return seconds_; }

private:
    using Clock = std::chrono::steady_clock;

    StageSeconds seconds_;
    Clock::time_point begin_ = Clock::now();
};

/// Stays where it is: its parts refer to each other.
struct Engine {
    std::unique_ptr<Task> task;
    Parallel parallel;
    std::shared_ptr<const Decoder> decoder;
    std::unique_ptr<Evolver> evolver;
    std::unique_ptr<Scorer> scorer;
    StageClock clock;
    Inheritance inheritance = Inheritance::lamarckian;  ///< of refined weights
    bool scores_together = false;                       ///< the task's own scorer needs the whole generation
    std::span<ScoringSlot> slots{};                     ///< where it is shown that a whole generation is being scored
    Deadline test_deadline{};                           ///< of the task's own tests, Task::solves()
    std::string program{};                              ///< of the vocabulary
    std::shared_ptr<TaskOutput> output{};               ///< what programs of the task print
    std::shared_ptr<RankTeam> ranks{};                  ///< of the vocabulary

    /// From now on `token` ends scoring and the task's own tests.
    void cancel_with(const std::stop_token& token) {
        scorer->cancel_with(token);
        test_deadline.cancel_with(token);
    }

    /// From now on the listener gets the messages of other ranks; an empty one ends that.
    void listen_to_ranks(const MessageLog::Listener& listener) const;

    /// What programs of the task print is appended to this file.
    void keep_output_in(const std::filesystem::path& file) const;

    /// The network of the first genome of a store.
    [[nodiscard]] Network network_of(const GenomeStore& genome) const;
};

/// Throws FieldError where a key of the configuration is to blame, else Error. @pre the configuration is resolved.
[[nodiscard]] std::unique_ptr<Engine> make_engine(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                                  const RunInputs& inputs);

/// What a process scores a configuration's task with.
[[nodiscard]] ThreadScorerSetup scorer_setup(const ExperimentConfig& config, const Vocabulary& vocabulary,
                                             const Task& task, const Parallel& parallel);

/// For a run of a task that the program does not have.
[[nodiscard]] std::string missing_task_text(const ExperimentConfig& config);

/// The task alone; `output`, if any, gets what its programs print. Throws as make_engine() does, InputError if the program
/// does not have the task.
[[nodiscard]] std::unique_ptr<Task> make_task(const ExperimentConfig& config, const RunInputs& inputs,
                                              const std::shared_ptr<TaskOutput>& output = nullptr);

/// A genome made ready to run on the task: the first of its store.
[[nodiscard]] Network network_of(const GenomeStore& genome, const Task& task, const ExperimentConfig& config,
                                 const Vocabulary& vocabulary);

/// A new run, before it has a folder.
struct PreparedRun {
    ExperimentConfig config;
    RunInputs inputs;
    std::unique_ptr<Engine> engine;
};

/// Finds what only the task's data or a saved genome can tell, before a folder is made. `config` is the resolved one of
/// `source`. Throws ConfigError or InputError.
[[nodiscard]] PreparedRun prepare_run(const ConfigSource& source, const ExperimentConfig& config,
                                      const Vocabulary& vocabulary);

}  // namespace clade
