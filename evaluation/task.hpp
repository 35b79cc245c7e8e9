// Tasks: what networks are evolved for. Derive for a problem of your own.
//
// A Task is immutable and shared by all worker threads. Anything that changes while a network is scored (a simulator, a
// scratch buffer) lives in an Evaluator, one per worker thread. A task without state of its own is a function:
//
//   FunctionTask task({.name = "negate", .input_count = 1, .output_count = 1, .solved_fitness = 0.99},
//                     [](Network& network, const Seeds&) {
//                         float out = 0.0F;
//                         network.activate(std::array{0.5F}, {&out, 1});
//                         return 1.0 - std::abs(out + 0.5);
//                     });
#pragma once

#include <clade/core/fields.hpp>
#include <clade/core/fitness_direction.hpp>
#include <clade/evaluation/data/input_file.hpp>
#include <clade/evaluation/deadline.hpp>
#include <clade/evaluation/episodes/trace.hpp>
#include <clade/evaluation/measure.hpp>
#include <clade/evaluation/model/model_interface.hpp>
#include <clade/evaluation/network/network.hpp>
#include <clade/evaluation/network/network_gradient.hpp>
#include <clade/evaluation/seeds.hpp>
#include <clade/evaluation/signal.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

class Parallel;
class Scorer;

/// Facts about a task that do not change during a run.
struct TaskTraits {
    std::string name{};            ///< the key used in YAML and logs; snake_case
    std::size_t input_count = 0;   ///< observations a step, without the bias
    std::size_t output_count = 0;  ///< actions a step

    FitnessDirection direction = FitnessDirection::maximise;

    /// The run is solved once the best fitness reaches this (at least, or at most when minimising).
    std::optional<double> solved_fitness{};

    /// False if equal networks can score differently with other seeds; elites are then scored again each generation.
    bool deterministic = true;

    /// Whether evaluators have gradient().
    bool differentiable = false;

    /// Whether a network needs the memory of earlier steps: an Experiment refuses feed-forward networks.
    bool needs_memory = false;

    /// Whether a network must be feed-forward: an Experiment refuses recurrent networks.
    bool feed_forward_only = false;

    /// Names of the functions that networks may have, where these run elsewhere; empty: any. An Experiment refuses others.
    std::vector<std::string> activations{};
    std::vector<std::string> aggregations{};

    /// The name of the function that output nodes must have, e.g. "identity" where outputs are plain sums; empty: any. An
    /// Experiment gives it to the output nodes of its first generation. Who makes an Evolver, sets it in GenomeParams.
    std::string output_activation{};

    /// Episodes that an evaluation plays, where evaluators have play() and fitness_of(); 0 where they have not.
    std::size_t episodes = 0;

    /// Networks that evaluators score in one call at most, where they have evaluate_batch(); 1 where they have not.
    std::size_t batch = 1;

    std::vector<std::string> scores{};     ///< names of further numbers besides fitness, logged for every genome
    std::vector<std::string> behaviour{};  ///< names of the numbers that describe what a network did, logged too

    /// The files that the task was made from, each by input_file(): a run is resumed and replayed with the same ones only.
    std::vector<InputFile> files{};

    /// What is odd about the task as configured, though no error; logged when a run starts.
    std::vector<std::string> warnings{};
};

/// Throws Error for traits that no task can have: a name that is not snake_case, no outputs, a solved_fitness that is
/// no finite number, names of scores or behaviour that are empty or there twice. Scorers call it.
void check_traits(const TaskTraits& traits);

/// One of several networks that are scored in one call, and what it got.
struct BatchEvaluation {
    Network* network = nullptr;  ///< has just been reset; lent for the call
    Seeds seeds{};
    double fitness = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> scores{};     ///< [traits.scores.size()]
    std::vector<double> behaviour{};  ///< [traits.behaviour.size()]
    bool failed = false;              ///< it has no fitness; evaluate() is asked, and throws the reason
};

/// Scores networks on one worker thread. Never called by two threads at once.
class Evaluator {
public:
    virtual ~Evaluator() = default;

    /// Called before the first network of each generation that this evaluator scores, with the generation's number: for
    /// tasks that change during a run (curricula), whose traits say `deterministic = false`. Does nothing by default.
    virtual void begin_generation(std::uint32_t /*number*/) {}

    /// Fitness of `network`, which has just been reset. Negative is allowed.
    ///
    /// Call network.reset() between episodes. NaN or infinity marks the genome as failed. An exception ends the run,
    /// with generation and genome added, or marks the genome as failed, as FailureParams say; then this evaluator is
    /// destroyed, and make_evaluator() called again. A LogicError always ends it.
    virtual double evaluate(Network& network, const Seeds& seeds) = 0;

    /// Scores several networks at once, for tasks whose traits say `batch`: writes of each what evaluate() would give, so
    /// that it does not matter which are scored together. After an exception, and where `failed` is set, each network is
    /// scored alone by evaluate(), which shows whose fault it is. By default throws LogicError.
    virtual void evaluate_batch(std::span<BatchEvaluation> batch);

