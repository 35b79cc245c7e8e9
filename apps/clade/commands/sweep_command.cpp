#include "clade/commands/sweep_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/trials_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>
#include <clade/experiment/trials/sweep.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// One combination's set, ended.
struct Row {
    std::size_t number;  ///< of the combination, from 1 on
    Combination combination;
    EndedTrials ended;
};

/// A sweep that has ended, the best combination first.
struct EndedSweep {
    const Sweep& sweep;
    std::vector<Row> rows;
};

/// Which keys of a task's configuration take whole numbers only: what is drawn from a range is rounded for them.
std::function<bool(const std::string&)> whole_keys(const Vocabulary& vocabulary, const std::string& task) {
    return [rows = config_reference_rows(vocabulary.tasks, task)](const std::string& key) {
        return std::any_of(rows.begin(), rows.end(),
                           [&](const ReferenceRow& row) { return row.key == key && row.type.starts_with("integer"); });
    };
}

std::vector<Combination> combinations_of(const SweepOptions& options, const std::vector<VariedKey>& keys,
                                         const Vocabulary& vocabulary) {
    if (!options.random) return grid(keys, most_combinations);
    const ExperimentConfig config =
        load_config({options.sweep, options.overrides, vocabulary.tasks, vocabulary.functions});
    return sample(keys, *options.random, config.seed.value_or(first_seed), whole_keys(vocabulary, config.task.name));
}

/// Throws if there are issues; an issue of a varied key names --vary instead of --set.
void throw_as_varied(const std::vector<ConfigIssue>& issues, const std::vector<std::string>& keys) {
    try {
        throw_if_any(issues);
    } catch (const ConfigError& error) {
        std::string text = '\n' + std::string(error.what());
        for (const std::string& key : keys) {
            const std::string setting = "\n--set " + key + "=";
            for (std::size_t at = text.find(setting); at != std::string::npos; at = text.find(setting, at + 1)) {
                text.replace(at, setting.size(), "\n--vary " + key + "=");
            }
        }
        throw InputError(text.substr(1));
    }
}

/// The set of every combination, not yet made. Throws with every mistake of any of them, each once.
std::vector<TrialSet> plan_sets(const SweepOptions& options, const std::vector<std::string>& keys,
                                const std::vector<Combination>& combinations, const Vocabulary& vocabulary) {
    std::vector<TrialSet> sets;
    std::vector<ConfigIssue> issues;
    const auto add = [&](const ConfigIssue& issue) {
        if (std::find(issues.begin(), issues.end(), issue) == issues.end()) issues.push_back(issue);
    };
    for (const Combination& combination : combinations) {
        TrialsOptions one = static_cast<const TrialsOptions&>(options);
        for (std::size_t i = 0; i < keys.size(); ++i) one.overrides.push_back(keys[i] + "=" + combination[i]);
        try {
            sets.push_back(plan_trials(options.sweep, one, vocabulary));
        } catch (const ConfigError& error) {
            for (const ConfigIssue& issue : error.issues()) add(issue);
        } catch (const InputError& error) {
            add({.file = "", .key = "", .message = error.what()});
        }
    }
    throw_as_varied(issues, keys);
    return sets;
}

Sweep plan_sweep(const SweepOptions& options, const Vocabulary& vocabulary) {
    const std::vector<VariedKey> keys = parse_varied_keys(options.vary);
    if (keys.empty()) throw InputError("clade sweep: needs --vary KEY=VALUES: a key and the values to try");
    Sweep sweep{.folder = {}, .name = ""};
    for (const VariedKey& key : keys) sweep.keys.push_back(key.key);
    sweep.combinations = combinations_of(options, keys, vocabulary);
    sweep.sets = plan_sets(options, sweep.keys, sweep.combinations, vocabulary);
    sweep.name = sweep.sets.front().config.name;
    sweep.folder = make_new_folder(options.out, sweep.name + "-sweep", sweep.sets.front().config.seed).path;
    create_sweep(sweep);
    return sweep;
}

/// The sweep in a folder, or a new one of a configuration.
Sweep begin_or_open(const SweepOptions& options, const Vocabulary& vocabulary) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(options.sweep, ignored)) return plan_sweep(options, vocabulary);
    if (!options.vary.empty() || options.random) {
        throw InputError("clade sweep: --vary and --random need a configuration, not the folder of an earlier sweep");
    }
    Sweep sweep = open_sweep(options.sweep, vocabulary, options.overrides);
    for (TrialSet& set : sweep.sets) {
        if (options.trials) extend_trials(set, *options.trials);
    }
    return sweep;
}

