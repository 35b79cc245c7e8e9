#include "clade/commands/compare_command.hpp"

#include "clade/output/json_text.hpp"
#include "clade/output/trials_output.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/experiment/trials/trials_comparison.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

/// All sets of the command, ended, and what came of comparing them.
struct Compared {
    std::vector<EndedTrials> sets;
    std::vector<std::string> names;
    TrialsComparison comparison;
};

/// The configurations' names; where two share one, all as they were given.
std::vector<std::string> names_of(const std::vector<EndedTrials>& sets, const std::vector<std::string>& given) {
    std::vector<std::string> names;
    for (const EndedTrials& ended : sets) {
        if (std::find(names.begin(), names.end(), ended.set.config.name) != names.end()) return given;
        names.push_back(ended.set.config.name);
    }
    return names;
}

std::string percent(double share) { return fmt::format("{:.0f} %", 100.0 * share); }

std::string ranked_text(const Compared& compared, std::size_t set) {
    const double median = compared.comparison.ranked[set].median;
    if (compared.comparison.rank != TrialRank::evaluations) return short_fitness(median);
    return std::isfinite(median) ? grouped(median) : "unsolved";
}

/// What the trials are ranked by, where none is solved.
std::string fitness_name(const Compared& compared) {
    return compared.comparison.rank == TrialRank::held_out ? "held-out fitness" : "best fitness";
}

std::string rank_sentence(const Compared& compared, const ComparedPair& pair) {
    const bool by_fitness = compared.comparison.rank != TrialRank::evaluations;
    const bool held_out = compared.comparison.rank == TrialRank::held_out;
    const bool a_is_better = pair.ranks.a12 >= 0.5;
    const std::size_t better = a_is_better ? pair.a : pair.b;
    const std::size_t worse = a_is_better ? pair.b : pair.a;
    const std::string medians = fmt::format("median {} against {}, {}", ranked_text(compared, better),
                                            ranked_text(compared, worse), p_text(pair.ranks_p));
    if (pair.ranks_p >= significance_level) {
        return fmt::format("no significant difference in {} between {} and {} ({})",
                           by_fitness ? fitness_name(compared) : "evaluations", compared.names[better],
                           compared.names[worse], medians);
    }
    return fmt::format("{} {} than {} ({}, {} is better in {} of pairs)", compared.names[better],
                       by_fitness ? "reaches a better " + std::string(held_out ? "held-out fitness" : "fitness")
                                  : "needs fewer evaluations",
                       compared.names[worse], medians, compared.names[better],
                       percent(std::max(pair.ranks.a12, 1.0 - pair.ranks.a12)));
}

/// Empty where the shares of solved trials may be equal.
std::string success_sentence(const Compared& compared, const ComparedPair& pair) {
    if (pair.success_p >= significance_level) return "";
    const auto solved = [&](std::size_t set) { return compared.sets[set].summary.success_rate(); };
    const std::size_t better = solved(pair.a) >= solved(pair.b) ? pair.a : pair.b;
    const std::size_t worse = better == pair.a ? pair.b : pair.a;
    const auto count = [&](std::size_t set) {
        return fmt::format("{} of {}", compared.sets[set].summary.solved, compared.sets[set].summary.trials);
    };
    return fmt::format("{} solves the task more often than {} ({} against {}, {})", compared.names[better],
                       compared.names[worse], count(better), count(worse), p_text(pair.success_p));
}

