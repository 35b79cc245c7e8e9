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

/// Prints it on stdout.
void print_run_summary(const Experiment& experiment, const Caller& caller, Outcome outcome);

/// The command that goes on with the run.
[[nodiscard]] std::string resume_text(const Experiment& experiment, const Caller& caller);

/// "racing played 26 % of the episodes: 19500 of 75000" in these generations; empty without racing.
[[nodiscard]] std::string racing_text(const std::vector<GenerationRow>& rows);

}  // namespace clade
