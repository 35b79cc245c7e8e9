#include "clade/flags/run_flags.hpp"

#include "clade/commands/resume_command.hpp"
#include "clade/commands/run_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_run_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<RunOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand("run", "Run an experiment from a YAML file.");
    command->footer("Example:\n  clade run configs/xor.yaml --seed 7 --set evolution.population_size=300");
    command->add_option("config", options->config, "The experiment's YAML file.")
        ->required()
        ->type_name(argument_types::config);
    add_key_flag(*command, {"--seed", "seed", "N", "Seed of all random numbers."}, options->overrides, context.program);
    add_key_flag(*command, {"--name", "name", "TEXT", "Name of the run."}, options->overrides, context.program);
    add_machine_flags(*command, options->overrides, context.program);
    command->add_option("--out", options->out, "Folder in which the run's own folder is made.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    command->add_flag("--quiet", options->quiet, "Print nothing but errors.");
    add_overrides(*command, options->overrides);
    command->callback([options, &context] {
        context.action = [options, &context] { return run_command(*options, context.vocabulary); };
    });
}

void add_resume_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ResumeOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand("resume", "Take up a run where it stopped.");
    command->footer("Example:\n  clade resume runs/xor-20260101-120000-42 --set stop.generations=500");
    command->add_option("run", options->run, "The run's folder, or a folder of runs for the newest.")
        ->required()
        ->type_name(argument_types::run);
    add_machine_flags(*command, options->overrides, context.program);
    for (const char* flag : {"--seed", "--name", "--out"}) {
        refuse_flag(*command, flag,
                    fmt::format("is fixed when a run is started; for another one start a new run: {} run CONFIG",
                                context.program.name()));
    }
    command->add_flag("--quiet", options->quiet, "Print nothing but errors.");
    add_overrides(*command, options->overrides);
    command->callback([options, &context] {
        context.action = [options, &context] { return resume_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
