// `clade suite`: runs every configuration of a folder with several seeds, and compares with what was recorded.
#pragma once

#include "clade/commands/trials_session.hpp"

#include <string>

namespace clade {

/// A folder of configurations, or that of a suite that was begun.
struct SuiteOptions : TrialsOptions {
    std::string suite = "configs/suite";
    bool record = false;  ///< writes the folder's recorded table
};

inline constexpr std::size_t suite_trials = 10;

/// Throws ConfigError or InputError before anything is made. Returns the program's exit code: 1 where something is worse than recorded.
int suite_command(const SuiteOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
