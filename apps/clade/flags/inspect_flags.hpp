// `clade inspect`, `clade replay` and `clade verify` on the command line.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Each adds its command; once that is chosen, it is the context's action.
void add_inspect_command(CLI::App& app, CommandContext& context);
void add_plot_command(CLI::App& app, CommandContext& context);
void add_report_command(CLI::App& app, CommandContext& context);
void add_replay_command(CLI::App& app, CommandContext& context);
void add_verify_command(CLI::App& app, CommandContext& context);

}  // namespace clade
