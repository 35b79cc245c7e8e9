#include "clade/commands/suite_command.hpp"

#include "clade/commands/new_folder.hpp"
#include "clade/output/json_text.hpp"
#include "clade/output/trials_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>
#include <clade/experiment/trials/suite.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <utility>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// A suite that has ended.
struct EndedSuite {
    std::string folder{};
    std::vector<SuiteResult> results{};
    std::vector<double> seconds{};  ///< of each: sum of its trials' own time
    std::vector<SuiteResult> recorded{};
    std::vector<SuiteDifference> differences{};

    [[nodiscard]] bool is_worse() const { return std::ranges::any_of(differences, &SuiteDifference::is_worse); }
};

std::vector<SuiteResult> read_recorded(const fs::path& folder) {
    const fs::path file = recorded_file(folder);
    if (!fs::exists(file)) return {};
    return recorded_from_csv(read_file(file), printable(file.string(), 200));
}

/// The sets of all entries. Throws ConfigError with every mistake of any of them.
std::vector<TrialSet> plan_suite(const SuiteOptions& options, const Vocabulary& vocabulary) {
    std::vector<TrialSet> sets;
    std::vector<ConfigIssue> issues;
    const auto add = [&](const ConfigIssue& issue) {  // a mistake on the command line is one of every configuration
        if (std::ranges::find(issues, issue) == issues.end()) issues.push_back(issue);
    };
    for (const fs::path& entry : suite_entries(options.suite)) {
        TrialsOptions one = static_cast<const TrialsOptions&>(options);
        if (!is_trials(entry)) one.trials = options.trials.value_or(suite_trials);
        try {
            sets.push_back(plan_trials(entry.string(), one, vocabulary));
        } catch (const ConfigError& error) {
            for (const ConfigIssue& issue : error.issues()) add(issue);
        } catch (const InputError& error) {
            add({.file = "", .key = "", .message = error.what()});
        }
    }
    throw_if_any(issues);
    return sets;
}

/// Makes the folders of new sets, with the recorded table beside them; those that were begun have theirs.
fs::path make_folders(const SuiteOptions& options, std::vector<TrialSet>& sets) {
    if (!sets.front().folder.empty()) return options.suite;
    fs::path folder = make_new_folder(options.out, "suite", sets.front().config.seed).path;
    const std::vector<fs::path> entries = suite_entries(options.suite);
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const fs::path set = folder / entries[i].stem();
        fs::create_directory(set);
        sets[i] = create_trials(set, sets[i].config, sets[i].inputs, sets[i].trials);
    }
    const fs::path recorded = recorded_file(options.suite);
    if (fs::exists(recorded)) fs::copy_file(recorded, recorded_file(folder));
    return folder;
}

std::string count_text(std::size_t solved, std::size_t trials) { return fmt::format("{} of {}", solved, trials); }

/// "10 of 10 solved", "test accuracy 0.953"; `brief`: "10 of 10", "0.953".
std::string result_text(const SuiteResult* result, bool brief = false) {
    if (result == nullptr || result->trials.empty()) return "-";
    if (result->has_criterion) return count_text(result->solved(), result->trials.size()) + (brief ? "" : " solved");
    if (result->measure.empty()) return "-";
    const std::string mean = fmt::format("{:.3f}", result->values().mean);
    return brief ? mean : result->measure + " " + mean;
}

/// Of the configurations with a criterion, together.
std::string total_text(const std::vector<SuiteResult>& results, bool brief = false) {
    std::size_t solved = 0;
    std::size_t trials = 0;
    for (const SuiteResult& result : results) {
        if (!result.has_criterion) continue;
        solved += result.solved();
        trials += result.trials.size();
    }
    return trials == 0 ? "-" : count_text(solved, trials) + (brief ? "" : " solved");
}

std::string suite_table(const EndedSuite& ended, std::size_t width) {
    TextTable table;
    table.column("configuration", TextTable::Align::left);
    table.column("result", TextTable::Align::left);
    table.columns({{"evaluations", 5}, {"deviation", 3}, {"time", 2}});
    table.column("recorded", TextTable::Align::left, false, 6);
    const auto cell = [](double value) { return std::isnan(value) ? std::string("-") : grouped(value); };
    double seconds = 0.0;
    for (std::size_t i = 0; i < ended.results.size(); ++i) {
        const SuiteResult& result = ended.results[i];
        const Summary evaluations = result.evaluations();
        seconds += ended.seconds[i];
        table.row({escaped(result.name), result_text(&result), cell(evaluations.mean), cell(evaluations.deviation),
                   short_time(ended.seconds[i]), result_text(find_result(ended.recorded, result.name), true)});
    }
    table.row({"total", total_text(ended.results), "", "", short_time(seconds), total_text(ended.recorded, true)});
    return table.text(width);
}

