// The commands that use a trained model: `clade predict`, `clade evaluate`, `clade export`.
#pragma once

#include "clade/flags/command_context.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace clade {

void add_predict_command(CLI::App& app, CommandContext& context);
void add_evaluate_command(CLI::App& app, CommandContext& context);
void add_export_command(CLI::App& app, CommandContext& context);

}  // namespace clade
