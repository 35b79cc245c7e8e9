// `clade run` and `clade resume` on the command line.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Each adds its command; once that is chosen, it is the context's action.
void add_run_command(CLI::App& app, CommandContext& context);
void add_resume_command(CLI::App& app, CommandContext& context);

}  // namespace clade
