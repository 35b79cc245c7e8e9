// CLI11's help with its texts in lines that fit the terminal, and with the program's own name.
#pragma once

#include "clade/flags/program_name.hpp"

namespace CLI {
class App;
}

namespace clade {

/// Breaks every text but the indented lines of footers: those are commands to copy. Commands added to `app` from here on
/// have it too; `program` must outlive it.
void format_help(CLI::App& app, const ProgramName& program);

}  // namespace clade
