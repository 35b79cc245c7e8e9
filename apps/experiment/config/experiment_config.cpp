#include <clade/experiment/config/experiment_config.hpp>

#include <clade/core/parallel.hpp>
#include <clade/experiment/config/config_override.hpp>
#include <clade/experiment/config/config_reader.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>
#include <clade/experiment/config/unused_keys.hpp>
#include <clade/experiment/config/yaml_parser.hpp>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <random>

namespace clade {
namespace {

std::string unknown_task_message(const TaskConfig& task) {
    std::vector<std::string_view> names;
    for (const auto& entry : task.registry->entries()) names.emplace_back(entry.name);
    if (task.name.empty()) return "is required: the name of a task, see 'clade tasks'";
    if (const auto reason = task.registry->why_missing(task.name)) return *reason;
    std::string message = "unknown task '" + printable(task.name) + "'";
    if (const auto nearest = nearest_name(task.name, names))
        return message + "; did you mean '" + std::string(*nearest) + "'?";
    message += "; the tasks are";
    for (const auto name : names) message += " '" + std::string(name) + "'";
    return message;
}

/// A task block without a name is that of the task that one of its keys stands for.
void name_task(YamlDocument& document, const TaskRegistry& registry) {
    const YamlNode* task = find_value(document.root, "task");
    if (task == nullptr || find_entry(*task, "name") != nullptr) return;
    for (const TaskRegistry::Entry& entry : registry.entries()) {
        if (entry.named_by.empty() || find_entry(*task, entry.named_by) == nullptr) continue;
        return apply_override(document, "task.name=" + entry.name);
    }
}

YamlDocument read_document(const ConfigSource& source) {
    YamlDocument document = source.text ? parse_yaml(*source.text, source.file) : read_yaml_file(source.file);
    for (const std::string& assignment : source.overrides) apply_override(document, assignment);
    name_task(document, source.registry);
    return document;
}

ExperimentConfig general_defaults(const TaskRegistry& registry) {
    ExperimentConfig config;
    config.task.registry = &registry;
    return config;
}

/// The name of the task, or an empty text.
std::string task_name(const YamlDocument& document) {
    const YamlNode* name = find_value(document.root, "task.name");
    return name == nullptr ? "" : name->text;
}

/// Each field on its own, over what `config` has; what is wrong is added to `issues`, or thrown with them if nothing can
/// be read.
ExperimentConfig read_fields(const YamlDocument& document, ExperimentConfig config, std::vector<ConfigIssue>& issues) {
    if (!document.complete) throw ConfigError(std::move(issues));
    ConfigReader reader(document.root, issues);
    visit_fields(config, reader);
    if (!config.task.blueprint) reader.accept_other_keys_in("task");
    reader.finish();
    return config;
}

/// The defaults of a task that hold where a configuration has these values, one a key: those that need none of them first.
std::vector<TaskDefault> defaults_in_force(const TaskRegistry::Entry& task, const std::vector<ReferenceRow>& set) {
    std::vector<TaskDefault> defaults;
    std::ranges::copy_if(task.defaults, std::back_inserter(defaults), &std::string::empty, &TaskDefault::needs);
    for (const TaskDefault& one : task.defaults) {
        if (one.needs.empty() || set.empty() || !needs_are_met(one.needs, set)) continue;
        std::erase_if(defaults, [&](const TaskDefault& other) { return other.key == one.key; });
        defaults.push_back(one);
    }
    return defaults;
}

/// The defaults of a task, as a user would write them. What is malformed is among the document's issues.
YamlDocument defaults_document(const TaskRegistry::Entry& task, const std::vector<ReferenceRow>& set) {
    YamlDocument document = parse_yaml("task: {name: " + task.name + "}", "defaults of task '" + task.name + "'");
    for (const TaskDefault& one : defaults_in_force(task, set)) apply_override(document, one.key + "=" + one.value);
    return document;
}

/// What a configuration has that may still be wrong.
std::vector<ReferenceRow> values_of(const YamlDocument& document, const TaskRegistry& registry) {
    if (!document.complete) return {};
    std::vector<ConfigIssue> told_later;
    return config_reference(read_fields(document, default_config(registry, task_name(document)), told_later));
}

/// Whether an issue is about this key, or its message names it: in full, or a key of the same block by its name.
bool names_key(const ConfigIssue& issue, const std::string& key) {
    if (issue.key == key || issue.message.find(key) != std::string::npos) return true;
    const std::size_t name = key.rfind('.') + 1;
    if (name == 0 || issue.key.substr(0, issue.key.rfind('.') + 1) != key.substr(0, name)) return false;
    const std::string words = " " + issue.message + " ";
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (std::size_t at = words.find(key.substr(name)); at != std::string::npos;
         at = words.find(key.substr(name), at + 1)) {
        if (!is_letter(words[at - 1]) && !is_letter(words[at + key.size() - name])) return true;
    }
    return false;
}

/// Says which values of a rule that was broken are a task's defaults, which are not to be seen in the file.
void note_task_defaults(const ConfigSource& source, const YamlDocument& document, std::vector<ConfigIssue>& issues) {
    const TaskRegistry::Entry* task = source.registry.find(task_name(document));
    const YamlNode* from = find_value(document.root, "defaults");
    if (task == nullptr || (from != nullptr && from->text == name_of(DefaultsFrom::general))) return;
    for (const TaskDefault& one : defaults_in_force(*task, values_of(document, source.registry))) {
        if (find_value(document.root, one.key) != nullptr) continue;
        for (ConfigIssue& issue : issues) {
            if (!names_key(issue, one.key)) continue;
            issue.message += "; " + one.key + ": " + one.value + " is a default of task '" + task->name + "'" +
                             (one.needs.empty() ? "" : " where " + one.needs);
        }
    }
}

/// Functions that a user added have no derivative.
template <class Table>
void check_builtin(const FunctionParams& p, const std::string& key, const Table& table, IssueSink& sink) {
    const auto check_name = [&](const char* field, const std::string& name) {
        const auto found = table.find(name);
        if (!found || table.added(*found) == nullptr) return;
        sink.add(key + field,
                 "has no derivative, which refine.method: adam needs: got '" + name + "'; use refine.method: cma_es");
    };
    check_name(".initial", p.initial);
    check_name(".output", p.output);
    for (const std::string& name : p.options) check_name(".options", name);
}

/// What gradients can be had of; that the task has one, make_engine() checks.
void check_gradient(const ExperimentConfig& config, const FunctionSet& functions, IssueSink& sink) {
    if (config.refine.method != RefineMethod::adam) return;
    if (config.genome.network.is_recurrent()) {
        sink.add("genome.network",
                 "must be feed_forward with refine.method: adam, which needs a gradient, got 'recurrent'; or use "
                 "refine.method: cma_es");
    }
    check_builtin(config.genome.activation, "genome.activation", functions.activations, sink);
    check_builtin(config.genome.aggregation, "genome.aggregation", functions.aggregations, sink);
}

/// What racing does not go with; that the task has episodes to race over, make_engine() checks.
void check_racing(const ExperimentConfig& config, IssueSink& sink) {
    if (!config.evaluation.racing.is_on() || config.refine.method == RefineMethod::none) return;
    sink.add("refine.method",
             "must be none with evaluation.racing: refined weights are compared by all episodes, which a genome that "
             "dropped out has not played; got '" +
                 std::string(name_of(config.refine.method)) + "'");
}

/// Rules across fields of everything but the task, and of the task.
void check_all(const ExperimentConfig& config, const FunctionSet& functions, const YamlDocument& document,
               std::vector<ConfigIssue>& issues) {
    PlacedIssueSink sink(document, issues);
    const bool task_refused = std::any_of(issues.begin(), issues.end(), [](const ConfigIssue& issue) {
        return issue.key == "task" || issue.key == "task.name";
    });
    if (!config.task.blueprint && !task_refused) sink.add("task.name", unknown_task_message(config.task));
    check(config.genome, "genome", functions, sink);
    check(config.evolution, "evolution", sink);
    check_caps(config.evolution, config.genome.initial.hidden_nodes, "evolution", sink);
    check(config.refine, "refine", sink);
    check_gradient(config, functions, sink);
    check_racing(config, sink);
    const StopParams& stop = config.stop;
    if (!stop.generations && !stop.evaluations && !stop.seconds && !stop.stagnation) {
        sink.add("stop", "needs generations, evaluations, seconds or stagnation: the run might never end");
    }
    if (config.reference.source.empty() && config.reference != ReferenceParams{}) {
        sink.add("reference.source", "is required beside the numbers: where they are published");
    }
    if (config.task.blueprint) {
        PlacedIssueSink task_sink(document, issues, "task");
        config.task.blueprint->check(task_sink);
    }
}

ExperimentConfig load_over(ExperimentConfig defaults, const YamlDocument& document, const ConfigSource& source) {
    std::vector<ConfigIssue> issues = document.issues;
    ExperimentConfig config = read_fields(document, std::move(defaults), issues);
    check_all(config, source.functions, document, issues);
    note_task_defaults(source, document, issues);
    throw_if_any(issues);
    return config;
}

/// Calls call(row of `was`, row of `is`) for each key whose values differ.
template <class Call>
void for_each_difference(const ExperimentConfig& was, const ExperimentConfig& is, const Call& call) {
    const auto before = config_reference(was);
    const auto now = config_reference(is);
    for (std::size_t row = 0; row < std::min(before.size(), now.size()); ++row) {
        if (now[row].default_value != before[row].default_value) call(before[row], now[row]);
    }
}

}  // namespace

void visit_fields(TaskConfig& p, FieldVisitor& field) {
    const std::string before = p.name;
    field("name", p.name, "Name of the task; the command tasks lists all tasks.", {.kind = "task name"});
    const TaskRegistry::Entry* entry = p.registry == nullptr ? nullptr : p.registry->find(p.name);
    if (entry != nullptr && (!p.blueprint || p.name != before)) p.blueprint = entry->blueprint();
    if (p.blueprint) p.blueprint->visit(field);
}

void visit_fields(EvaluationParams& p, FieldVisitor& field) {
    field("threads", p.threads, between(0, Parallel::most_threads), "Number of threads; 0 for all cores.",
          {.changes_results = false});
    field("simd", p.simd, "Highest SIMD instruction set to use, if the processor has it.", {.changes_results = false});
    field("memory_limit_mb", p.memory_limit_mb, between(1, 1e9),
          "Maximum estimated memory of the data and the first generation; a run above it is refused at the start. [MB]",
          {.changes_results = false});
    field(
        "rank_timeout", p.rank_timeout, between(0.1, 1e9),
        "Time after which a rank of an MPI job that does not answer is named in the log and its genomes are scored by "
        "others. [s]",
        {.changes_results = false});
    visit_fields(p.failure, field);
    field.block("racing", p.racing,
                "Racing (successive halving) on tasks with several episodes: genomes that start badly play fewer.");
    field.block("champion", p.champion, "Choice of the champion of a noisy task by held-out evaluations.");
}

void visit_fields(StopParams& p, FieldVisitor& field) {
    field("solved_fitness", p.solved_fitness, any_number(),
          "Fitness that solves the run; null for the task's own criterion.");
    field("generations", p.generations, at_least(1), "Maximum number of generations.");
    field("evaluations", p.evaluations, at_least(1),
          "Maximum number of evaluated networks, checked after each generation; refinement never exceeds it.");
    field("seconds", p.seconds, greater_than(0.0),
          "Maximum wall-clock time of the whole run, earlier sessions included; checked after each generation. [s]");
    field("stagnation", p.stagnation, at_least(1), "Generations without a new best ever after which the run ends.");
    field("validation_stagnation", p.validation_stagnation, at_least(1),
          "Generations without a better validation score after which the run ends; for tasks that have one.");
}

void visit_fields(LogParams& p, FieldVisitor& field) {
    field("level", p.level, "Minimum level of messages in run.log.");
    field("console_level", p.console_level, "Minimum level of messages printed to stderr.");
    field("progress_seconds", p.progress_seconds, at_least(0.0), "Minimum time between two lines of progress. [s]");
    field("failed_genomes", p.failed_genomes, between(0, 100'000),
          "Maximum number of failed genomes saved in the run's folder failed/.");
}

void visit_fields(CheckpointParams& p, FieldVisitor& field) {
    field("every_generations", p.every_generations, at_least(0),
          "Generations between checkpoints; 0 for one at the end only. Resuming rebuilds later generations from the "
          "log.");
}

void visit_fields(ReferenceParams& p, FieldVisitor& field) {
    field("source", p.source, "Publication: authors, year, table; empty for no reference.");
    field("success_rate", p.success_rate, probability(), "Fraction of runs that solved the task.");
    field("evaluations", p.evaluations, greater_than(0.0), "Mean number of evaluations to a solution.");
    field("evaluations_deviation", p.evaluations_deviation, at_least(0.0), "Standard deviation of evaluations.");
    field("generations", p.generations, greater_than(0.0), "Mean number of generations to a solution.");
    field("hidden_nodes", p.hidden_nodes, at_least(0.0), "Mean number of hidden nodes of a solution.");
    field("connections", p.connections, at_least(0.0), "Mean number of connections of a solution.");
    field("generalisation", p.generalisation, at_least(0.0),
          "Mean generalisation of a solution, as the task measures it.");
}

void visit_fields(ExperimentConfig& p, FieldVisitor& field) {
    field("name", p.name, "Name of the run and start of its folder's name; empty for the task's name.",
          {.changes_results = false});
    field("seed", p.seed, at_least(0), "Seed of all random numbers; null for a random one.");
    field(
        "defaults", p.defaults,
        "Values of keys that are not set: the task's own defaults where it has some (task), or the general ones alone.",
        {.changes_results = false});
    field.block("task", p.task, "Task and its parameters.");
    field.block("genome", p.genome, "Networks, initial genomes, and the attributes of genes.");
    field.block("evolution", p.evolution, "NEAT: speciation, selection, crossover, mutation.");
    field.block("refine", p.refine, "Optimisation of weights within a generation, after it was scored.");
    field.block("evaluation", p.evaluation, "Scoring of a generation.");
    field.block("stop", p.stop, "Stop criteria: the run ends at the first one that holds.", {.changes_results = false});
    field.block("log", p.log, "Messages and progress.", {.changes_results = false});
    field.block("checkpoint", p.checkpoint, "Saving of the run's state.", {.changes_results = false});
    field.block("reference", p.reference, "Published results of the same protocol, shown beside those of trials.",
                {.changes_results = false});
}

std::vector<std::string> config_warnings(const ExperimentConfig& config) {
    std::vector<std::string> warnings = config.unused_keys;
    if (config.evolution.population_size == 1) {
        warnings.emplace_back(
            "evolution.population_size is 1, and a single genome cannot evolve: there is nothing to select; use 2 or "
            "more");
    }
    const std::uint64_t target = config.evolution.speciation.target_species.value_or(0);
    const std::uint64_t room = held_species(config.evolution);
    if (target > room && !config.evolution.speciation.threshold) {
        warnings.push_back("evolution.speciation.target_species is " + std::to_string(target) +
                           ", but a population of " + std::to_string(config.evolution.population_size) +
                           " has room for " + std::to_string(room) + " species (selection.min_species_size is " +
                           std::to_string(config.evolution.selection.min_species_size) + ")");
    }
    return warnings;
}

ExperimentConfig default_config(const TaskRegistry& registry, std::string_view task_name,
                                const std::vector<ReferenceRow>& set) {
    const TaskRegistry::Entry* task = registry.find(task_name);
    if (task == nullptr) return general_defaults(registry);
    const YamlDocument document = defaults_document(*task, set);
    std::vector<ConfigIssue> issues = document.issues;
    ExperimentConfig config = read_fields(document, general_defaults(registry), issues);
    std::string text;
    for (const ConfigIssue& issue : issues) text += "\n  " + issue.key + ": " + issue.message;
    if (!text.empty()) throw LogicError(document.file + " are not those of a configuration:" + text);
    return config;
}

ExperimentConfig load_config(const ConfigSource& source) {
    const YamlDocument document = read_document(source);
    const YamlNode* from = find_value(document.root, "defaults");
    const bool general = from != nullptr && from->text == name_of(DefaultsFrom::general);
    ExperimentConfig defaults =
        general ? default_config(source.registry, "")
                : default_config(source.registry, task_name(document), values_of(document, source.registry));
    const std::vector<ReferenceRow> before = config_reference(defaults);  // whose task's parameters are read into
    ExperimentConfig config = load_over(std::move(defaults), document, source);
    config.unused_keys = unused_keys(document, config_reference(config), before);
    return config;
}

ExperimentConfig load_logged_config(const ConfigSource& source) {
    const YamlDocument document = read_document(source);
    std::vector<ConfigIssue> issues = document.issues;
    ExperimentConfig config = read_fields(document, general_defaults(source.registry), issues);
    throw_if_any(issues);
    return config;
}

ExperimentConfig load_config_again(const ConfigSource& source) {
    const auto load = [](const ConfigSource& from) {
        return load_over(general_defaults(from.registry), read_document(from), from);
    };
    ExperimentConfig config = load(source);
    const ExperimentConfig before = load({source.file, {}, source.registry, source.functions, source.text});
    std::string refused;
    for_each_difference(before, config, [&](const ReferenceRow& was, const ReferenceRow& is) {
        if (!is.changes_results) return;
        refused += (refused.empty() ? "" : "\n") + is.key + ": must stay " + was.default_value + ", as in " +
                   source.file + ", got " + is.default_value +
                   ": it changes results; 'clade config reference' marks the keys that do not";
    });
    if (!refused.empty()) throw InputError(refused);
    return config;
}

std::vector<std::string> config_differences(const ExperimentConfig& was, const ExperimentConfig& is) {
    if (was.task.name != is.task.name) return {"task.name: is " + is.task.name + ", was " + was.task.name};
    std::vector<std::string> differences;
    for_each_difference(was, is, [&](const ReferenceRow& before, const ReferenceRow& now) {
        differences.push_back(now.key + ": is " + now.default_value + ", was " + before.default_value);
    });
    return differences;
}

std::string result_keys(const ExperimentConfig& config) {
    std::string text;
    for (const ReferenceRow& row : config_reference(config)) {
        if (row.changes_results) text += row.key + ": " + row.default_value + '\n';
    }
    return text;
}

ConfigError placed(const FieldError& error, const ConfigSource& source) {
    const YamlDocument document = read_document(source);
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    for (const FieldIssue& issue : error.issues()) sink.add(issue.key, issue.message);
    note_task_defaults(source, document, issues);
    return ConfigError(std::move(issues));
}

void resolve(ExperimentConfig& config) {
    if (config.name.empty()) config.name = config.task.name;
    if (config.seed) return;
    std::random_device system;
    config.seed = system();  // 32 bits: short enough to type
}

std::vector<ReferenceRow> config_reference_rows(const TaskRegistry& registry, std::string_view task_name) {
    return config_reference(default_config(registry, task_name));
}

}  // namespace clade
