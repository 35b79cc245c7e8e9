#include "clade/inspect/inspect_species.hpp"

#include "clade/inspect/inspect_values.hpp"
#include "terminal/line_chart.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <clade/experiment/log/log_columns.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace clade::inspect {
namespace {

using History = std::vector<std::pair<std::uint32_t, SpeciesRecord>>;

/// Reads the species of every generation: for the message of a mistake only.
[[noreturn]] void throw_unknown(const Subject& subject, SpeciesId id) {
    const std::string folder = subject.run.folder.path.string();
    const auto last = subject.run.log.last_generation();
    if (!last) throw InputError(folder + ": no generation has been logged yet");
    std::uint32_t lowest = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t highest = 0;
    for (std::uint32_t generation = 0; generation <= last->generation; ++generation) {
        for (const SpeciesRecord& species : subject.run.log.species(generation)) {
            lowest = std::min(lowest, raw(species.id));
            highest = std::max(highest, raw(species.id));
        }
    }
    throw InputError(fmt::format("{}: species must be from {} to {}, got {}", folder, lowest, highest, raw(id)));
}

void print_json(const Subject& subject, SpeciesId id, const History& history) {
    Json json{{"run", subject.run.folder.path.string()}, {"species", raw(id)}, {"history", Json::array()}};
    for (const auto& [generation, species] : history) {
        Json row{{"generation", generation}};
        row.update(species_json(species));
        row.erase("id");
        json["history"].push_back(std::move(row));
    }
    print(json);
}

void print_csv(const History& history) {
    std::string header = "generation";
    const auto is_id = [](const LogColumn& column) { return column.name == "id"; };  // the same in every row
    visit_species_columns(
        [&](const LogColumn& column, const auto&) {
            if (!is_id(column)) header += ',' + std::string(column.name);
        },
        SpeciesRecord{});
    std::cout << header << '\n';
    for (const auto& [generation, species] : history) {
        std::vector<std::string> cells{std::to_string(generation)};
        visit_species_columns(
            [&](const LogColumn& column, const auto& value) {
                if (!is_id(column)) cells.push_back(csv_value(value));
            },
            species);
        std::cout << csv_line(cells);
    }
}

void print_table(const History& history) {
    TextTable table;
    table.columns({{"generation", TextTable::always},
                   {"age", 1},
                   {"size", TextTable::always},
                   {"best", TextTable::always},
                   {"mean", 4},
                   {"stagnation", 3},
                   {"offspring", 2},
                   {"champion", 5}});
    const std::vector<std::size_t> shown = thinned(history.size(), rows_shown);
    for (const std::size_t i : shown) {
        const auto& [generation, species] = history[i];
        table.row({std::to_string(generation), std::to_string(species.age), std::to_string(species.size),
                   short_fitness(species.best), short_fitness(species.mean), std::to_string(species.stagnation),
                   std::to_string(species.offspring), std::to_string(raw(species.champion))});
    }
    std::cout << '\n'
              << table.text(terminal_width(Output::out)) << thinned_note(shown.size(), history.size(), "generations");
}

void print_facts(const Subject& subject, SpeciesId id, const History& history) {
    const auto better = [&](const auto& a, const auto& b) {
        return is_better(a.second.best, b.second.best, subject.direction);
    };
    const auto larger = [](const auto& a, const auto& b) { return a.second.size > b.second.size; };
    const auto best = std::min_element(history.begin(), history.end(), better);
    const auto largest = std::min_element(history.begin(), history.end(), larger);
    const auto last = subject.run.log.last_generation();
    const bool alive = last && history.back().first == last->generation;
    std::cout << facts_text(
        {{"species", std::to_string(raw(id))},
         {"generations",
          fmt::format("{} to {}{}", history.front().first, history.back().first, alive ? " (still alive)" : "")},
         {"best fitness", fmt::format("{} in generation {}, genome {}", short_fitness(best->second.best), best->first,
                                      raw(best->second.champion))},
         {"largest", fmt::format("{} in generation {}", counted(largest->second.size, "genome"), largest->first)}},
        terminal_width(Output::out));
}

void print_size_chart(const History& history) {
    std::array series{ChartSeries{"size"}};
    for (const auto& [generation, species] : history) series[0].values.push_back(species.size);
    std::cout << '\n'
              << line_chart(series, {.width = std::min(terminal_width(Output::out), chart_width),
                                     .height = 5,
                                     .axis = "generations since it was founded",
                                     .unicode = locale_is_utf8()});
}

}  // namespace

void print_species(const Subject& subject, SpeciesId id, Format format) {
    const History history = subject.run.log.species_history(id);
    if (history.empty()) throw_unknown(subject, id);
    if (format == Format::json) return print_json(subject, id, history);
    if (format == Format::csv) return print_csv(history);
    print_facts(subject, id, history);
    if (history.size() > 1) print_size_chart(history);
    print_table(history);
}

}  // namespace clade::inspect
