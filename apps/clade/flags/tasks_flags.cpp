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
    CLI::App* command = app.add_subcommand("tasks", "List the tasks, or describe one and its parameters.");
    command->footer(
        "Examples:\n"
        "  clade tasks                     all tasks\n"
        "  clade tasks cart_pole           inputs, outputs, reward and parameters\n"
        "  clade tasks my_task --check     check a task of your own");
    command->add_option("task", options->task, "The task to describe.")->type_name(argument_types::task);
    CLI::Option* check = command->add_flag("--check")->description("Run the conformance checks on the task.");
    command->add_option("--config", options->config, "Check the task as this YAML file configures it.")
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
