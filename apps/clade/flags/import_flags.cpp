#include "clade/flags/import_flags.hpp"

#include "clade/flags/argument_types.hpp"
#include "clade/import/import_command.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_import_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* command = app.add_subcommand("import", "Write another program's configuration as one of Clade.");
    CLI::App* neat_python = command->add_subcommand("neat-python", "A configuration of neat-python 2.0 or 2.1.");
    command->require_subcommand(1);
    neat_python->footer(
        "Examples:\n"
        "  clade import neat-python config-feedforward -o mine.yaml --task xor\n"
        "\n"
        "Every key is mapped, or named with the reason why it is not: in comments at the head of the file.");
    neat_python->add_option("file", options->file, "The configuration.")->required()->type_name(argument_types::file);
    neat_python->add_option("-o,--out", options->out, "File to write; - for stdout. An existing file is replaced.")
        ->type_name(argument_types::file)
        ->capture_default_str();
    neat_python->add_option("--task", options->task, "Task to name in it. Default: none; set it by hand.")
        ->type_name(argument_types::task);
    neat_python->callback([options, &context] {
        context.action = [options, &context] { return import_neat_python_command(*options, context.vocabulary); };
    });
}

}  // namespace clade
