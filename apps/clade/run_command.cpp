#include "clade/commands.hpp"
#include "clade/run_summary.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {

int run_command(const RunOptions& options, const Vocabulary& vocabulary) {
    ExperimentConfig config = load_config({options.config, options.overrides, vocabulary.tasks, vocabulary.functions});
    resolve(config);
    RunInputs inputs;
    try {
        // What only the task's data or a saved genome can tell is found before a folder is made.
        inputs = inputs_of(config, options.config);
        (void)make_engine(config, vocabulary, inputs);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
    const RunFolder folder = create_run_folder(options.out, config.name, *config.seed);
    Experiment experiment = Experiment::start(config, vocabulary, inputs, folder);
    if (!options.quiet) {
        const Engine& engine = experiment.engine();
        std::cout << fmt::format("{}: task {}, {} genomes, seed {}, {} thread{}, {}\n", config.name, config.task.name,
                                 config.evolution.population_size, *config.seed, engine.parallel.threads(),
                                 engine.parallel.threads() == 1 ? "" : "s", name_of(engine.parallel.simd()));
    }
    return run_to_end(experiment, {options.program}, options.quiet);
}

}  // namespace clade
