#include "clade/flags/help_flags.hpp"

#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"
#include "clade/flags/usage_error.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

namespace clade {
namespace {

/// The help of the command that the words name. Throws InputError if there is none.
std::string help_of(const CLI::App& app, const std::vector<std::string>& words) {
    const CLI::App* command = &app;
    std::string path;  // of what stands above the command
    for (const std::string& word : words) {
        const std::vector<const CLI::App*> children = shown_commands(*command);
        const auto child = std::find_if(children.begin(), children.end(),
                                        [&](const CLI::App* one) { return one->get_name() == word; });
        path += (path.empty() ? "" : " ") + command->get_name();
        if (children.empty()) throw InputError("clade help: '" + path + "' has no commands below it");
        if (child == children.end()) throw InputError("clade help: " + unknown_command(*command, word));
        command = *child;
    }
    // Not help() of the app itself: that would show the command that was parsed, which is `help`.
    return app.get_formatter()->make_help(command, (path.empty() ? "" : path + " ") + command->get_name(),
                                          CLI::AppFormatMode::Normal);
}

}  // namespace

void add_help_command(CLI::App& app, CommandContext& context) {
    const auto words = std::make_shared<std::vector<std::string>>();
    CLI::App* command = app.add_subcommand("help", "Print the help of a command.");
    command->footer("Examples:\n  clade help run\n  clade help config show");
    command->add_option("command", *words, "The command to explain. Default: the whole program.")
        ->type_name(argument_types::command);
    command->callback([words, &app, &context] {
        context.action = [words, &app] {
            std::cout << help_of(app, *words);
            return 0;
        };
    });
}

}  // namespace clade
