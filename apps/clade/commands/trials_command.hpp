// `clade trials`: many runs of one configuration, summarised and compared with published results.
#pragma once

#include "clade/commands/trials_session.hpp"

#include <string>

namespace clade {

/// A configuration, or the folder of a set to continue or to show.
struct TrialsCommandOptions : TrialsOptions {
    std::string set{};
};

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int trials_command(const TrialsCommandOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
