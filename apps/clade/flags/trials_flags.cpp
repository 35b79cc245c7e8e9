#include "clade/flags/trials_flags.hpp"

#include "clade/commands/compare_command.hpp"
#include "clade/commands/cross_validate_command.hpp"
#include "clade/commands/suite_command.hpp"
#include "clade/commands/sweep_command.hpp"
#include "clade/commands/trials_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

namespace clade {
namespace {

constexpr const char* note_on_earlier_sets =
    "\n\nAn earlier set keeps its configuration: --seed is refused, and --set takes keys of evaluation only (without "
    "evaluation.racing and evaluation.champion).";

void add_trials_flags(CLI::App& command, TrialsOptions& options, ProgramName& program,
                      std::size_t trials = usual_trials) {
    add_number(command, "--trials", {1, most_trials, "N"}, options.trials,
               fmt::format("Number of trials. Default: {} for a new set.", trials));
    add_key_flag(
        command,
        {"--seed", "seed", "N",
         "Seed of the first trial; the next trial's seed is one higher. Default: the configuration's, else 1."},
        options.overrides, program);
    add_machine_flags(command, options.overrides, program);
    command.add_option("--out", options.out, "Folder in which a new set's folder is created.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    command.add_flag("--quiet", options.quiet, "Do not show progress.");
    add_format(command, options.format);
    add_overrides(command, options.overrides);
}

/// The flags of a run without a configuration, of which there is none here.
void refuse_data_flags(CLI::App& command) {
    for (const char* flag : {"--data", "--label", "--target"}) {
        refuse_flag(command, flag,
                    "is of 'clade run' alone; write a configuration with task: {name: supervised, file: FILE, label: "
                    "COLUMN}, instead of");
    }
}

}  // namespace

void add_cross_validate_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<CrossValidateOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "cross-validate", "Run k-fold cross-validation and report each fold's results on held-out rows.");
    command->footer(
        "Examples:\n"
        "  clade cross-validate configs/iris.yaml --folds 10 --seed 7\n"
        "  clade cross-validate FOLDER                  continue an interrupted one, or show its results");
    command
        ->add_option("config", options->config,
                     "YAML file of an experiment whose task has data, or the folder of an earlier cross-validation.")
        ->required()
        ->type_name(argument_types::config_or_folder);
    add_number(*command, "--folds", {2, 1'000, "K"}, options->folds,
               fmt::format("Number of folds; each is a run. Default: {}.", usual_folds));
    add_key_flag(*command, {"--seed", "seed", "N", "Seed of all random numbers, the same in every fold."},
                 options->overrides, context.program);
    add_machine_flags(*command, options->overrides, context.program);
    command->add_option("--out", options->out, "Folder in which the folder of all folds is created.")
        ->type_name(argument_types::folder)
        ->capture_default_str();
    command->add_flag("--quiet", options->quiet, "Do not show progress.");
    add_format(*command, options->format);
    add_overrides(*command, options->overrides);
    refuse_data_flags(*command);
    command->callback([options, &context] {
        context.action = [options, &context] { return cross_validate_command(*options, context.vocabulary); };
    });
}

void add_trials_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<TrialsCommandOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "trials", "Repeat an experiment with many seeds; report how often and how fast it is solved.");
    command->footer(std::string("Examples:\n"
                                "  clade trials configs/xor.yaml --trials 100   seeds 1 to 100\n"
                                "  clade trials FOLDER                          continue a set, or show its results\n"
                                "  clade trials FOLDER --trials 200             100 more") +
                    note_on_earlier_sets);
    command->add_option("set", options->set, "The experiment's YAML file, or the folder of an earlier set.")
        ->required()
        ->type_name(argument_types::config_or_folder);
    add_trials_flags(*command, *options, context.program);
    refuse_data_flags(*command);
    command->callback([options, &context] {
        context.action = [options, &context] { return trials_command(*options, context.vocabulary); };
    });
}

void add_compare_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<CompareOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "compare", "Test whether configurations differ in how often and how fast they solve a task.");
    command->footer(std::string("Evaluations to the solution are compared with the Mann-Whitney test, where unsolved "
                                "trials rank last; success "
                                "rates with Fisher's exact test. A12 is the probability that a trial of A does better "
                                "than one of B. p-values "
                                "are corrected for the number of pairs (Holm).\n\n"
                                "Examples:\n"
                                "  clade compare a.yaml b.yaml --trials 100\n"
                                "  clade compare FOLDER_A FOLDER_B FOLDER_C      earlier sets") +
                    note_on_earlier_sets);
    command->add_option("sets", options->sets, "Two or more YAML files, or folders of sets of trials.")
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
        app.add_subcommand("sweep", "Run a set of trials for each combination of settings and rank the combinations.");
    command->footer(
        std::string("Examples:\n"
                    "  clade sweep configs/xor.yaml --vary evolution.population_size=75,150,300 --trials 50\n"
                    "  clade sweep configs/xor.yaml --vary genome.weight.perturb_power=0.1..10:log --random 20\n"
                    "  clade sweep FOLDER                           continue a sweep, or show its results") +
        note_on_earlier_sets);
    command->add_option("sweep", options->sweep, "The experiment's YAML file, or the folder of an earlier sweep.")
        ->required()
        ->type_name(argument_types::config_or_folder);
    command
        ->add_option("--vary", options->vary,
                     "A key and the values to try: KEY=A,B,C. With --random also a range: KEY=LOW..HIGH, or "
                     "KEY=LOW..HIGH:log for a logarithmic scale. May be repeated.")
        ->type_name(argument_types::key_values)
        ->expected(1)
        ->take_all();
    add_number(*command, "--random", {1, most_combinations, "K"}, options->random,
               "Try only this many combinations, drawn at random from the first trial's seed.");
    add_trials_flags(*command, *options, context.program);
    command->callback([options, &context] {
        context.action = [options, &context] { return sweep_command(*options, context.vocabulary); };
    });
}

void add_suite_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<SuiteOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand(
        "suite", "Run every configuration of a folder with several seeds and compare with recorded results.");
    command->footer(
        "The folder's recorded.csv has a row a trial. A difference from it is told where chance does not explain it: "
        "fewer or more solved trials (Fisher's test), evaluations to the solution, and, where nothing counts as a "
        "solution, test accuracy, R2 or mean return (Mann-Whitney test).\n\n"
        "Examples:\n"
        "  clade suite                                  the ten tasks of configs/suite, seeds 1 to 10\n"
        "  clade suite --set evolution.population_size=300\n"
        "  clade suite configs/suite --record           write its recorded.csv anew\n"
        "  clade suite FOLDER                           continue a suite, or show its results\n\n"
        "Exit codes: 1 if something is worse than recorded, beyond chance.");
    command
        ->add_option("suite", options->suite,
                     "Folder of configurations (*.yaml), or that of an earlier suite. Default: " + options->suite + ".")
        ->type_name(argument_types::folder);
    add_trials_flags(*command, *options, context.program, suite_trials);
    command->add_flag("--record", options->record, "Write the results to the folder's recorded.csv.");
    command->callback([options, &context] {
        context.action = [options, &context] { return suite_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
