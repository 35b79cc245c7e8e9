#include "clade/commands/run_session.hpp"

#include "clade/output/progress.hpp"

#include <iostream>

namespace clade {

Outcome run_with_progress(Experiment& experiment, StopSignals& signals, bool quiet, const std::string& label) {
    Progress progress(experiment, quiet, label);
    const Outcome outcome = [&] {
        const SignalWatch watch(
            signals, [&](int requests) { progress.answer_stop(requests); }, [&] { progress.tick(); });
        return experiment.run(progress, signals.requested(), signals.cancelled());
    }();
    progress.finish();
    return outcome;
}

int run_to_end(Experiment& experiment, const Caller& caller, bool quiet) {
    StopSignals signals;
    const Outcome outcome = run_with_progress(experiment, signals, quiet);
    if (!quiet) print_run_summary(experiment, caller, outcome);
    if (outcome != Outcome::interrupted) return 0;
    if (quiet) std::cerr << "interrupted; to continue:\n  " << resume_text(experiment, caller) << '\n';
    return signals.exit_code();
}

}  // namespace clade
