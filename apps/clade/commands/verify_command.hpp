// `clade verify`: checks that a run's log is as it was written, and that its results come out again.
#pragma once

#include "clade/output/run_summary.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

struct VerifyOptions {
    std::string run;    ///< a run's folder, or a folder of runs
    bool full = false;  ///< breed and score every generation again
    SummaryFormat format = SummaryFormat::text;
    std::string program;  ///< as typed, for the command that repeats a run
};

/// Returns 0 if the run is sound, else 1.
int verify_command(const VerifyOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
