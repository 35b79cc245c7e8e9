#include "clade/flags/completion_flags.hpp"

#include "clade/commands/completion_command.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

namespace clade {
namespace {

void add_entries(const CLI::App& app, const std::string& path, std::vector<CompletionEntry>& entries) {
    entries.push_back({path, app.get_description(), flag_names(app), command_names(app)});
    for (const CLI::App* child : shown_commands(app)) {
        add_entries(*child, path.empty() ? child->get_name() : path + " " + child->get_name(), entries);
    }
}

}  // namespace

void add_completion_command(CLI::App& app, CommandContext& context) {
    const auto shell = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("completion", "Print a completion script for your shell.");
    command->footer("Example:\n  source <(clade completion bash)");
    command->add_option("shell", *shell, "Your shell.")
        ->required()
        ->check([](const std::string& text) { return choice_problem(text, shell_names); })
        ->type_name(fmt::format("{}", fmt::join(shell_names, "|")));
    command->callback([shell, &app, &context] {
        context.action = [shell, &app, &context] {
            std::vector<CompletionEntry> entries;
            add_entries(app, "", entries);
            return completion_command(*shell, entries, context.program.name());
        };
    });
}

}  // namespace clade
