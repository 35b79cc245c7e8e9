// Runs one experiment with progress, signal handling and a summary.
#pragma once

#include "clade/commands/stop_signals.hpp"
#include "clade/output/run_summary.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

/// Runs an experiment until it ends or a signal stops it, with progress; `label` is written before that.
Outcome run_with_progress(Experiment& experiment, StopSignals& signals, bool quiet, const std::string& label = "");

/// What a command prints of its run, on stdout.
struct SessionOutput {
    bool quiet = false;  ///< no progress; of text the run's folder alone
    SummaryFormat format = SummaryFormat::text;

    /// Whether it speaks to people.
    [[nodiscard]] bool is_for_people() const { return !quiet && format == SummaryFormat::text; }
};

/// The same, then prints what came of it. Returns the program's exit code: 128 + the signal for an interrupted run,
/// 1 at an extinction that is to be an error, else 0.
int run_to_end(Experiment& experiment, const Caller& caller, const SessionOutput& output);

/// Of a run that has ended, or had ended before.
void print_ended(const Experiment& experiment, const Caller& caller, Outcome outcome, const SessionOutput& output);

}  // namespace clade
