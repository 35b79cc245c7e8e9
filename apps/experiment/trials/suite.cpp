#include <clade/experiment/trials/suite.hpp>

#include <clade/core/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace clade {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view recorded_header = "configuration,seed,solved,evaluations,measure,value";
constexpr std::array<std::string_view, 3> suite_measures{"test accuracy", "test R2", "held-out mean return"};

void require_plain(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return;
    throw InputError("a name in recorded.csv must have no comma, quote or line end, got '" + printable(text) + "'");
}

/// Reads the lines of a recorded table.
class RecordedReader {
public:
    RecordedReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    [[nodiscard]] std::vector<SuiteResult> read() {
        if (next_line() != recorded_header) refuse("the header must be '" + std::string(recorded_header) + "'");
        std::vector<SuiteResult> results;
        while (!text_.empty()) read_row(results);
        return results;
    }

private:
    std::string_view next_line() {
        ++line_;
        const std::size_t end = std::min(text_.find('\n'), text_.size());
        const std::string_view line = text_.substr(0, end);
        text_.remove_prefix(std::min(end + 1, text_.size()));
        return line;
    }

    [[noreturn]] void refuse(const std::string& rule) const {
        throw InputError(name_ + ":" + std::to_string(line_) + ": " + rule +
                         "; write it anew with 'clade suite --record'");
    }

    template <class Number>
    [[nodiscard]] Number number(std::string_view text) const {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size()) {
            refuse("must be a number, got '" + printable(text) + "'");
        }
        return value;
    }

    [[nodiscard]] std::array<std::string_view, 6> fields_of(std::string_view line) const {
        std::array<std::string_view, 6> fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::size_t comma = line.find(',');
            if ((comma == std::string_view::npos) != (i + 1 == fields.size())) refuse("must have six fields");
            fields[i] = line.substr(0, comma);
            line.remove_prefix(std::min(fields[i].size() + 1, line.size()));
        }
        return fields;
    }

    void read_row(std::vector<SuiteResult>& results) {
        const auto [name, seed, solved, evaluations, measure, value] = fields_of(next_line());
        if (!solved.empty() && solved != "0" && solved != "1") {
            refuse("solved must be 0, 1 or empty, got '" + printable(solved) + "'");
        }
        const SuiteResult head{
            .name = std::string(name), .has_criterion = !solved.empty(), .measure = std::string(measure)};
        if (results.empty() || results.back().name != head.name) {
            if (find_result(results, name) != nullptr) refuse("the trials of a configuration must follow each other");
            results.push_back(head);
        }
        SuiteResult& result = results.back();
        if (!result.is_judged_as(head)) {
            refuse("all trials of a configuration must be judged by the same");
        }
        result.trials.push_back({.seed = number<std::uint64_t>(seed),
                                 .solved = solved == "1",
                                 .evaluations = number<std::uint64_t>(evaluations),
                                 .value = value.empty() ? nan : number<double>(value)});
    }

    std::string_view text_;
    const std::string& name_;
    int line_ = 0;
};

/// What the trials are ranked by, smaller for a better one; empty: nothing.
std::vector<double> costs_of(const SuiteResult& result) {
    std::vector<double> costs;
    if (!result.has_criterion && result.measure.empty()) return costs;
    for (const SuiteTrial& trial : result.trials) {
        const double cost = result.has_criterion ? static_cast<double>(trial.evaluations) : -trial.value;
        costs.push_back((result.has_criterion && !trial.solved) || std::isnan(cost) ? infinity : cost);
    }
    return costs;
}

/// Solved trials and all, of several configurations.
struct SolvedCount {
    std::size_t solved = 0;
    std::size_t trials = 0;

    void add(const SuiteResult& result) {
        solved += result.solved();
        trials += result.trials.size();
    }
    [[nodiscard]] double share() const { return static_cast<double>(solved) / static_cast<double>(trials); }
};

SuiteDifference solved_difference(std::string name, const SolvedCount& now, const SolvedCount& then) {
    return {.name = std::move(name),
            .aspect = SuiteAspect::solved,
            .p = fisher_test(now.solved, now.trials, then.solved, then.trials),
            .is_worse = now.share() < then.share()};
}

std::optional<SuiteDifference> rank_difference(const SuiteResult& now, const SuiteResult& then) {
    const std::vector<double> costs = costs_of(now);
    const std::vector<double> costs_then = costs_of(then);
    if (costs.empty() || costs_then.empty()) return std::nullopt;
    const RankTest test = rank_test(costs, costs_then);
    return SuiteDifference{.name = now.name,
                           .aspect = now.has_criterion ? SuiteAspect::evaluations : SuiteAspect::measure,
                           .p = test.p,
                           .is_worse = test.a12 < 0.5};
}

/// Those of an aspect that are beyond chance, each p as it counts among all of them.
std::vector<SuiteDifference> significant(std::vector<SuiteDifference> tests) {
    std::vector<double> p;
    for (const SuiteDifference& test : tests) p.push_back(test.p);
    p = holm(p);
    for (std::size_t i = 0; i < tests.size(); ++i) tests[i].p = p[i];
    std::erase_if(tests, [](const SuiteDifference& test) { return test.p >= significance_level; });
    return tests;
}

}  // namespace

