// The command line as a whole: every command with its flags.
#pragma once

#include "clade/flags/program_name.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <memory>

namespace clade {

/// Reads the command line and does what it says. Returns the exit code: that of the command, 0 after help, 2 after
/// printing what is wrong with the words. Tells `program` the commands that there are. Throws what the command throws.
/// `ranks` score with this process where a command runs one experiment; null for none.
[[nodiscard]] int run_command_line(int argc, char** argv, const Vocabulary& vocabulary, std::shared_ptr<RankTeam> ranks,
                                   ProgramName& program);

}  // namespace clade
