#include "clade/flags/trials_flags.hpp"

#include "clade/commands/trials_session.hpp"
#include "clade/flags/flags.hpp"

namespace clade {
namespace {

void add_trials_flags(CLI::App* command, TrialsOptions& options) {
    command
        ->add_option("--trials", options.trials,
                     fmt::format("Runs of a set; {} of a new one by default.", usual_trials))
        ->check([](const std::string& text) { return number_problem(text, std::size_t{1}, most_trials); })
        ->type_name("N");
    add_key_flag(command, "--seed", "seed",
                 "Seed of the first trial, the next one's is one more; the configuration's by default, or 1.",
                 options.overrides);
    add_key_flag(command, "--threads", "evaluation.threads", "Threads; 0 for all cores. Changes no result.",
                 options.overrides);
    command->add_option("--out", options.out, "Folder in which a new set's folder is made.")
        ->type_name("DIR")
        ->capture_default_str();
    command->add_flag("--quiet", options.quiet, "Show no progress.");
    add_format(command, options.format);
    add_overrides(command, options.overrides);
}

}  // namespace

void TrialsCommandLine::add_to(CLI::App& app, std::function<int()>& action) {
    add_trials(app, action);
    add_compare(app, action);
    add_sweep(app, action);
}

void TrialsCommandLine::set_program(const std::string& program) {
    trials_.program = compare_.program = sweep_.program = program;
}

void TrialsCommandLine::add_trials(CLI::App& app, std::function<int()>& action) {
    CLI::App* command = app.add_subcommand(
        "trials", "Run an experiment many times, with a seed each, and say how often and how soon it is solved.");
    command->footer(
        "Examples:\n"
        "  clade trials configs/xor.yaml --trials 100   seeds 1 to 100\n"
        "  clade trials FOLDER                          go on with a set, or look at it\n"
        "  clade trials FOLDER --trials 200             100 more");
    command->add_option("set", trials_.set, "The experiment's YAML file, or the folder of a set.")
        ->required()
        ->type_name("CONFIG|FOLDER");
    add_trials_flags(command, trials_);
    command->callback([this, &action] { action = [this] { return trials_command(trials_, vocabulary_); }; });
}

void TrialsCommandLine::add_compare(CLI::App& app, std::function<int()>& action) {
    CLI::App* command = app.add_subcommand(
        "compare", "Say whether configurations differ in how soon and how often they solve their task.");
    command->footer(
        "Trials are ranked by evaluations to the solution, those without one last (Mann-Whitney); A12 is the chance "
        "that a trial of A does better than one of B; shares of solved trials by Fisher's test; Holm's "
        "correction.\n\n"
        "Examples:\n"
        "  clade compare a.yaml b.yaml --trials 100\n"
        "  clade compare FOLDER_A FOLDER_B FOLDER_C      of sets that there are");
    command->add_option("sets", compare_.sets, "YAML files, or folders of sets of trials; two or more.")
        ->required()
        ->expected(2, 1000)
        ->type_name("CONFIG|FOLDER");
    add_trials_flags(command, compare_);
    command->callback([this, &action] { action = [this] { return compare_command(compare_, vocabulary_); }; });
}

void TrialsCommandLine::add_sweep(CLI::App& app, std::function<int()>& action) {
    CLI::App* command =
        app.add_subcommand("sweep", "A set of trials for each combination of settings, the best first.");
    command->footer(
        "Examples:\n"
        "  clade sweep configs/xor.yaml --vary evolution.population_size=75,150,300 --trials 50\n"
        "  clade sweep configs/xor.yaml --vary genome.weight.deviation=0.1..10:log --random 20\n"
        "  clade sweep FOLDER                           go on with a sweep, or look at it");
    command->add_option("sweep", sweep_.sweep, "The experiment's YAML file, or the folder of a sweep.")
        ->required()
        ->type_name("CONFIG|FOLDER");
    command
        ->add_option("--vary", sweep_.vary,
                     "A key and its values, or with --random a range: KEY=A,B,C, KEY=LOW..HIGH, KEY=LOW..HIGH:log. May "
                     "be repeated.")
        ->type_name("KEY=VALUES")
        ->expected(1)
        ->take_all();
    command->add_option("--random", sweep_.random, "Only so many combinations, drawn by the first trial's seed.")
        ->check([](const std::string& text) { return number_problem(text, std::size_t{1}, most_combinations); })
        ->type_name("K");
    add_trials_flags(command, sweep_);
    command->callback([this, &action] { action = [this] { return sweep_command(sweep_, vocabulary_); }; });
}

}  // namespace clade
