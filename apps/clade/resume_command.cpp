#include "clade/commands.hpp"
#include "clade/run_summary.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {

int resume_command(const ResumeOptions& options, const Vocabulary& vocabulary) {
    const RunFolder folder = find_run(options.run);
    Experiment experiment = Experiment::resume(folder, vocabulary, options.overrides);
    if (const auto outcome = experiment.finished()) {
        std::cout << fmt::format(
            "{} is finished ({}); to go on, raise what ended it, e.g. --set stop.generations=1000\n",
            folder.path.string(), name_of(*outcome));
        return 0;
    }
    if (!options.quiet) {
        std::cout << fmt::format("{}: resumed at generation {}\n", experiment.config().name,
                                 experiment.engine().evolver->generation());
    }
    return run_to_end(experiment, options.program, options.quiet);
}

}  // namespace clade
