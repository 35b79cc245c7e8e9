#include "clade/flags/inspect_flags.hpp"

#include "clade/commands/replay_command.hpp"
#include "clade/commands/verify_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"
#include "clade/inspect/inspect_command.hpp"
#include "clade/inspect/inspect_query.hpp"
#include "clade/inspect/plot_command.hpp"
#include "clade/report/report_command.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace clade {
namespace {

constexpr std::uint64_t most_numbered = std::numeric_limits<std::uint32_t>::max();  // generations, species

/// "" for a genome's id, or nothing where a flag may stand alone.
std::string id_problem(const std::string& text) {
    return text.empty() ? "" : number_problem(text, 0, std::numeric_limits<std::uint64_t>::max());
}

/// The pages on the whole run's history.
void add_history_flags(CLI::App& command, InspectOptions& options) {
    command
        .add_option_function<std::vector<std::string>>(
            "--lineage",
            [&options](const std::vector<std::string>& ids) {
                options.lineage = true;
                for (const std::string& id : ids) {
                    if (!id.empty()) options.lineage_of = std::stoull(id);
                }
            },
            "Show a genome's line of fitter parents back to generation 0, and the mutations with which fitness rose; "
            "the champion's if no id is given.")
        ->expected(0, 1)
        ->check(id_problem)
        ->type_name("ID");
    command.add_option("--diff", options.diff, "Show what differs between two genomes, by their ids, gene by gene.")
        ->expected(2)
        ->check(id_problem)
        ->type_name("A B");
    command.add_flag("--timeline", options.timeline,
                     "Show all species over the run: of which each was born, its size, its best, why it ended.");
    command.add_flag("--operators", options.operators,
                     "Show how often the children of each operator beat their fitter parent, over the run.");
    command.add_flag(
        "--importance", options.importance,
        "Show how much worse the champion gets where one column's values are shuffled among the validation "
        "rows (tasks with data).");
    command
        .add_option_function<std::string>(
            "--query", [&options](const std::string& sql) { options.query = sql; },
            "Run SQL over the log and print the rows. Table genome: generation, position, id, fitness, species, "
            "parent_a, parent_b, operators, nodes, connections, enabled, and the task's scores; other tables as in the "
            "log. It can only read.")
        ->type_name("SQL");
    add_number(command, "--rows", {1, 1'000'000'000, "N"}, options.rows,
               fmt::format("Most rows that --query prints. Default: {}.", inspect::usual_rows));
}

}  // namespace

void add_inspect_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* command = app.add_subcommand("inspect",
                                           "Show a run: an overview, one generation, species or genome, or what "
                                           "evolution did.");
    command->footer(
        "Examples:\n"
        "  clade inspect RUN                     overview, fitness chart, generations\n"
        "  clade inspect RUN --generation 12     its species and best genomes\n"
        "  clade inspect RUN --species 3         the history of a species\n"
        "  clade inspect RUN --genome 1834       a genome's parents and genes\n"
        "  clade inspect RUN --lineage           the champion's ancestors: which mutations made it fitter\n"
        "  clade inspect RUN --diff 12 1834      two genomes, gene by gene\n"
        "  clade inspect RUN --operators         how often each operator's children beat their parent\n"
        "  clade inspect RUN --timeline          all species: born of which, how large, why they ended\n"
        "  clade inspect RUN --importance        which columns of the data the champion needs\n"
        "  clade inspect RUN --query \"SELECT id, fitness FROM genome ORDER BY fitness DESC LIMIT 5\"");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    add_number(*command, "--generation", {0, most_numbered, "G"}, options->generation,
               "Show this generation; the first is 0.");
    add_number(*command, "--species", {0, most_numbered, "S"}, options->species, "Show this species, by its id.");
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "Show this genome, by its id.");
    add_history_flags(*command, *options);
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return inspect_command(*options, context.vocabulary); };
    });
}

