// `clade run`: starts a new run.
#pragma once

#include "clade/commands/run_session.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace clade {

struct RunOptions {
    std::string config;                    ///< YAML file; empty for data alone
    std::string data;                      ///< CSV file, which overrides name too; empty for none
    std::vector<std::string> overrides{};  ///< "key=value", from --set and the flags that stand for a key
    std::string out = "runs";              ///< folder in which the run's folder is made
    SessionOutput output{};
    std::string program = "clade";  ///< as the user called it, for the commands to try next
};

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code.
int run_command(const RunOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
