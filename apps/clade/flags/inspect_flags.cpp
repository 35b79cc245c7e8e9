#include "clade/flags/inspect_flags.hpp"

#include "clade/commands/replay_command.hpp"
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
    CLI::App* command = app.add_subcommand("inspect", "Look at a run: overview, a generation, a species, a genome.");
    command->footer(
        "Examples:\n"
        "  clade inspect RUN                     overview, chart of fitness, generations\n"
        "  clade inspect RUN --generation 12     its species and best genomes\n"
        "  clade inspect RUN --species 3         the history of a species\n"
        "  clade inspect RUN --genome 1834       a genome's genes and parents");
    command->add_option("run", options->run, "The run's folder, or a folder of runs for the newest.")
        ->required()
        ->type_name(argument_types::run);
    add_number(*command, "--generation", {0, most_numbered, "G"}, options->generation, "A generation, from 0 on.");
    add_number(*command, "--species", {0, most_numbered, "S"}, options->species, "A species' id.");
    add_number(*command, "--genome", {0, std::numeric_limits<std::uint64_t>::max(), "ID"}, options->genome,
               "A genome's id.");
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return inspect_command(*options, context.vocabulary); };
    });
}

void add_replay_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ReplayOptions>();
    CLI::App* command = app.add_subcommand(
        "replay", "Rebuild a run's champion, score it again and check that the logged fitness comes out.");
    command->footer(
        "Examples:\n"
        "  clade replay RUN                        the champion's fitness, and its report\n"
        "  clade replay RUN --trace                an episode, kept in RUN as CSV and SVG\n"
        "  clade replay RUN --trace --format csv   every step of the episode as CSV");
    command->add_option("run", options->run, "The run's folder, or a folder of runs for the newest.")
        ->required()
        ->type_name(argument_types::run);
    command->add_flag("--trace", options->trace, "Show an episode of the champion: what it saw and did.");
    add_number(*command, "--episode", {0, std::numeric_limits<std::uint64_t>::max(), "N"}, options->episode,
               "Which episode --trace shows: its seed, 0 by default.");
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return replay_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
