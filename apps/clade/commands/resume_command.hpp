// `clade resume`: continues a stopped run.
#pragma once

#include "clade/commands/run_session.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace clade {

struct ResumeOptions {
    std::string run;  ///< a run's folder, or a folder of runs
    std::vector<std::string> overrides{};
    SessionOutput output{};
    std::string program = "clade";  ///< as the user called it
};

/// Throws InputError for overrides that would change results. Returns the program's exit code.
int resume_command(const ResumeOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
