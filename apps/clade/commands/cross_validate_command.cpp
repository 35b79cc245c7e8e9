#include "clade/commands/cross_validate_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/commands/run_session.hpp"
#include "clade/output/report_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

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
        fmt::format("task '{}' has no rows to deal into folds: see 'clade tasks supervised'", config.task.name));
}

/// Every fold's configuration, checked together with its data before anything runs.
std::vector<PreparedFold> prepare_folds(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    ExperimentConfig first = load_config({options.config, options.overrides, vocabulary.tasks, vocabulary.functions});
    check_has_folds(first);
    resolve(first);  // all folds have the seed of the first, which deals the rows
    std::vector<PreparedFold> folds;
    for (int fold = 0; fold < options.folds; ++fold) {
        std::vector<std::string> overrides = options.overrides;
        overrides.push_back(fmt::format("seed={}", *first.seed));
        overrides.push_back(fmt::format("task.folds={}", options.folds));
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

/// Cells of a row a fold, then of mean and deviation; `text` writes a measure.
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

std::string results_table(const std::vector<FoldResult>& results) {
    TextTable table;
    table.column("fold", TextTable::Align::left);
    table.column("generations");
    for (std::string name : measure_names(results)) {
        std::replace(name.begin(), name.end(), ' ', '\n');
        table.column(std::move(name));
    }
    for (auto& row : result_rows(results, short_fitness)) table.row(std::move(row));
    return table.text(terminal_width(Output::out));
}

void print_results(Format format, const ExperimentConfig& config, const std::string& folder,
                   const std::vector<FoldResult>& results) {
    if (format == Format::json) {
        std::cout << results_json(config, folder, results).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    } else if (format == Format::csv) {
        std::cout << results_csv(results);
    } else {
        std::cout << fmt::format("{}: task {}, {} folds, {} genomes, seed {}\n\n", config.name, config.task.name,
                                 results.size(), config.evolution.population_size, *config.seed)
                  << results_table(results) << "\nruns: " << folder << '\n';
    }
}

}  // namespace

int cross_validate_command(const CrossValidateOptions& options, const Vocabulary& vocabulary) {
    const std::vector<PreparedFold> folds = prepare_folds(options, vocabulary);
    const ExperimentConfig& config = folds.front().config;
    const std::filesystem::path folder = make_new_folder(options.out, config.name + "-folds", config.seed).path;
    StopSignals signals;
    std::vector<FoldResult> results;
    for (const PreparedFold& fold : folds) {
        const RunFolder run{folder / fmt::format("fold-{}", results.size())};
        std::filesystem::create_directory(run.path);
        Experiment experiment = Experiment::start(fold.config, vocabulary, fold.inputs, run);
        const std::string label = fmt::format("fold {} of {}", results.size(), folds.size());
        const Outcome outcome = run_with_progress(experiment, signals, options.quiet, label);
        if (outcome == Outcome::interrupted) {
            std::cerr << fmt::format("interrupted in fold {} of {}; its run, and those before it, are in {}\n",
                                     results.size(), folds.size(), folder.string());
            return signals.exit_code();
        }
        results.push_back(result_of(experiment, outcome));
    }
    print_results(options.format, config, folder.string(), results);
    return 0;
}

}  // namespace clade