/// Held-out fitness, if every trial of the sweep has it.
const Summary& fitness_of(const TrialsSummary& summary, bool held_out) {
    return held_out ? summary.held_out : summary.best_fitness;
}

bool all_held_out(const std::vector<Row>& rows) {
    return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.ended.summary.all_held_out(); });
}

/// More solved trials, then fewer evaluations, then better fitness.
bool is_better(const TrialsSummary& a, const TrialsSummary& b, FitnessDirection direction, bool held_out) {
    if (a.solved * b.trials != b.solved * a.trials) return a.solved * b.trials > b.solved * a.trials;
    if (a.solved > 0 && a.evaluations.mean != b.evaluations.mean) return a.evaluations.mean < b.evaluations.mean;
    return is_better(fitness_of(a, held_out).mean, fitness_of(b, held_out).mean, direction);
}

EndedSweep read_ended(const Sweep& sweep, const Vocabulary& vocabulary) {
    EndedSweep ended{sweep, {}};
    for (std::size_t i = 0; i < sweep.sets.size(); ++i) {
        ended.rows.push_back({i + 1, sweep.combinations[i], clade::read_ended(sweep.sets[i], vocabulary)});
    }
    const FitnessDirection direction = direction_of(sweep.sets.front());
    const bool held_out = all_held_out(ended.rows);
    std::stable_sort(ended.rows.begin(), ended.rows.end(), [&](const Row& a, const Row& b) {
        return is_better(a.ended.summary, b.ended.summary, direction, held_out);
    });
    return ended;
}

Json sweep_json(const EndedSweep& ended) {
    Json json{{"name", ended.sweep.name},
              {"folder", ended.sweep.folder.string()},
              {"keys", ended.sweep.keys},
              {"trials", ended.sweep.sets.front().trials},
              {"combinations", Json::array()}};
    for (const Row& row : ended.rows) {
        Json combination{{"set", row.number}, {"settings", Json::object()}};
        for (std::size_t i = 0; i < row.combination.size(); ++i) {
            combination["settings"][ended.sweep.keys[i]] = row.combination[i];
        }
        combination.update(summary_json(row.ended));
        json["combinations"].push_back(std::move(combination));
    }
    return json;
}

/// NaN becomes an empty text.
std::string number_or(double value, const std::function<std::string(double)>& text, const std::string& none) {
    return std::isnan(value) ? none : text(value);
}

std::string sweep_csv(const EndedSweep& ended) {
    std::string text = "set";
    for (const std::string& key : ended.sweep.keys) text += "," + csv_cell(key);
    text +=
        ",trials,solved,success_rate,success_low,success_high,evaluations_mean,evaluations_median,evaluations_worst,"
        "generations_mean,hidden_nodes_mean,connections_mean,best_fitness_mean,held_out_mean,wall_s\n";
    const auto number = [](double value) {
        return number_or(
            value, [](double finite) { return fmt::format("{}", finite); }, "");
    };
    for (const Row& row : ended.rows) {
        const TrialsSummary& summary = row.ended.summary;
        text += std::to_string(row.number);
        for (const std::string& value : row.combination) text += "," + csv_cell(value);
        text += fmt::format(",{},{}", summary.trials, summary.solved);
        for (const double value : {summary.success_rate(), summary.success.low, summary.success.high,
                                   summary.evaluations.mean, summary.evaluations.median, summary.evaluations.highest,
                                   summary.generations.mean, summary.hidden_nodes.mean, summary.connections.mean,
                                   summary.best_fitness.mean, summary.held_out.mean, row.ended.set.seconds}) {
            text += "," + number(value);
        }
        text += '\n';
    }
    return text;
}

