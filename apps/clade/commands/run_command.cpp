#include "clade/commands/run_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <clade/experiment/run/engine.hpp>

#include <iostream>

namespace clade {

int run_command(const RunOptions& options, const Vocabulary& vocabulary) {
    const ConfigSource source{options.config, options.overrides, vocabulary.tasks, vocabulary.functions};
    ExperimentConfig config = load_config(source);
    resolve(config);
    PreparedRun prepared = prepare_run(source, config, vocabulary);
    const RunFolder folder = make_new_folder(options.out, config.name, *config.seed);
    Experiment experiment = Experiment::start(std::move(prepared), folder);
    if (options.output.is_for_people()) {
        const Parallel& parallel = experiment.engine().parallel;
        std::cout << for_reading(
            fmt::format("{}: task {}, {}, seed {}, {}, {}\n", escaped(config.name), config.task.name,
                        counted(static_cast<std::uint64_t>(config.evolution.population_size), "genome"), *config.seed,
                        counted(parallel.threads(), "thread"), name_of(parallel.simd())),
            Output::out);
    }
    return run_to_end(experiment, {options.program}, options.output);
}

}  // namespace clade
