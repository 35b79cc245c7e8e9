// `clade bench` and its benchmarks on the command line.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Adds them; the one that is chosen becomes the context's action.
void add_bench_commands(CLI::App& app, CommandContext& context);

}  // namespace clade
