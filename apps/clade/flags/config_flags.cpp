#include "clade/flags/config_flags.hpp"

#include "clade/commands/config_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace clade {
namespace {

using ConfigCommand = int (*)(const ConfigOptions&, const Vocabulary&);

/// A command that reads a configuration.
void add_reader(CLI::App& config, const std::string& name, const std::string& help, ConfigCommand call,
                CommandContext& context) {
    const auto options = std::make_shared<ConfigOptions>();
    CLI::App* command = config.add_subcommand(name, help);
    command->add_option("config", options->file, "The experiment's YAML file.")
        ->required()
        ->type_name(argument_types::config);
    add_overrides(*command, options->overrides);
    command->callback([options, call, &context] {
        context.action = [options, call, &context] { return call(*options, context.vocabulary); };
    });
}

void add_reference(CLI::App& config, CommandContext& context) {
    const auto options = std::make_shared<ConfigReferenceOptions>();
    options->program = context.program.as_typed();
    CLI::App* command = config.add_subcommand("reference", "List every key with its default, range and meaning.");
    command->add_option("--task", options->task, "Also list the parameters of this task.")
        ->type_name(argument_types::task);
    add_format(*command, options->format);
    command->callback([options, &context] {
        context.action = [options, &context] { return config_reference_command(*options, context.vocabulary); };
    });
}

}  // namespace

void add_config_commands(CLI::App& app, CommandContext& context) {
    CLI::App* config = app.add_subcommand("config", "Show or check a configuration, or list all keys.");
    config->require_subcommand(1);
    add_reader(*config, "show", "Print the configuration with all defaults filled in.", config_show_command, context);
    add_reader(*config, "check", "Check the configuration without running it.", config_check_command, context);
    add_reference(*config, context);
    // Last: the commands would inherit it.
    config->footer(
        "Examples:\n"
        "  clade config check configs/xor.yaml\n"
        "  clade config reference --task cart_pole");
}

}  // namespace clade
