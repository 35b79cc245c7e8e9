#include "clade/flags/trials_flags.hpp"

#include "clade/commands/compare_command.hpp"
#include "clade/commands/cross_validate_command.hpp"
#include "clade/commands/sweep_command.hpp"
#include "clade/commands/trials_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

namespace clade {
namespace {

void add_trials_flags(CLI::App& command, TrialsOptions& options, ProgramName& program) {
    add_number(command, "--trials", {1, most_trials, "N"}, options.trials,
               fmt::format("Runs of a set; {} of a new one by default.", usual_trials));
    add_key_flag(command,
                 {"--seed", "seed", "N",
                  "Seed of the first trial, the next one's is one more; the configuration's by default, or 1."},
                 options.overrides, program);
    add_machine_flags(command, options.overrides, program);
    command.add_option("--out", options.out, "Folder in which a new set's folder is made.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    command.add_flag("--quiet", options.quiet, "Show no progress.");
    add_format(command, options.format);
    add_overrides(command, options.overrides);
}

}  // namespace

void add_cross_validate_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<CrossValidateOptions>();
    CLI::App* command = app.add_subcommand(
        "cross-validate", "Run an experiment once a fold of its data, and say how well the unseen rows are told.");
    command->footer("Example:\n  clade cross-validate configs/iris.yaml --folds 10 --seed 7");
    command->add_option("config", options->config, "The experiment's YAML file, of a task with data.")
        ->required()
        ->type_name(argument_types::config);
    add_number(*command, "--folds", {2, 1'000, "K"}, options->folds, "Folds that the rows are dealt into, a run each.");
    add_key_flag(*command, {"--seed", "seed", "N", "Seed of all random numbers, the same for every fold."},
                 options->overrides, context.program);
    add_machine_flags(*command, options->overrides, context.program);
    command->add_option("--out", options->out, "Folder in which the folder of the folds' runs is made.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    command->add_flag("--quiet", options->quiet, "Show no progress.");
    add_format(*command, options->format);
    add_overrides(*command, options->overrides);
    command->callback([options, &context] {
        context.action = [options, &context] { return cross_validate_command(*options, context.vocabulary); };
    });
}

void add_trials_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<TrialsCommandOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "trials", "Run an experiment many times, with a seed each, and say how often and how soon it is solved.");
    command->footer(
        "Examples:\n"
        "  clade trials configs/xor.yaml --trials 100   seeds 1 to 100\n"
        "  clade trials FOLDER                          go on with a set, or look at it\n"
        "  clade trials FOLDER --trials 200             100 more");
    command->add_option("set", options->set, "The experiment's YAML file, or the folder of a set.")
        ->required()
        ->type_name(argument_types::config_or_folder);
    add_trials_flags(*command, *options, context.program);
    command->callback([options, &context] {
        context.action = [options, &context] { return trials_command(*options, context.vocabulary); };
    });
}

void add_compare_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<CompareOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "compare", "Say whether configurations differ in how soon and how often they solve their task.");
    command->footer(
        "Trials are ranked by evaluations to the solution, those without one last (Mann-Whitney); A12 is the chance "
        "that a trial of A does better than one of B; shares of solved trials by Fisher's test; Holm's "
        "correction.\n\n"
        "Examples:\n"
        "  clade compare a.yaml b.yaml --trials 100\n"
        "  clade compare FOLDER_A FOLDER_B FOLDER_C      of sets that there are");
    command->add_option("sets", options->sets, "YAML files, or folders of sets of trials; two or more.")
        ->required()
        ->expected(2, 1000)
        ->type_name(argument_types::config_or_folder);
    add_trials_flags(*command, *options, context.program);
    command->callback([options, &context] {
        context.action = [options, &context] { return compare_command(*options, context.vocabulary); };
    });
}

void add_sweep_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<SweepOptions>();
    options->program = context.program.as_typed();
    CLI::App* command =
        app.add_subcommand("sweep", "A set of trials for each combination of settings, the best first.");
    command->footer(
        "Examples:\n"
        "  clade sweep configs/xor.yaml --vary evolution.population_size=75,150,300 --trials 50\n"
        "  clade sweep configs/xor.yaml --vary genome.weight.deviation=0.1..10:log --random 20\n"
        "  clade sweep FOLDER                           go on with a sweep, or look at it");
    command->add_option("sweep", options->sweep, "The experiment's YAML file, or the folder of a sweep.")
        ->required()
        ->type_name(argument_types::config_or_folder);
    command
        ->add_option("--vary", options->vary,
                     "A key and its values, or with --random a range: KEY=A,B,C, KEY=LOW..HIGH, KEY=LOW..HIGH:log. May "
                     "be repeated.")
        ->type_name(argument_types::key_values)
        ->expected(1)
        ->take_all();
    add_number(*command, "--random", {1, most_combinations, "K"}, options->random,
               "Only so many combinations, drawn by the first trial's seed.");
    add_trials_flags(*command, *options, context.program);
    command->callback([options, &context] {
        context.action = [options, &context] { return sweep_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
