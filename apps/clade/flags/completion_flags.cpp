#include "clade/flags/completion_flags.hpp"

#include "clade/commands/completion_command.hpp"
#include "clade/flags/common_flags.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_completion_command(CLI::App& app, CommandContext& context) {
    const auto shell = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("completion", "Print a completion script for your shell.");
    command->footer(
        "Use it with:\n"
        "  source <(clade completion bash)           bash\n"
        "  source <(clade completion zsh)            zsh\n"
        "  clade completion fish | source            fish");
    command->add_option("shell", *shell, "Your shell.")
        ->required()
        ->check([](const std::string& text) { return choice_problem(text, shell_names); })
        ->type_name(fmt::format("{}", fmt::join(shell_names, "|")));
    command->callback([shell, &context] {
        context.action = [shell, &context] { return completion_command(*shell, context.program.name()); };
    });
}

}  // namespace clade
