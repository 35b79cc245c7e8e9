// What is said at the end of a run: the outcome, the champion on its task, where everything is, what to try next.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <string>
#include <vector>

namespace clade {

/// How the program was called, for the commands to try next.
struct Caller {
    std::string program;
    std::vector<std::string> resume_overrides{};  ///< of a resumed run: the next resume needs them again
};

/// Runs an experiment to its end with progress and signals, prints the summary, and returns the exit code.
int run_to_end(Experiment& experiment, const Caller& caller, bool quiet);

/// Why a run ended, and the program's exit code for it: 128 + the signal for an interrupted one, else 0.
struct Ending {
    Outcome outcome;
    int code;
};

/// Runs an experiment to its end with progress and signals. A signal ends this run and whichever comes after it.
Ending run_with_progress(Experiment& experiment, bool quiet);

/// "racing played 26 % of the episodes: 19500 of 75000" in these generations; empty without racing.
[[nodiscard]] std::string racing_text(const std::vector<GenerationRow>& rows);

}  // namespace clade
