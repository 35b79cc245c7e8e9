// `clade functions` on the command line.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Adds the command; once it is chosen, it is the context's action.
void add_functions_command(CLI::App& app, CommandContext& context);

}  // namespace clade
