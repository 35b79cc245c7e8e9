#include "clade/commands/run_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/commands/run_session.hpp"

#include <fmt/format.h>

#include <iostream>

namespace clade {

int run_command(const RunOptions& options, const Vocabulary& vocabulary) {
    const ConfigSource source{options.config, options.overrides, vocabulary.tasks, vocabulary.functions};
    ExperimentConfig config = load_config(source);
    resolve(config);
    const RunInputs inputs = prepare_run(source, config, vocabulary).inputs;
    const RunFolder folder = make_new_folder(options.out, config.name, *config.seed);
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
