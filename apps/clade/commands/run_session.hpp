// Running one experiment where people watch: progress, signals, what came of it.
#pragma once

#include "clade/output/run_summary.hpp"

#include <clade/experiment/run/experiment.hpp>

namespace clade {

/// Why a run ended, and the program's exit code for it: 128 + the signal for an interrupted one, else 0.
struct Ending {
    Outcome outcome;
    int code;
};

/// Runs an experiment to its end with progress and signals. A signal ends this run and whichever comes after it.
Ending run_with_progress(Experiment& experiment, bool quiet);

/// The same, then prints the summary. Returns the exit code.
int run_to_end(Experiment& experiment, const Caller& caller, bool quiet);

}  // namespace clade
