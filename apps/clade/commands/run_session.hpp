// Running one experiment where people watch: progress, signals, what came of it.
#pragma once

#include "clade/commands/stop_signals.hpp"
#include "clade/output/run_summary.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

/// Runs an experiment until it ends or a signal stops it, with progress; `label` is written before that.
Outcome run_with_progress(Experiment& experiment, StopSignals& signals, bool quiet, const std::string& label = "");

/// The same, then prints the summary. Returns the program's exit code: 128 + the signal for an interrupted run, else 0.
int run_to_end(Experiment& experiment, const Caller& caller, bool quiet);

}  // namespace clade
