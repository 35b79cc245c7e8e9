#include "clade/commands/config_command.hpp"

#include "clade/output/json_text.hpp"
#include "clade/output/reference_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>
#include <clade/experiment/run/engine.hpp>

#include <iostream>

namespace clade {
namespace {

ConfigSource source_of(const ConfigOptions& options, const Vocabulary& vocabulary) {
    return {options.file, options.overrides, vocabulary.tasks, vocabulary.functions};
}

/// "at most 100 generations or 60 seconds".
std::string end_text(const StopParams& stop) {
    std::vector<std::string> rules;
    if (stop.generations) rules.push_back(fmt::format("{} generations", *stop.generations));
    if (stop.evaluations) rules.push_back(fmt::format("{} evaluations", *stop.evaluations));
    if (stop.seconds) rules.push_back(fmt::format("{} seconds", *stop.seconds));
    if (stop.stagnation) rules.push_back(fmt::format("{} generations without progress", *stop.stagnation));
    if (stop.validation_stagnation) {
        rules.push_back(fmt::format("{} generations without a better validation score", *stop.validation_stagnation));
    }
    return fmt::format("at most {}", fmt::join(rules, " or "));
}

}  // namespace

int config_show_command(const ConfigOptions& options, const Vocabulary& vocabulary) {
    ExperimentConfig config = load_config(source_of(options, vocabulary));
    const std::optional<std::uint64_t> given_seed = config.seed;
    resolve(config);
    config.seed = given_seed;  // each run draws its own
    std::cout << write_config(config, ConfigComments::meanings);
    return 0;
}

int config_check_command(const ConfigOptions& options, const Vocabulary& vocabulary) {
    const ConfigSource source = source_of(options, vocabulary);
    ExperimentConfig config = load_config(source);
    const std::string seed = config.seed ? fmt::format("seed {}", *config.seed) : "a random seed";
    resolve(config);
    const PreparedRun run = prepare_run(source, config, vocabulary);
    const TaskTraits& traits = run.engine->task->traits();
    std::cout << for_reading(
        fmt::format("{}: valid (task {} with {} and {}, {}, {}, {})\n", options.file, config.task.name,
                    counted(traits.input_count, "input"), counted(traits.output_count, "output"),
                    counted(static_cast<std::uint64_t>(config.evolution.population_size), "genome"),
                    end_text(config.stop), seed),
        Output::out);
    for (const std::string& warning : config_warnings(config)) {
        std::cerr << for_reading("warning: " + warning, Output::err) << '\n';
    }
    return 0;
}

int config_reference_command(const ConfigReferenceOptions& options, const Vocabulary& vocabulary) {
    if (!options.task.empty()) (void)known_task(vocabulary.tasks, options.task);
    const std::vector<ReferenceRow> rows = config_reference_rows(vocabulary.tasks, options.task);
    if (options.format == Format::json) {
        std::cout << json_text(reference_json(rows));
    } else if (options.format == Format::csv) {
        std::cout << reference_csv(rows);
    } else {
        std::cout
            << reference_table(rows, terminal_width(Output::out))
            << for_reading(
                   "\nOn the command line, give the full path of a key, as in:\n"
                   "  --set evolution.population_size=500\n"
                   "Keys marked 'changes no result' can be changed when a run is resumed: they affect how long and "
                   "how a run is executed, not its generations.\n",
                   Output::out);
        if (options.task.empty()) {
            std::cout << for_reading(
                fmt::format("To see the parameters of a task as well:\n  {} config reference --task TASK\n",
                            quoted(options.program)),
                Output::out);
        }
    }
    return 0;
}

}  // namespace clade
