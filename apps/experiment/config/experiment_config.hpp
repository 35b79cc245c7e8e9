// The configuration of an experiment, nested as in the YAML file.
//
//   name, seed, defaults
//   task        {name: ..., the task's own parameters}
//   genome      initial topology, attributes, functions
//   evolution   speciation, stagnation, selection, crossover, mutation
//   refine      when and how weights are improved inside a generation
//   evaluation  threads, simd, what a failed genome does, racing, champion
//   stop  log  checkpoint
//   reference   what a publication reports of the same protocol
//
// Immutable once loaded. What adapts during a run is state, and logged.
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/scoring/failure_params.hpp>
#include <clade/evaluation/scoring/held_out.hpp>
#include <clade/evaluation/scoring/racing.hpp>
#include <clade/evaluation/task_registry.hpp>
#include <clade/evolution/evolution_params.hpp>
#include <clade/evolution/genome/genome_params.hpp>
#include <clade/evolution/refine/refine_params.hpp>
#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/config_reference.hpp>
#include <clade/experiment/config/config_writer.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// The task block: a name, and the parameters of the task of that name.
struct TaskConfig {
    std::string name{};
    const TaskRegistry* registry = nullptr;      ///< where the name is looked up
    std::shared_ptr<TaskBlueprint> blueprint{};  ///< empty as long as the name is unknown
};

/// How generations and candidates for champion are scored.
struct EvaluationParams {
    int threads = 0;
    SimdLevel simd = SimdLevel::avx512;
    int memory_limit_mb = 8000;
    double rank_timeout = 600.0;
    FailureParams failure{};  ///< its keys are those of the block
    RacingParams racing{};
    ChampionParams champion{};

    bool operator==(const EvaluationParams&) const = default;
};

/// When a run ends.
struct StopParams {
    std::optional<double> solved_fitness{};
    std::optional<std::uint64_t> generations = 100;
    std::optional<std::uint64_t> evaluations{};
    std::optional<double> seconds{};
    std::optional<std::uint64_t> stagnation{};
    std::optional<std::uint64_t> validation_stagnation{};

    bool operator==(const StopParams&) const = default;
};

enum class LogLevel { debug, info, warning, error };
template <>
struct EnumNames<LogLevel> {
    static constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
};

/// Messages and progress of a run.
struct LogParams {
    LogLevel level = LogLevel::info;
    LogLevel console_level = LogLevel::warning;
    double progress_seconds = 1.0;
    int failed_genomes = 100;

    bool operator==(const LogParams&) const = default;
};

/// How often the state is saved.
struct CheckpointParams {
    int every_generations = 50;

    bool operator==(const CheckpointParams&) const = default;
};

/// Published results of the same protocol: means over runs, shown beside those of trials.
struct ReferenceParams {
    std::string source{};  ///< empty: there is no reference
    std::optional<double> success_rate{};
    std::optional<double> evaluations{};
    std::optional<double> evaluations_deviation{};
    std::optional<double> generations{};
    std::optional<double> hidden_nodes{};
    std::optional<double> connections{};
    std::optional<double> generalisation{};

    bool operator==(const ReferenceParams&) const = default;
};

/// What keys have that are not set: the task's own defaults where it has some, or the general ones alone.
enum class DefaultsFrom { task, general };
template <>
struct EnumNames<DefaultsFrom> {
    static constexpr std::array<std::string_view, 2> names{"task", "general"};
};

/// The whole configuration. Name and seed are empty until resolve().
struct ExperimentConfig {
    std::string name{};
    std::optional<std::uint64_t> seed{};
    DefaultsFrom defaults = DefaultsFrom::task;
    TaskConfig task{};
    GenomeParams genome{};
    EvolutionParams evolution{};
    RefineParams refine{};
    EvaluationParams evaluation{};
    StopParams stop{};
    LogParams log{};
    CheckpointParams checkpoint{};
    ReferenceParams reference{};

    /// Of load_config(): about keys of the file that have no effect, with their places. No field, and not logged.
    std::vector<std::string> unused_keys{};
};

void visit_fields(TaskConfig& p, FieldVisitor& field);
void visit_fields(EvaluationParams& p, FieldVisitor& field);
void visit_fields(StopParams& p, FieldVisitor& field);
void visit_fields(LogParams& p, FieldVisitor& field);
void visit_fields(CheckpointParams& p, FieldVisitor& field);
void visit_fields(ReferenceParams& p, FieldVisitor& field);
void visit_fields(ExperimentConfig& p, FieldVisitor& field);

/// A configuration as given: the file, settings that replace what it says, and what names may be used in it. Tasks and
/// functions must outlive the configuration that is made of it.
struct ConfigSource {
    std::string file{};                    ///< path of the YAML file
    std::vector<std::string> overrides{};  ///< "key.path=value"
    const TaskRegistry& registry;
    const FunctionSet& functions;
    std::optional<std::string> text{};  ///< the content, where `file` is only the place to name
};

/// The configuration where nothing is set but the task's name: the task's own defaults, else the general ones. Throws
/// LogicError, naming each, for defaults of the task that no configuration may have. No task: the general defaults. Defaults
/// that need values of other keys hold if `set`, what a configuration has, is so (config_reference()).
[[nodiscard]] ExperimentConfig default_config(const TaskRegistry& registry, std::string_view task_name,
                                              const std::vector<ReferenceRow>& set = {});

/// Warnings about valid values that are probably mistakes: a sentence each.
[[nodiscard]] std::vector<std::string> config_warnings(const ExperimentConfig& config);

/// Reads and checks a configuration: what it does not set is as in default_config(), or, with
/// `defaults: general`, as if the task had no defaults. Throws ConfigError with every mistake
/// in it, LogicError as default_config() does.
[[nodiscard]] ExperimentConfig load_config(const ConfigSource& source);

/// Loads the logged configuration of a run, for reading: what was checked when the run began is not checked again, and a
/// task and functions that this program does not have stay names; such a task has no blueprint. It sets every key, so
/// defaults of a task do not count. Throws ConfigError for what cannot be read.
[[nodiscard]] ExperimentConfig load_logged_config(const ConfigSource& source);

/// load_config() for a run that was begun, with its whole configuration, without the overrides. Throws InputError, naming each, if they set keys that
/// change results.
[[nodiscard]] ExperimentConfig load_config_again(const ConfigSource& source);

/// How two configurations differ: a line for each key, `KEY: is VALUE, was VALUE`.
[[nodiscard]] std::vector<std::string> config_differences(const ExperimentConfig& was, const ExperimentConfig& is);

/// What results depend on, apart from the files read: "KEY: VALUE" of each key that changes results.
[[nodiscard]] std::string result_keys(const ExperimentConfig& config);

/// Issues of fields of a loaded configuration, with their places.
[[nodiscard]] ConfigError placed(const FieldError& error, const ConfigSource& source);

/// Sets what was left open: the name (that of the task) and the seed (drawn from the system).
void resolve(ExperimentConfig& config);

/// Every key with its default and meaning, those of a task included if one is named.
[[nodiscard]] std::vector<ReferenceRow> config_reference_rows(const TaskRegistry& registry, std::string_view task_name);

}  // namespace clade
