#include "clade/flags/run_flags.hpp"

#include "clade/commands/resume_command.hpp"
#include "clade/commands/run_command.hpp"
#include "clade/flags/common_flags.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_run_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<RunOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand("run", "Run an experiment from a YAML file.");
    command->footer("Example:\n  clade run configs/xor.yaml --seed 7 --set evolution.population_size=300");
    command->add_option("config", options->config, "The experiment's YAML file.")->required()->type_name("CONFIG");
    add_key_flag(*command, "--seed", "seed", "Seed of all random numbers.", options->overrides);
    add_key_flag(*command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                 options->overrides);
    add_key_flag(*command, "--simd", "evaluation.simd", "baseline, avx2 or avx512. Changes no result.",
                 options->overrides);
    add_key_flag(*command, "--name", "name", "Name of the run.", options->overrides);
    command->add_option("--out", options->out, "Folder in which the run's own folder is made.")
        ->type_name("DIR")
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
        ->type_name("RUN");
    add_key_flag(*command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                 options->overrides);
    command->add_flag("--quiet", options->quiet, "Print nothing but errors.");
    add_overrides(*command, options->overrides);
    command->callback([options, &context] {
        context.action = [options, &context] { return resume_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