std::size_t SuiteResult::solved() const {
    return static_cast<std::size_t>(std::ranges::count(trials, true, &SuiteTrial::solved));
}

Summary SuiteResult::evaluations() const {
    std::vector<double> values;
    for (const SuiteTrial& trial : trials) {
        if (trial.solved || !has_criterion) values.push_back(static_cast<double>(trial.evaluations));
    }
    return summarise(std::move(values));
}

Summary SuiteResult::values() const {
    std::vector<double> values;
    for (const SuiteTrial& trial : trials) values.push_back(trial.value);
    return summarise(std::move(values));
}

SuiteResult suite_result(std::string name, const std::vector<TrialResult>& results) {
    SuiteResult result{.name = std::move(name),
                       .has_criterion = std::ranges::any_of(results, &TrialResult::has_criterion)};
    const auto has = [&](std::string_view measure) {
        return std::ranges::none_of(results, [&](const TrialResult& trial) {
            return std::isnan(measure_of(trial.measures, std::string(measure)));
        });
    };
    if (!result.has_criterion) {
        const auto* const found = std::ranges::find_if(suite_measures, has);
        if (found != suite_measures.end()) result.measure = *found;
    }
    for (const TrialResult& trial : results) {
        result.trials.push_back(
            {trial.seed, trial.solved, trial.evaluations, measure_of(trial.measures, result.measure)});
    }
    return result;
}

std::vector<fs::path> suite_entries(const fs::path& folder) {
    const std::string name = printable(folder.string(), 200);
    std::error_code error;
    std::vector<fs::path> configurations;
    std::vector<fs::path> sets;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".yaml") configurations.push_back(entry.path());
        if (is_trials(entry.path())) sets.push_back(entry.path());
    }
    if (error) throw InputError(name + ": there is no such folder; a suite is a folder of configurations (*.yaml)");
    std::vector<fs::path> entries = configurations.empty() ? std::move(sets) : std::move(configurations);
    if (entries.empty()) throw InputError(name + ": has no configurations (*.yaml), so it is no suite");
    std::ranges::sort(entries);
    return entries;
}

fs::path recorded_file(const fs::path& folder) { return folder / "recorded.csv"; }

std::string recorded_to_csv(const std::vector<SuiteResult>& results) {
    std::string text = std::string(recorded_header) + "\n";
    for (const SuiteResult& result : results) {
        require_plain(result.name);
        for (const SuiteTrial& trial : result.trials) {
            const std::string solved = trial.solved ? "1" : "0";
            text += result.name + "," + std::to_string(trial.seed) + "," + (result.has_criterion ? solved : "") + "," +
                    std::to_string(trial.evaluations) + "," + result.measure + "," +
                    (std::isnan(trial.value) ? "" : number_text(trial.value)) + "\n";
        }
    }
    return text;
}

std::vector<SuiteResult> recorded_from_csv(std::string_view text, const std::string& name) {
    return RecordedReader(text, name).read();
}

std::vector<SuiteDifference> compare_suites(const std::vector<SuiteResult>& now,
                                            const std::vector<SuiteResult>& recorded) {
    SolvedCount all_now;
    SolvedCount all_then;
    std::vector<SuiteDifference> solved;
    std::vector<SuiteDifference> evaluations;
    std::vector<SuiteDifference> measures;
    for (const SuiteResult& result : now) {
        const SuiteResult* const then = find_result(recorded, result.name);
        if (then == nullptr || !then->is_judged_as(result)) continue;
        if (const auto difference = rank_difference(result, *then)) {
            (result.has_criterion ? evaluations : measures).push_back(*difference);
        }
        if (!result.has_criterion) continue;
        SolvedCount one_now;
        SolvedCount one_then;
        for (SolvedCount* count : {&one_now, &all_now}) count->add(result);
        for (SolvedCount* count : {&one_then, &all_then}) count->add(*then);
        solved.push_back(solved_difference(result.name, one_now, one_then));
    }
    if (solved.size() > 1) solved.push_back(solved_difference("", all_now, all_then));
    const std::vector<SuiteDifference> of_solved = significant(std::move(solved));
    std::vector<SuiteDifference> kept = of_solved;
    for (SuiteDifference& difference : significant(std::move(evaluations))) {
        if (std::ranges::count(of_solved, difference.name, &SuiteDifference::name) == 0) kept.push_back(difference);
    }
    for (SuiteDifference& difference : significant(std::move(measures))) kept.push_back(difference);
    return kept;
}

bool all_as_recorded(const std::vector<SuiteResult>& now, const std::vector<SuiteResult>& recorded) {
    return std::ranges::all_of(now, [&](const SuiteResult& result) {
        const SuiteResult* const then = find_result(recorded, result.name);
        return then != nullptr && then->is_judged_as(result) &&
               std::ranges::all_of(
                   result.trials, [&](const SuiteTrial& trial) { return std::ranges::count(then->trials, trial) > 0; });
    });
}

const SuiteResult* find_result(const std::vector<SuiteResult>& results, std::string_view name) {
    const auto found = std::ranges::find(results, name, &SuiteResult::name);
    return found == results.end() ? nullptr : &*found;
}

}  // namespace clade
