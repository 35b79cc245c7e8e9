#include "clade/commands/resume_command.hpp"

#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <clade/experiment/run/engine.hpp>

#include <iostream>

namespace clade {
namespace {

/// How to continue a run that has ended.
std::string ended_text(const Experiment& experiment, Outcome outcome, const std::string& program) {
    const std::string folder = experiment.folder().path.string();
    if (outcome == Outcome::extinction) {
        return fmt::format(
            "{} has ended (every species has stagnated): nothing is left to breed from. To start anew at "
            "extinctions, begin a run with evolution.stagnation.extinction: restart\n",
            folder);
    }
    const std::string key = outcome == Outcome::solved ? "solved_fitness" : std::string(name_of(outcome));
    const std::string why = outcome == Outcome::solved ? "solved" : "stop." + key;
    return fmt::format("{} has ended ({}). To continue, ask for more:\n  {} resume {} --set stop.{}=...\n", folder, why,
                       quoted(program), quoted(folder), key);
}

}  // namespace

int resume_command(const ResumeOptions& options, const Vocabulary& vocabulary) {
    const RunFolder folder = find_run(options.run);
    Experiment experiment = Experiment::resume(folder, vocabulary, options.overrides);
    const Caller caller{options.program, options.overrides};
    if (const auto outcome = experiment.finished()) {
        if (options.output.is_for_people()) {
            std::cout << for_reading(ended_text(experiment, *outcome, options.program), Output::out);
        } else {
            print_ended(experiment, caller, *outcome, options.output);
        }
        return 0;
    }
    if (options.output.is_for_people()) {
        std::cout << for_reading(fmt::format("{}: resumed at generation {}\n", escaped(experiment.config().name),
                                             experiment.engine().evolver->generation()),
                                 Output::out);
    }
    return run_to_end(experiment, caller, options.output);
}

}  // namespace clade
