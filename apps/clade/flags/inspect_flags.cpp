#include "clade/flags/inspect_flags.hpp"

#include "clade/commands/replay_command.hpp"
#include "clade/commands/verify_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"
#include "clade/inspect/inspect_command.hpp"

#include <CLI/CLI.hpp>

#include <limits>
#include <memory>

namespace clade {
namespace {

constexpr std::uint64_t most_numbered = std::numeric_limits<std::uint32_t>::max();  // generations, species

}  // namespace

void add_inspect_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* command = app.add_subcommand("inspect", "Show a run: an overview, or one generation, species or genome.");
    command->footer(
        "Examples:\n"
        "  clade inspect RUN                     overview, fitness chart, generations\n"
        "  clade inspect RUN --generation 12     its species and best genomes\n"
        "  clade inspect RUN --species 3         the history of a species\n"
        "  clade inspect RUN --genome 1834       a genome's parents and genes");
    command->add_option("run", options->run, "The run's folder, or a folder of runs: then its newest run.")
        ->required()
        ->type_name(argument_types::run);
    add_number(*command, "--generation", {0, most_numbered, "G"}, options->generation,
               "Show this generation; the first is 0.");
    add_number(*command, "--species", {0, most_numbered, "S"}, options->species, "Show this species, by its id.");
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "Show this genome, by its id.");
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return inspect_command(*options, context.vocabulary); };
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
