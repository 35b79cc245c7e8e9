#include "clade/commands/cross_validate_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/commands/run_session.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/report_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/trials/trials_summary.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// One fold's run, ready to start.
struct PreparedFold {
    ExperimentConfig config;
    RunInputs inputs;
};

/// How one fold's run ended.
struct FoldResult {
    std::string folder;
    Outcome outcome;
    bool solved;
    GenerationRow last;
    double fitness;  ///< of the champion
    TaskReport report;
};

void check_has_folds(const ExperimentConfig& config) {
    const auto rows = config_reference_rows(*config.task.registry, config.task.name);
    const auto is_fold = [](const ReferenceRow& row) { return row.key == "task.fold"; };
    if (std::any_of(rows.begin(), rows.end(), is_fold)) return;
    throw InputError(
        fmt::format("task '{}' has no data to split into folds; one that has is shown by 'clade tasks supervised'",
                    config.task.name));
}

/// Every fold's configuration, checked together with its data before anything runs.
std::vector<PreparedFold> prepare_folds(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    ExperimentConfig first = load_config({options.config, options.overrides, vocabulary.tasks, vocabulary.functions});
    check_has_folds(first);
    resolve(first);  // all folds have the seed of the first, which deals the rows
    std::vector<PreparedFold> folds;
    const int count = options.folds.value_or(usual_folds);
    for (int fold = 0; fold < count; ++fold) {
        std::vector<std::string> overrides = options.overrides;
        overrides.push_back(fmt::format("seed={}", *first.seed));
        overrides.push_back(fmt::format("task.folds={}", count));
        overrides.push_back(fmt::format("task.fold={}", fold));
        const ConfigSource source{options.config, overrides, vocabulary.tasks, vocabulary.functions};
        ExperimentConfig config = load_config(source);
        resolve(config);
        RunInputs inputs = prepare_run(source, config, vocabulary).inputs;
        folds.push_back({std::move(config), std::move(inputs)});
    }
    return folds;
}

FoldResult result_of(const Experiment& experiment, Outcome outcome) {
    return {experiment.folder().path.string(),
            outcome,
            experiment.solved(),
            *experiment.log().last_generation(),
            experiment.champion().fitness,
            experiment.champion_report()};
}

std::vector<std::string> measure_names(const std::vector<FoldResult>& results) {
    return clade::measure_names(results, [](const FoldResult& result) { return result.report.measures; });
}

/// A measure over the folds.
Summary summary_of(const std::vector<FoldResult>& results, const std::string& name) {
    std::vector<double> values;
    for (const FoldResult& result : results) values.push_back(measure_of(result.report.measures, name));
    return summarise(std::move(values));
}

Json fold_json(std::size_t fold, const FoldResult& result) {
    Json json{{"fold", fold},
              {"run", result.folder},
              {"outcome", name_of(result.outcome)},
              {"solved", result.solved},
              {"generations", result.last.generation + 1},
              {"evaluations", result.last.evaluations_total},
              {"fitness", result.fitness}};
    add_report(json, result.report);
    return json;
}

Json results_json(const ExperimentConfig& config, const std::string& folder, const std::vector<FoldResult>& results) {
    Json json{{"folder", folder},       {"name", config.name},    {"task", config.task.name},   {"seed", *config.seed},
              {"folds", Json::array()}, {"mean", Json::object()}, {"deviation", Json::object()}};
    for (std::size_t fold = 0; fold < results.size(); ++fold) json["folds"].push_back(fold_json(fold, results[fold]));
    for (const std::string& name : measure_names(results)) {
        const Summary folds = summary_of(results, name);
        json["mean"][name] = folds.mean;
        json["deviation"][name] = folds.deviation;
    }
    return json;
}

/// One row of cells per fold, then mean and deviation; `text` formats a measure.
std::vector<std::vector<std::string>> result_rows(const std::vector<FoldResult>& results,
                                                  const std::function<std::string(double)>& text) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t fold = 0; fold < results.size(); ++fold) {
        rows.push_back({std::to_string(fold), std::to_string(results[fold].last.generation + 1)});
    }
    rows.push_back({"mean", ""});
    rows.push_back({"deviation", ""});
    for (const std::string& name : measure_names(results)) {
        for (std::size_t fold = 0; fold < results.size(); ++fold) {
            rows[fold].push_back(text(measure_of(results[fold].report.measures, name)));
        }
        const Summary folds = summary_of(results, name);
        rows[results.size()].push_back(text(folds.mean));
        rows[results.size() + 1].push_back(text(folds.deviation));
    }
    return rows;
}

std::string results_csv(const std::vector<FoldResult>& results) {
    std::string text = "fold,generations";
    for (const std::string& name : measure_names(results)) text += "," + csv_cell(name);
    const auto number = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); };
    for (const auto& row : result_rows(results, number)) text += fmt::format("\n{}", fmt::join(row, ","));
    return text + "\n";
}

