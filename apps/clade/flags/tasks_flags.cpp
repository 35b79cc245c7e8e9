#include "clade/flags/tasks_flags.hpp"

#include "clade/commands/check_task_command.hpp"
#include "clade/commands/tasks_command.hpp"
#include "clade/flags/argument_types.hpp"
#include "clade/flags/common_flags.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace clade {

void add_tasks_command(CLI::App& app, CommandContext& context) {
    const auto options = std::make_shared<CheckTaskOptions>();
    CLI::App* command = app.add_subcommand("tasks", "List the tasks, or show one with its parameters.");
    command->add_option("task", options->task, "A task's name.")->type_name(argument_types::task);
    CLI::Option* check = command->add_flag("--check")->description("Check that it keeps what every task promises.");
    command->add_option("--config", options->config, "Check the task of this YAML file, with its parameters.")
        ->type_name(argument_types::config)
        ->needs(check);
    add_format(*command, options->format);
    command->callback([options, check, &context] {
        context.action = [options, checked = check->count() > 0, &context] {
            if (checked) return check_task_command(*options, context.vocabulary);
            return tasks_command({options->task, options->format, context.program.as_typed()}, context.vocabulary);
        };
    });
}

}  // namespace clade