std::vector<std::string> sentences_of(const Compared& compared, const ComparedPair& pair) {
    std::vector<std::string> sentences{rank_sentence(compared, pair)};
    if (std::string sentence = success_sentence(compared, pair); !sentence.empty()) {
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

Json pair_json(const Compared& compared, const ComparedPair& pair) {
    return {{"a", compared.names[pair.a]},
            {"b", compared.names[pair.b]},
            {"u", pair.ranks.u},
            {"p", pair.ranks.p},
            {"p_adjusted", pair.ranks_p},
            {"a12", pair.ranks.a12},
            {"success_p_adjusted", pair.success_p},
            {"sentences", sentences_of(compared, pair)}};
}

Json compared_json(const Compared& compared) {
    Json json{{"ranked_by", name_of(compared.comparison.rank)},
              {"level", significance_level},
              {"sets", Json::array()},
              {"pairs", Json::array()}};
    for (std::size_t i = 0; i < compared.sets.size(); ++i) {
        Json set = summary_json(compared.sets[i]);
        set["label"] = compared.names[i];
        set["median_of_all"] = compared.comparison.ranked[i].median;  // null: more than half are unsolved
        json["sets"].push_back(std::move(set));
    }
    for (const ComparedPair& pair : compared.comparison.pairs) json["pairs"].push_back(pair_json(compared, pair));
    return json;
}

std::string compared_csv(const Compared& compared) {
    std::string text = "a,b,u,p,p_adjusted,a12,success_p_adjusted\n";
    for (const ComparedPair& pair : compared.comparison.pairs) {
        text +=
            fmt::format("{},{},{},{},{},{},{}\n", csv_cell(compared.names[pair.a]), csv_cell(compared.names[pair.b]),
                        pair.ranks.u, pair.ranks.p, pair.ranks_p, pair.ranks.a12, pair.success_p);
    }
    return text;
}

std::string compared_text(const Compared& compared, std::size_t width) {
    const bool by_fitness = compared.comparison.rank != TrialRank::evaluations;
    const char* const median_fitness =
        compared.comparison.rank == TrialRank::held_out ? "median held-out fitness" : "median fitness";
    TextTable sets;
    sets.column("set", TextTable::Align::left, true);
    sets.columns({{"solved", TextTable::always},
                  {by_fitness ? median_fitness : "median evaluations", 5},
                  {"mean evaluations", 3},
                  {"hidden nodes", 2},
                  {"connections", 1}});
    const auto cell = [](double value, const std::string& text) { return std::isnan(value) ? "-" : text; };
    for (std::size_t i = 0; i < compared.sets.size(); ++i) {
        const TrialsSummary& summary = compared.sets[i].summary;
        sets.row({compared.names[i], success_text(summary), ranked_text(compared, i),
                  cell(summary.evaluations.mean, grouped(summary.evaluations.mean)),
                  cell(summary.hidden_nodes.mean, fmt::format("{:.2f}", summary.hidden_nodes.mean)),
                  cell(summary.connections.mean, fmt::format("{:.2f}", summary.connections.mean))});
    }
    std::string text;
    if (by_fitness) text += "No trial was solved, so " + fitness_name(compared) + " is compared.\n";
    for (const ComparedPair& pair : compared.comparison.pairs) {
        for (const std::string& sentence : sentences_of(compared, pair)) text += sentence + "\n";
    }
    const std::size_t pairs = compared.comparison.pairs.size();
    text +=
        "\nMedians include unsolved trials, which rank last. Tests: Mann-Whitney, and Fisher's exact for success rates";
    if (pairs > 1) text += fmt::format("; p-values are corrected for {} pairs (Holm)", pairs);
    text += ".\n\n";
    for (std::size_t i = 0; i < compared.sets.size(); ++i) {
        text += fmt::format("{}: {}\n", compared.names[i], compared.sets[i].set.folder.string());
    }
    return sets.text(width) + "\n" + for_reading(text, Output::out);
}

/// Fitness and evaluations can only be compared on one task.
void check_same_task(const std::vector<TrialSet>& sets, const std::vector<std::string>& given) {
    for (std::size_t i = 1; i < sets.size(); ++i) {
        if (sets[i].config.task.name == sets[0].config.task.name) continue;
        throw InputError(fmt::format("clade compare: all sets must have the same task; {} has '{}', {} has '{}'",
                                     given[0], sets[0].config.task.name, given[i], sets[i].config.task.name));
    }
}

void print_compared(const Compared& compared, Format format) {
    if (format == Format::json) {
        std::cout << json_text(compared_json(compared));
    } else if (format == Format::csv) {
        std::cout << compared_csv(compared);
    } else {
        std::cout << compared_text(compared, terminal_width(Output::out));
    }
}

}  // namespace

int compare_command(const CompareOptions& options, const Vocabulary& vocabulary) {
    std::vector<TrialSet> sets;
    for (const std::string& given : options.sets) sets.push_back(plan_trials(given, options, vocabulary));
    check_same_task(sets, options.sets);
    std::vector<std::string> go_on{"compare"};
    for (TrialSet& set : sets) {
        make_folder(set, options.out);
        go_on.push_back(set.folder.string());
    }
    StopSignals signals;
    std::vector<EndedTrials> ended;
    std::vector<std::vector<TrialResult>> results;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const std::string label = fmt::format("set {} of {}", i + 1, sets.size());
        if (!complete(sets[i], vocabulary, signals, options.quiet, label)) {
            say_how_to_go_on(options, go_on);
            return signals.exit_code();
        }
        ended.push_back(read_ended(sets[i], vocabulary));
        results.push_back(ended.back().results);
    }
    const std::vector<std::string> names = names_of(ended, options.sets);
    print_compared({std::move(ended), names, compare_trials(results, direction_of(sets.front()))}, options.format);
    return 0;
}

}  // namespace clade