void add_plot_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<PlotOptions>();
    CLI::App* command = app.add_subcommand("plot", "Draw a run: fitness, species, a network, or a line of ancestors.");
    command->footer(
        "Examples:\n"
        "  clade plot RUN --what fitness -o fitness.svg              best, median and mean over the generations\n"
        "  clade plot RUN --what species -o species.svg              sizes of all species\n"
        "  clade plot RUN --what network -o champion.svg             the champion's network\n"
        "  clade plot RUN --what network --genome 1834 -o net.dot    for Graphviz; .graphml for other programs\n"
        "  clade plot RUN --what lineage -o line.svg                 fitness of the champion's ancestors");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    add_choice(*command, "--what", options->what, "What to draw. Default: fitness.");
    command
        ->add_option("-o,--out", options->out,
                     "File to write; its ending is the format: .svg, of a network also .dot and .graphml. An existing "
                     "file is replaced.")
        ->required()
        ->type_name(argument_types::file);
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "Genome of network and lineage, by its id. Default: the champion.");
    command->callback([options, &context] {
        context.action = [options, &context] { return plot_command(*options, context.vocabulary); };
    });
}

void add_report_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ReportOptions>();
    CLI::App* command = app.add_subcommand("report", "Show all of a run, or of a set of trials, on one HTML page.");
    command->footer(
        "Examples:\n"
        "  clade report RUN -o report.html       fitness, species, the champion's network and ancestors, "
        "configuration\n"
        "\nThe file needs no network and no other file: any browser opens it.");
    command
        ->add_option("run", options->run,
                     "The folder of a run or of a set of trials, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    command->add_option("-o,--out", options->out, "HTML file to write. An existing file is replaced.")
        ->required()
        ->type_name(argument_types::file);
    command->callback([options, &context] {
        context.action = [options, &context] { return report_command(*options, context.vocabulary); };
    });
}

void add_replay_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ReplayOptions>();
    CLI::App* command =
        app.add_subcommand("replay", "Score a run's champion, or another genome, again and compare with the log.");
    command->footer(
        "Examples:\n"
        "  clade replay RUN                        fitness and report of the champion\n"
        "  clade replay RUN --genome 1834          a genome alone, e.g. one that failed\n"
        "  clade replay RUN --episodes 1000        mean return of so many held-out episodes\n"
        "  clade replay RUN --trace                an episode, saved in RUN as CSV and SVG\n"
        "  clade replay RUN --trace --format csv   every step of the episode as CSV");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "Score this genome, by its id: any logged one, or one of the generation that was not finished.");
    CLI::Option* trace = command->add_flag("--trace", options->trace, "Show an episode: observations and actions.");
    add_number(*command, "--episode", {0, std::numeric_limits<std::uint64_t>::max(), "N"}, options->episode,
               "Seed of the episode that --trace shows. Default: 0.")
        ->needs(trace);
    add_number(*command, "--episodes", {1, 1'000'000, "N"}, options->episodes,
               "Play so many held-out episodes, drawn from the run's seed: mean return with its 95 % interval.")
        ->excludes(trace);
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return replay_command(*options, context.vocabulary); };
    });
}

void add_verify_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<VerifyOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = app.add_subcommand("verify", "Check that a run's log is unchanged and its results repeat.");
    command->footer(
        "Examples:\n"
        "  clade verify RUN          digests, chain and invariants of the log; scores the champion again\n"
        "  clade verify RUN --full   also breeds and scores every generation again\n"
        "\n"
        "Exit codes: 0 the run is sound, 1 it is not, 2 there is no such run. With --format json, stdout is one JSON "
        "document: run, sound, generations, full, findings (generation, table, column, problem).");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    command->add_flag("--full", options->full, "Breed and score the whole run again; takes as long as the run did.");
    add_choice(*command, "--format", options->format, "Format of the result.");
    command->callback([options, &context] {
        context.action = [options, &context] { return verify_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
