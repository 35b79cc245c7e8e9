#include "clade/commands/run_session.hpp"

#include "clade/commands/stop_signals.hpp"
#include "clade/output/progress.hpp"

#include <iostream>

namespace clade {

Ending run_with_progress(Experiment& experiment, bool quiet) {
    const std::atomic<bool>& stop_requested = catch_signals();
    Progress progress(experiment.config(), quiet);
    const Outcome outcome = experiment.run(progress, stop_requested);
    progress.finish();
    return {outcome, outcome == Outcome::interrupted ? interrupted_code() : 0};
}

int run_to_end(Experiment& experiment, const Caller& caller, bool quiet) {
    const auto [outcome, code] = run_with_progress(experiment, quiet);
    if (!quiet) print_run_summary(experiment, caller, outcome);
    if (outcome == Outcome::interrupted && quiet) {
        std::cerr << "interrupted; " << resume_text(experiment, caller) << '\n';
    }
    return code;
}

}  // namespace clade
