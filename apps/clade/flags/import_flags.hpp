// `clade import`.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace clade {

void add_import_command(CLI::App& app, CommandContext& context);

}  // namespace clade
