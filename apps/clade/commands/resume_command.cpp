#include "clade/commands/resume_command.hpp"

#include "clade/commands/run_session.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {

namespace {

std::string how_to_go_on(Outcome outcome) {
    if (outcome == Outcome::solved) return "ask for more: --set stop.solved_fitness=...";
    return fmt::format("raise what ended it: --set stop.{}=...", name_of(outcome));
}

}  // namespace

int resume_command(const ResumeOptions& options, const Vocabulary& vocabulary) {
    const RunFolder folder = find_run(options.run);
    Experiment experiment = Experiment::resume(folder, vocabulary, options.overrides);
    if (const auto outcome = experiment.finished()) {
        std::cout << fmt::format("{} is finished ({}); to go on, {}\n", folder.path.string(), name_of(*outcome),
                                 how_to_go_on(*outcome));
        return 0;
    }
    if (!options.quiet) {
        std::cout << fmt::format("{}: resumed at generation {}\n", experiment.config().name,
                                 experiment.engine().evolver->generation());
    }
    return run_to_end(experiment, {options.program, options.overrides}, options.quiet);
}

}  // namespace clade