std::string sweep_table(const EndedSweep& ended, std::size_t width) {
    TextTable table;
    table.column("set");
    for (const std::string& key : ended.sweep.keys) {
        table.column(key.substr(key.rfind('.') + 1));  // short: the user knows the rest
    }
    const bool held_out = all_held_out(ended.rows);
    table.columns({{"solved", TextTable::always},
                   {"evaluations", 6},
                   {"median", 3},
                   {"hidden nodes", 2},
                   {"connections", 1},
                   {held_out ? "held-out fitness" : "mean fitness", 4}});
    const auto decimal = [](double value) { return fmt::format("{:.2f}", value); };
    for (const Row& row : ended.rows) {
        const TrialsSummary& summary = row.ended.summary;
        std::vector<std::string> cells{std::to_string(row.number)};
        cells.insert(cells.end(), row.combination.begin(), row.combination.end());
        for (std::string& cell : std::vector<std::string>{
                 success_text(summary), number_or(summary.evaluations.mean, grouped, "-"),
                 number_or(summary.evaluations.median, grouped, "-"),
                 number_or(summary.hidden_nodes.mean, decimal, "-"), number_or(summary.connections.mean, decimal, "-"),
                 short_fitness(fitness_of(summary, held_out).mean)}) {
            cells.push_back(std::move(cell));
        }
        table.row(std::move(cells));
    }
    return table.text(width);
}

/// Each row's value of the only varied key; empty if there are more keys, or the values are no numbers.
std::vector<double> values_of_only_key(const EndedSweep& ended) {
    std::vector<double> values;
    if (ended.sweep.keys.size() > 1) return {};
    for (const Row& row : ended.rows) {
        const std::string& text = row.combination.front();
        double value = 0.0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size()) return {};
        values.push_back(value);
    }
    return values;
}

/// Curves over the varied key, or a bar a set.
bench::Figure sweep_figure(const EndedSweep& ended) {
    const std::vector<double> values = values_of_only_key(ended);
    bench::FigureSeries success{""};
    bench::FigureSeries evaluations{""};
    for (std::size_t i = 0; i < ended.rows.size(); ++i) {
        const Row& row = ended.rows[i];
        const TrialsSummary& summary = row.ended.summary;
        const double x = values.empty() ? static_cast<double>(row.number) : values[i];
        success.points.emplace_back(x, summary.success_rate());
        evaluations.points.emplace_back(x, summary.solved > 0 ? summary.evaluations.mean : 0.0);
    }
    std::sort(success.points.begin(), success.points.end());
    std::sort(evaluations.points.begin(), evaluations.points.end());
    const auto style = values.empty() ? bench::PanelStyle::boxes : bench::PanelStyle::lines;
    return {.x_label = values.empty() ? "set" : ended.sweep.keys.front(),
            .y_label = "share of trials solved",
            .panels = {{.title = ended.sweep.name + ": solved", .style = style, .series = {0}},
                       {.title = "mean evaluations to the solution, 0 where there is none",
                        .style = style,
                        .y_label = "evaluations",
                        .series = {1}}},
            .series = {std::move(success), std::move(evaluations)}};
}

void print_sweep(const EndedSweep& ended, const SweepOptions& options) {
    const std::filesystem::path file = ended.sweep.folder / "sweep.svg";
    const bool drawn = draw_or_say(sweep_figure(ended), file, options.quiet);
    if (options.format == Format::json) {
        Json json = sweep_json(ended);
        json["figure"] = drawn ? Json(file.string()) : Json(nullptr);
        std::cout << json_text(json);
    } else if (options.format == Format::csv) {
        std::cout << sweep_csv(ended);
    } else {
        const std::string heading =
            fmt::format("{}: {} combinations of {}, {} trials each\n\n", escaped(ended.sweep.name), ended.rows.size(),
                        fmt::join(ended.sweep.keys, ", "), ended.sweep.sets.front().trials);
        const std::string folder = fmt::format("\nsweep: {} (set N is in set-N)\n", ended.sweep.folder.string());
        std::cout << for_reading(heading, Output::out) << sweep_table(ended, terminal_width(Output::out))
                  << for_reading(folder, Output::out);
        if (drawn) std::cout << "figure: " << file.string() << '\n';
    }
}

}  // namespace

int sweep_command(const SweepOptions& options, const Vocabulary& vocabulary) {
    Sweep sweep = begin_or_open(options, vocabulary);
    StopSignals signals;
    for (std::size_t i = 0; i < sweep.sets.size(); ++i) {
        const std::string label = fmt::format("set {} of {}", i + 1, sweep.sets.size());
        if (!complete(sweep.sets[i], vocabulary, signals, options.quiet, label)) {
            say_how_to_go_on(options, {"sweep", sweep.folder.string()});
            return signals.exit_code();
        }
    }
    print_sweep(read_ended(sweep, vocabulary), options);
    return 0;
}

}  // namespace clade
