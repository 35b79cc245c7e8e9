#include "clade/flags/functions_flags.hpp"

#include "clade/commands/functions_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_functions_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<FunctionsOptions>();
    CLI::App* command =
        app.add_subcommand("functions", "List the activations and aggregations of nodes, or show one with its curve.");
    command->footer(
        "Examples:\n"
        "  clade functions           all activations and aggregations\n"
        "  clade functions tanh      formula, curve and slope\n"
        "\nIn a configuration:\n"
        "  genome:\n"
        "    activation: {initial: tanh}");
    command->add_option("function", options->function, "The function to show.")->type_name(argument_types::function);
    add_format(*command, options->format);
    command->callback([options, &context] {
        options->program = context.program.as_typed();
        context.action = [options, &context] { return functions_command(*options, context.vocabulary.functions); };
    });
}

}  // namespace clade