/// One row per measure, with as many folds as there is room for. Used where one row per fold is too wide.
std::string measures_table(const std::vector<FoldResult>& results, std::size_t width) {
    TextTable table;
    table.column("measure", TextTable::Align::left, true);
    table.columns({{"mean", TextTable::always}, {"deviation", 2}});
    for (std::size_t fold = 0; fold < results.size(); ++fold) {
        table.column(fmt::format("fold {}", fold), TextTable::Align::right, false, 1);
    }
    for (const std::string& name : measure_names(results)) {
        const Summary folds = summary_of(results, name);
        std::vector<std::string> cells{name, short_fitness(folds.mean), short_fitness(folds.deviation)};
        for (const FoldResult& result : results)
            cells.push_back(short_fitness(measure_of(result.report.measures, name)));
        table.row(std::move(cells));
    }
    return table.text(width);
}

std::string results_table(const std::vector<FoldResult>& results, std::size_t width) {
    TextTable table;
    table.column("fold", TextTable::Align::left);
    table.column("generations", TextTable::Align::right, false, 1);
    for (std::string name : measure_names(results)) {
        std::replace(name.begin(), name.end(), ' ', '\n');
        table.column(std::move(name));
    }
    for (auto& row : result_rows(results, short_fitness)) table.row(std::move(row));
    std::string text = table.text(width);
    return widest_line(text) <= width ? text : measures_table(results, width);
}

void print_results(Format format, const ExperimentConfig& config, const std::string& folder,
                   const std::vector<FoldResult>& results) {
    if (format == Format::json) {
        std::cout << json_text(results_json(config, folder, results));
    } else if (format == Format::csv) {
        std::cout << results_csv(results);
    } else {
        const std::string heading =
            fmt::format("{}: task {}, {} folds, {} genomes, seed {}\n\n", escaped(config.name), config.task.name,
                        results.size(), config.evolution.population_size, *config.seed);
        std::cout << for_reading(heading, Output::out) << results_table(results, terminal_width(Output::out))
                  << "\nruns: " << folder << '\n';
    }
}

RunFolder fold_folder(const std::filesystem::path& folder, std::size_t fold) {
    return {folder / fmt::format("fold-{}", fold)};
}

/// Starts a run for each fold, which has no generation yet, in a new folder.
std::filesystem::path start_folds(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    const std::vector<PreparedFold> folds = prepare_folds(options, vocabulary);
    const ExperimentConfig& config = folds.front().config;
    std::filesystem::path folder = make_new_folder(options.out, config.name + "-folds", config.seed).path;
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
        const RunFolder run = fold_folder(folder, fold);
        std::filesystem::create_directory(run.path);
        (void)Experiment::start(folds[fold].config, vocabulary, folds[fold].inputs, run);
    }
    return folder;
}

std::size_t count_folds(const std::filesystem::path& folder) {
    std::size_t count = 0;
    while (std::filesystem::exists(fold_folder(folder, count).log())) ++count;
    return count;
}

/// The folder of an earlier cross-validation, all of whose folds have been started.
std::filesystem::path earlier_folds(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    const std::size_t count = count_folds(options.config);
    if (count == 0) throw InputError(options.config + ": is no cross-validation: it has no run fold-0");
    if (options.out != CrossValidateOptions{}.out) {
        throw InputError("--out: an existing cross-validation stays in its folder");
    }
    if (options.folds) throw InputError("--folds needs a configuration, not the folder of an earlier cross-validation");
    const ExperimentConfig config = open_run(fold_folder(options.config, 0), vocabulary).config;
    for (const ReferenceRow& row : config_reference(config)) {
        if (row.key != "task.folds" || row.default_value == std::to_string(count)) continue;
        throw InputError(fmt::format("{}: has {} of {} folds: start the cross-validation again", options.config, count,
                                     row.default_value));
    }
    return options.config;
}

void say_interrupted(const CrossValidateOptions& options, const std::filesystem::path& folder) {
    const std::string command = quoted(options.program) + " cross-validate " + quoted(folder.string());
    std::cerr << for_reading("interrupted; to continue:\n  " + command + '\n', Output::err);
}

}  // namespace

int cross_validate_command(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    std::error_code ignored;
    const bool earlier = std::filesystem::is_directory(options.config, ignored);
    const auto folder = earlier ? earlier_folds(options, vocabulary) : start_folds(options, vocabulary);
    const std::vector<std::string> overrides = earlier ? options.overrides : std::vector<std::string>();
    const std::size_t count = count_folds(folder);
    StopSignals signals;
    std::vector<FoldResult> results;
    std::optional<ExperimentConfig> config;
    while (results.size() < count) {
        Experiment experiment = Experiment::resume(fold_folder(folder, results.size()), vocabulary, overrides);
        const std::string label = fmt::format("fold {} of {}", results.size(), count);
        std::optional<Outcome> outcome = experiment.finished();
        if (!outcome) outcome = run_with_progress(experiment, signals, options.quiet, label);
        if (*outcome == Outcome::interrupted) {
            say_interrupted(options, folder);
            return signals.exit_code();
        }
        results.push_back(result_of(experiment, *outcome));
        config = experiment.config();
    }
    print_results(options.format, *config, folder.string(), results);
    return 0;
}

}  // namespace clade
