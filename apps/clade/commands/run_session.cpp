#include "clade/commands/run_session.hpp"

#include "clade/output/progress.hpp"

#include <clade/experiment/run/engine.hpp>

#include <chrono>
#include <iostream>
#include <optional>
#include <utility>

namespace clade {
namespace {

// Open MPI kills a job about a second after it has told it to stop: until then the run is to be saved.
constexpr std::chrono::milliseconds grace_of_job{300};

}  // namespace

Outcome run_with_progress(Experiment& experiment, StopSignals& signals, bool quiet, const std::string& label) {
    Progress progress(experiment, quiet, label);
    const Outcome outcome = [&] {
        const SignalWatch watch(
            signals, [&](int requests) { progress.answer_stop(requests, signals.again()); }, [&] { progress.tick(); });
        return experiment.run(progress, signals.requested(), signals.cancelled());
    }();
    progress.finish();
    return outcome;
}

int run_to_end(Experiment& experiment, const Caller& caller, const SessionOutput& output) {
    const bool folder_alone = output.quiet && output.format == SummaryFormat::text;
    // At once, so that the run can be inspected while it goes on.
    if (folder_alone) std::cout << experiment.folder().path.string() << std::endl;
    // Caught no longer than the run lasts: one that comes while the champion's report is made ends the program.
    const auto [outcome, exit_code] = [&] {
        StopSignals signals(experiment.engine().ranks ? std::optional(grace_of_job) : std::nullopt);
        const Outcome ended = run_with_progress(experiment, signals, output.quiet);
        return std::pair(ended, signals.exit_code());
    }();
    if (!folder_alone) print_ended(experiment, caller, outcome, output);
    if (outcome == Outcome::extinction) return 1;  // the configuration asked for an error
    if (outcome != Outcome::interrupted) return 0;
    if (!output.is_for_people()) {
        std::cerr << "interrupted; to continue:\n  " << resume_text(experiment, caller) << '\n';
    }
    return exit_code;
}

void print_ended(const Experiment& experiment, const Caller& caller, Outcome outcome, const SessionOutput& output) {
    if (output.format == SummaryFormat::json) {
        std::cout << run_summary_json(experiment, outcome);
    } else if (output.quiet) {
        std::cout << experiment.folder().path.string() << '\n';
    } else {
        std::cout << run_summary(experiment, caller, outcome);
    }
}

}  // namespace clade
