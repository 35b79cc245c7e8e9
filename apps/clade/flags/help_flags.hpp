// `clade help COMMAND`: the same as `clade COMMAND --help`.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Adds the command; once it is chosen, it is the context's action. `app` has all other commands when that is called.
void add_help_command(CLI::App& app, CommandContext& context);

}  // namespace clade