std::string sentence_of(const EndedSuite& ended, const SuiteDifference& difference) {
    const auto p = p_text(difference.p);
    if (difference.name.empty()) {
        return fmt::format("all: {} solved than recorded, beyond chance ({} against {}, {})",
                           difference.is_worse ? "fewer" : "more", total_text(ended.results),
                           total_text(ended.recorded), p);
    }
    const SuiteResult& now = *find_result(ended.results, difference.name);
    const SuiteResult& then = *find_result(ended.recorded, difference.name);
    const std::string name = escaped(difference.name);
    if (difference.aspect == SuiteAspect::evaluations) {
        const auto mean = [](const SuiteResult& result) {
            return result.solved() == 0 ? std::string("none solved") : grouped(result.evaluations().mean);
        };
        return fmt::format("{}: needs {} evaluations than recorded, beyond chance (mean {} against {}, {})", name,
                           difference.is_worse ? "more" : "fewer", mean(now), mean(then), p);
    }
    const bool solved = difference.aspect == SuiteAspect::solved;
    const std::string what = solved ? (difference.is_worse ? "fewer solved" : "more solved")
                                    : (difference.is_worse ? "a lower " : "a higher ") + now.measure;
    return fmt::format("{}: {} than recorded, beyond chance ({} against {}, {})", name, what, result_text(&now),
                       result_text(&then), p);
}

std::vector<std::string> sentences_of(const EndedSuite& ended) {
    if (ended.recorded.empty()) return {"nothing is recorded: --record writes recorded.csv"};
    std::vector<std::string> sentences;
    for (const SuiteDifference& difference : ended.differences) sentences.push_back(sentence_of(ended, difference));
    if (all_as_recorded(ended.results, ended.recorded)) {
        sentences.emplace_back("every trial is as recorded");
    } else if (sentences.empty()) {
        sentences.emplace_back("no difference from what is recorded beyond chance");
    }
    return sentences;
}

Json result_json(const SuiteResult& result) {
    const Summary evaluations = result.evaluations();
    Json json{{"configuration", result.name},
              {"trials", result.trials.size()},
              {"has_criterion", result.has_criterion},
              {"solved", result.solved()},
              {"evaluations_mean", number_json(evaluations.mean)},
              {"evaluations_deviation", number_json(evaluations.deviation)}};
    if (result.measure.empty()) return json;
    const Summary values = result.values();
    json["measure"] = result.measure;
    json["measure_mean"] = number_json(values.mean);
    json["measure_deviation"] = number_json(values.deviation);
    return json;
}

Json suite_json(const EndedSuite& ended) {
    Json json{{"folder", ended.folder}, {"configurations", Json::array()}};
    for (std::size_t i = 0; i < ended.results.size(); ++i) {
        const SuiteResult* const recorded = find_result(ended.recorded, ended.results[i].name);
        json["configurations"].push_back(result_json(ended.results[i]));
        json["configurations"].back()["run_s"] = ended.seconds[i];
        json["configurations"].back()["recorded"] = recorded == nullptr ? Json(nullptr) : result_json(*recorded);
    }
    json["is_worse"] = ended.is_worse();
    json["sentences"] = sentences_of(ended);
    return json;
}

void print_suite(const EndedSuite& ended, Format format) {
    if (format == Format::json) {
        std::cout << json_text(suite_json(ended));
    } else if (format == Format::csv) {
        std::cout << recorded_to_csv(ended.results);
    } else {
        std::string text = "\n";
        for (const std::string& sentence : sentences_of(ended)) text += sentence + "\n";
        std::cout << suite_table(ended, terminal_width(Output::out))
                  << for_reading(text + "\nsuite: " + ended.folder + "\n", Output::out);
    }
}

}  // namespace

int suite_command(const SuiteOptions& options, const Vocabulary& vocabulary) {
    EndedSuite ended{.recorded = read_recorded(options.suite)};
    std::vector<TrialSet> sets = plan_suite(options, vocabulary);
    ended.folder = make_folders(options, sets).string();
    StopSignals signals;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const std::string name = sets[i].folder.filename().string();
        const std::string label = fmt::format("{} ({} of {})", escaped(name), i + 1, sets.size());
        if (!complete(sets[i], vocabulary, signals, options.quiet, label)) {
            say_how_to_go_on(options, {"suite", ended.folder});
            return signals.exit_code();
        }
        const EndedTrials trials = clade::read_ended(sets[i], vocabulary);
        ended.results.push_back(suite_result(name, trials.results));
        ended.seconds.push_back(trials.summary.run_seconds);
    }
    if (options.record) replace_file(recorded_file(options.suite), recorded_to_csv(ended.results));
    ended.differences = compare_suites(ended.results, ended.recorded);
    print_suite(ended, options.format);
    return !options.record && ended.is_worse() ? 1 : 0;
}

}  // namespace clade