    /// Fitness of `network` as evaluate() gives it, and into `gradient` the derivatives of a loss that falls where fitness
    /// gets better. Called for tasks whose traits say `differentiable`, with feed-forward networks of built-in
    /// functions. By default throws LogicError.
    virtual double gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient);

    /// A part of evaluate() for tasks whose traits say `episodes`: plays as many of an evaluation's episodes as there is
    /// room in `returns`, from episode `first` on, and writes what each brought. An episode is the same whichever it is
    /// played with. By default throws LogicError.
    virtual void play(Network& network, const Seeds& seeds, std::size_t first, std::span<double> returns);

    /// The fitness that these returns of an evaluation's first episodes make; of all of them, that of evaluate(). By
    /// default throws LogicError.
    [[nodiscard]] virtual double fitness_of(std::span<const double> returns);

    /// The scores besides fitness of the last evaluate(), or play() from episode 0 on: [traits.scores.size()].
    [[nodiscard]] virtual std::span<const double> scores() const { return {}; }

    /// The behaviour of the network in it: [traits.behaviour.size()].
    [[nodiscard]] virtual std::span<const double> behaviour() const { return {}; }

    /// Called by the scorer, before the first network: when evaluations must end. Must outlive this object.
    void set_deadline(const Deadline* deadline) noexcept { deadline_ = deadline; }

    /// When the evaluation in progress must end; null: there is no such time.
    [[nodiscard]] const Deadline* deadline() const noexcept { return deadline_; }

    /// For long evaluations, between their steps: throws TimeLimitError if this one has taken too long, Cancelled if
    /// scoring was cancelled. Let these pass. Takes some 20 ns with a limit, 1 ns without.
    void check_deadline() const {
        if (deadline_ != nullptr) deadline_->check();
    }

private:
    const Deadline* deadline_ = nullptr;
};

/// A report of a network on its task: measures, and a table with one row per case.
struct TaskReport {
    std::vector<Measure> measures{};
    std::vector<std::string> header{};             ///< empty: no table
    std::vector<std::vector<std::string>> rows{};  ///< [row][header.size()]
};

/// Whether a network solves its task, with the measures that decide it.
struct Verdict {
    bool solved = false;
    std::vector<Measure> measures{};
};

/// What `clade tasks NAME` shows besides the parameters; empty members are not shown.
struct TaskPage {
    std::vector<Signal> inputs{};
    std::vector<Signal> outputs{};
    std::string reward{};       ///< and how the fitness comes from it
    std::string termination{};  ///< when an episode ends
    std::string solved{};       ///< the solution criterion
    std::string source{};       ///< origin of the task, and differences from it
};

/// The context in which a task is made.
struct TaskContext {
    std::uint64_t seed = 0;   ///< the run's seed: for splitting and generating data
    std::string directory{};  ///< relative file names in the parameters are relative to this; empty: working directory
    /// What its data may need, in bytes; a task whose data need more throws FieldError before it reads them.
    std::uint64_t memory_limit = std::numeric_limits<std::uint64_t>::max();
    /// Takes lines of text that programs of the task print, in several threads at once. Empty: nobody reads them.
    std::function<void(std::string_view)> on_output{};
};

/// A task: scores networks through its evaluators. Immutable, and shared by all threads.
class Task {
public:
    virtual ~Task() = default;

    /// The same in every call.
    [[nodiscard]] virtual const TaskTraits& traits() const noexcept = 0;

    /// Called once per worker thread, possibly from several threads at the same time. Not null. An evaluator may refer
    /// to its task, which outlives it.
    [[nodiscard]] virtual std::unique_ptr<Evaluator> make_evaluator() const = 0;

    /// What scores whole generations of this task, with such threads, where that is not done network by network; null by
    /// default: a ThreadScorer gives each network to an evaluator. See PopulationTask.
    [[nodiscard]] virtual std::unique_ptr<Scorer> make_scorer(const Parallel& parallel) const;

    /// Whether `network`, which has just been reset and whose fitness is given, solves the task, where that is not a
    /// matter of fitness alone; nothing by default: `solved_fitness` decides. Asked of the best genome of each
    /// generation; what it measures is logged. A long test calls deadline.check() between its parts, as evaluations do:
    /// it throws Cancelled when a run is to stop at once. Let that pass.
    [[nodiscard]] virtual std::optional<Verdict> solves(Network& network, double fitness,
                                                        const Deadline& deadline) const;

    /// The score of `network`, which has just been reset, on data that no fitness has seen, in the direction of the fitness;
    /// nothing by default. Asked of the champion of each generation: the best of them is that of the run, which ends
    /// where it gets no better (`stop.validation_stagnation`).
    [[nodiscard]] virtual std::optional<double> validate(Network& network) const;

    /// What to show of a champion, which has just been reset, at the end of a run. Nothing by default.
    [[nodiscard]] virtual TaskReport report(Network& network) const;

    /// The description of the task. Empty by default.
    [[nodiscard]] virtual TaskPage page() const;

    /// What must be known to use a network of this task elsewhere; a run saves it with its champion. By default the
    /// inputs and outputs of page(), each if there are as many as the traits say.
    [[nodiscard]] virtual ModelInterface interface() const;

    /// One episode of `network`, which has just been reset, step by step; empty where a task has no episodes.
    [[nodiscard]] virtual Trace trace(Network& network, std::uint64_t seed) const;

    /// The returns of so many episodes that no network is scored or confirmed by, drawn from `seed`: equal seeds, equal
    /// episodes. A single one where all are equal; empty where a task has none, as by default.
    [[nodiscard]] virtual std::vector<double> returns(Network& network, std::uint64_t seed, std::size_t episodes) const;
};

/// A task that is one stateless function, which several threads call at the same time. Parameters: derive from it, and
/// have the function keep a copy of them (apps/examples/own_task.cpp).
class FunctionTask : public Task {
public:
    using Function = std::function<double(Network&, const Seeds&)>;

    /// Throws Error if there is no function, or for traits that check_traits() refuses.
    FunctionTask(TaskTraits traits, Function function);

    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override;

private:
    TaskTraits traits_;
    Function function_;
};

}  // namespace clade
