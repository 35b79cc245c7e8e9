#include "clade/flags/run_flags.hpp"

#include "clade/commands/resume_command.hpp"
#include "clade/commands/run_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <clade/experiment/config/yaml_value_text.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

namespace {

void add_output_flags(CLI::App& command, SessionOutput& output) {
    command.add_flag("--quiet", output.quiet, "Print only the run's folder; no progress.");
    add_choice(command, "--format", output.format, "Format of the summary.");
}

/// A flag that sets a key to a text as it was typed, whatever it means in YAML.
void add_text_flag(CLI::App& command, const KeyFlag& flag, RunOptions& options, ProgramName& program) {
    const auto append = [&options, &program, flag](const std::string& value) {
        if (flag.flag == "--data") options.data = value;
        options.overrides.push_back(flag.key + "=" + yaml_text(std::string_view(value)));
        program.note_typed(flag.flag, flag.key, yaml_text(std::string_view(value)));
    };
    command.add_option_function<std::string>(flag.flag, append, flag.help)->type_name(flag.type);
}

/// What makes a run of a file of rows, without a configuration.
void add_data_flags(CLI::App& command, RunOptions& options, ProgramName& program) {
    add_text_flag(command, {"--data", "task.file", argument_types::file, "CSV file to learn from, instead of CONFIG."},
                  options, program);
    add_text_flag(command, {"--label", "task.label", "COLUMN", "Column of classes to predict, in the data."}, options,
                  program);
    const auto set_targets = [&options, &program](const std::vector<std::string>& columns) {
        options.overrides.push_back("task.targets=" + yaml_text(columns));
        program.note_typed("--target", "task.targets", yaml_text(columns));
    };
    command
        .add_option_function<std::vector<std::string>>("--target", set_targets,
                                                       "Column of numbers to predict, in the data. May be repeated.")
        ->type_name("COLUMN")
        ->expected(1)
        ->take_all();
}

}  // namespace

void add_run_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<RunOptions>();
    options->program = context.program.as_typed();
    CLI::App* command =
        app.add_subcommand("run", "Run the experiment that a YAML file describes, or learn from a CSV file.");
    command->footer(
        "Examples:\n"
        "  clade run configs/xor.yaml --seed 7 --set evolution.population_size=300\n"
        "  clade run --data flowers.csv --label species\n"
        "  clade run configs/xor.yaml --quiet           print the run's folder only\n"
        "  clade run configs/xor.yaml --format json     print a summary for programs\n"
        "\n"
        "With --format json, stdout is one JSON document, printed at the end: folder, name, task, seed, outcome, "
        "stop_reason, solved, generations, evaluations, failures, best_fitness, champion (file, id, generation, "
        "fitness, held_out, hidden, connections), measures, table (if the task reports one), digest, seconds. Progress "
        "goes to stderr.");
    command->add_option("config", options->config, "The experiment's YAML file; not needed with --data.")
        ->type_name(argument_types::config);
    add_data_flags(*command, *options, context.program);
    add_key_flag(*command, {"--seed", "seed", "N", "Seed of all random numbers."}, options->overrides, context.program);
    add_key_flag(*command, {"--name", "name", "TEXT", "Name of the run; its folder's name begins with it."},
                 options->overrides, context.program);
    add_machine_flags(*command, options->overrides, context.program);
    command->add_option("--out", options->out, "Folder in which the run's folder is created.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    add_output_flags(*command, options->output);
    add_overrides(*command, options->overrides);
    command->callback([options, &context] {
        context.action = [options, &context] { return run_command(*options, context.over_ranks()); };
    });
}

void add_resume_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ResumeOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand("resume", "Continue a stopped run.");
    command->footer(
        "Examples:\n"
        "  clade resume runs                            the newest run\n"
        "  clade resume runs/xor-20260101-120000-42 --set stop.generations=500\n"
        "\n"
        "Settings that change results are fixed when a run is started. --set takes the keys that 'clade config "
        "reference' marks with \"changes no result\": those of stop, log, checkpoint and most of evaluation. --format "
        "json prints the same document as clade run.");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    add_machine_flags(*command, options->overrides, context.program);
    for (const char* flag : {"--seed", "--name", "--out"}) {
        refuse_flag(*command, flag,
                    fmt::format("is fixed when a run is started; for another one start a new run: {} run CONFIG",
                                context.program.name()));
    }
    add_output_flags(*command, options->output);
    add_overrides(*command, options->overrides,
                  "Change a setting that does not change results, e.g. --set stop.generations=500. May be repeated.");
    command->callback([options, &context] {
        context.action = [options, &context] { return resume_command(*options, context.over_ranks()); };
    });
}

}  // namespace clade
