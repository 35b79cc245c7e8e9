#include "clade/commands/run_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "terminal/terminal.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>
#include <clade/experiment/ranks/rank_team.hpp>
#include <clade/experiment/run/engine.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <numeric>

namespace clade {

namespace {

/// "flowers" for "data/flowers.csv.gz"; empty for a name that would not do for a run.
std::string run_name_of(const std::string& data) {
    const std::string file = std::filesystem::path(data).filename().string();
    const std::string stem = file.substr(0, file.find('.'));
    const bool plain = std::ranges::all_of(
        stem, [](unsigned char c) { return c < 0x80 && (std::isalnum(c) != 0 || c == '_' || c == '-'); });
    return plain ? stem : "";
}

bool is_data_file(const std::string& file) {
    return std::ranges::any_of(std::array{".csv", ".tsv", ".gz", ".zst"},
                               [&](const char* ending) { return file.ends_with(ending); });
}

/// The configuration file, or without one a task of the data.
ConfigSource source_of(const RunOptions& options, const Vocabulary& vocabulary) {
    ConfigSource source{options.config, options.overrides, vocabulary.tasks, vocabulary.functions};
    if (is_data_file(options.config)) {
        throw InputError(options.config + ": is a data file, not a configuration; to learn from it: --data " +
                         options.config + " with --label COLUMN (classes) or --target COLUMN (numbers)");
    }
    if (!options.config.empty()) return source;
    if (options.data.empty()) {
        throw InputError(
            "clade run: needs CONFIG, the experiment's YAML file, or --data FILE with --label COLUMN (classes) or "
            "--target COLUMN (numbers)\nsee 'clade run --help'");
    }
    source.file = "the command line";
    source.text = "";
    std::vector<std::string>& overrides = source.overrides;
    const auto is_of_task = [](const std::string& override) { return override.starts_with("task."); };
    // Behind what was typed, so that messages about the task name that.
    overrides.insert(std::next(std::ranges::find_if(overrides, is_of_task)), "task.name=supervised");
    const std::string name = run_name_of(options.data);
    if (!name.empty()) overrides.insert(overrides.begin(), "name='" + name + "'");
    return source;
}

/// The run's parts. Messages about the data name keys, which without a configuration are set on the command line.
PreparedRun prepared(const ConfigSource& source, const ExperimentConfig& config, const Vocabulary& vocabulary) {
    try {
        return prepare_run(source, config, vocabulary);
    } catch (const InputError& error) {
        if (!source.text) throw;
        throw InputError(std::string(error.what()) +
                         "\nkeys of the data are set with --set task.KEY=VALUE, lists as --set 'task.exclude=[a, b]'; "
                         "see 'clade tasks supervised'");
    }
}

/// "2 threads", "4 ranks with 8 threads".
std::string threads_text(const Experiment& experiment) {
    const Engine& engine = experiment.engine();
    if (!engine.ranks) return counted(engine.parallel.threads(), "thread");
    const std::vector<std::size_t> threads = engine.ranks->threads(experiment.config().evaluation.threads);
    return counted(threads.size(), "rank") + " with " + counted(std::reduce(threads.begin(), threads.end()), "thread");
}

}  // namespace

int run_command(const RunOptions& options, const Vocabulary& vocabulary) {
    const ConfigSource source = source_of(options, vocabulary);
    ExperimentConfig config = load_config(source);
    resolve(config);
    PreparedRun run = prepared(source, config, vocabulary);
    const RunFolder folder = make_new_folder(options.out, config.name, *config.seed);
    Experiment experiment = Experiment::start(std::move(run), folder);
    if (options.output.is_for_people()) {
        std::cout << for_reading(
            fmt::format("{}: task {}, {}, seed {}, {}, {}\n", escaped(config.name), config.task.name,
                        counted(static_cast<std::uint64_t>(config.evolution.population_size), "genome"), *config.seed,
                        threads_text(experiment), name_of(experiment.engine().parallel.simd())),
            Output::out);
    }
    return run_to_end(experiment, {options.program}, options.output);
}

}  // namespace clade
