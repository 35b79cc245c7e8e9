// `clade trials`, `compare`, `sweep`, `suite` and `cross-validate` on the command line.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Each adds its command; once that is chosen, it is the context's action.
void add_cross_validate_command(CLI::App& app, CommandContext& context);
void add_trials_command(CLI::App& app, CommandContext& context);
void add_compare_command(CLI::App& app, CommandContext& context);
void add_sweep_command(CLI::App& app, CommandContext& context);
void add_suite_command(CLI::App& app, CommandContext& context);

}  // namespace clade
