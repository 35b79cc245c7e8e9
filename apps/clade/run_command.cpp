#include "clade/commands.hpp"
#include "clade/run_summary.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

namespace clade {

namespace {

/// Where relative file names of a configuration start: its own folder, or, for the one in a run's folder, that of the
/// configuration which the run was started with.
std::string directory_of(const std::string& config) {
    const std::filesystem::path folder = std::filesystem::absolute(config).parent_path();
    const RunFolder run{folder};
    if (!std::filesystem::exists(run.log())) return folder.string();
    return RunLog(run.log(), RunLog::Mode::read).get("directory").value_or(folder.string());
}

}  // namespace

int run_command(const RunOptions& options, const Vocabulary& vocabulary) {
    ExperimentConfig config = load_config({options.config, options.overrides, vocabulary.tasks, vocabulary.functions});
    resolve(config);
    const std::string directory = directory_of(options.config);
    try {
        // What only the task's data can tell is found before a folder is made.
        (void)make_engine(config, vocabulary, directory);
    } catch (const Error& error) {
        throw InputError(error.what());
    }
    const RunFolder folder = create_run_folder(options.out, config.name, *config.seed);
    Experiment experiment = Experiment::start(config, vocabulary, directory, folder);
    if (!options.quiet) {
        const Engine& engine = experiment.engine();
        std::cout << fmt::format("{}: task {}, {} genomes, seed {}, {} thread{}, {}\n", config.name, config.task.name,
                                 config.evolution.population_size, *config.seed, engine.parallel.threads(),
                                 engine.parallel.threads() == 1 ? "" : "s", name_of(engine.parallel.simd()));
    }
    return run_to_end(experiment, {options.program}, options.quiet);
}

}  // namespace clade
