#include "clade/inspect/inspect_timeline.hpp"

#include "clade/history/species_timeline.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "terminal/river_chart.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <numeric>

namespace clade::inspect {
namespace {

using history::SpeciesLife;

constexpr std::size_t letters = 26;  ///< species with a letter of their own
constexpr char other_mark = '.';

/// The species with most members over the run, in the order of their ids; at most `limit`.
std::vector<std::size_t> largest_species(const std::vector<SpeciesLife>& lives, std::size_t limit) {
    std::vector<std::size_t> order(lives.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return lives[a].members() > lives[b].members(); });
    order.resize(std::min(order.size(), limit));
    std::sort(order.begin(), order.end());
    return order;
}

/// A letter for each of the largest species, a dot for the others.
std::string marks_of(const std::vector<SpeciesLife>& lives) {
    std::string marks(lives.size(), other_mark);
    char letter = 'a';
    for (const std::size_t i : largest_species(lives, std::min(letters, rows_shown))) marks[i] = letter++;
    return marks;
}

std::string chart_text(const std::vector<SpeciesLife>& lives, const std::string& marks) {
    std::vector<RiverStream> streams;
    for (std::size_t i = 0; i < lives.size(); ++i) {
        streams.push_back({marks[i], lives[i].born, {lives[i].sizes.begin(), lives[i].sizes.end()}});
    }
    return river_chart(streams, {.width = std::min(terminal_width(Output::out), chart_width),
                                 .height = 12,
                                 .axis = "generation; the height of a letter is its species' share of the genomes"});
}

/// "species 0", "species 0 and 3", "the first generation", "a restart".
std::string origin_text(const SpeciesLife& life) {
    if (life.parents.empty()) return life.born == 0 ? "the first generation" : "a restart";
    std::vector<std::uint32_t> ids;
    for (const SpeciesId id : life.parents) ids.push_back(raw(id));
    return fmt::format("species {}", fmt::join(ids, " and "));
}

void print_table(const std::vector<SpeciesLife>& lives, const std::string& marks) {
    TextTable table;
    table.columns({{"species", TextTable::always}});
    table.column("mark", TextTable::Align::left, false, 5);
    table.column("generations", TextTable::Align::left);
    table.column("born of", TextTable::Align::left, false, 3);
    table.column("founder", TextTable::Align::right, false, 1);
    table.columns({{"largest", 4}, {"best", TextTable::always}, {"champion", 2}});
    table.column("end", TextTable::Align::left, false, 6);
    const std::vector<std::size_t> shown = largest_species(lives, rows_shown);
    for (const std::size_t i : shown) {
        const SpeciesLife& life = lives[i];
        table.row({std::to_string(raw(life.id)), std::string(1, marks[i]),
                   fmt::format("{} to {}", life.born, life.last()), origin_text(life),
                   std::to_string(raw(life.founder.id)), std::to_string(life.largest()), short_fitness(life.best),
                   life.champion == no_genome ? "-" : std::to_string(raw(life.champion)),
                   std::string(name_of(life.end))});
    }
    std::cout
        << '\n'
        << table.text(terminal_width(Output::out)) << thinned_note(shown.size(), lives.size(), "species, the largest,")
        << for_reading(
               "\nstagnant: no progress for too long. outcompeted: too unfit for children. absorbed: its children "
               "joined other species. restart: every species had stagnated.\n",
               Output::out);
}

Json life_json(const SpeciesLife& life) {
    Json parents = Json::array();
    for (const SpeciesId id : life.parents) parents.push_back(raw(id));
    return {{"species", raw(life.id)},
            {"born", life.born},
            {"last", life.last()},
            {"founder", raw(life.founder.id)},
            {"parents", std::move(parents)},
            {"largest", life.largest()},
            {"members", life.members()},
            {"best", json_value(life.best)},
            {"champion", json_value(life.champion)},
            {"end", name_of(life.end)},
            {"sizes", life.sizes}};
}

void print_csv(const std::vector<SpeciesLife>& lives) {
    std::cout << "species,born,last,founder,parents,largest,members,best,champion,end\n";
    for (const SpeciesLife& life : lives) {
        std::vector<std::uint32_t> parents;
        for (const SpeciesId id : life.parents) parents.push_back(raw(id));
        std::cout << csv_line({std::to_string(raw(life.id)), std::to_string(life.born), std::to_string(life.last()),
                               std::to_string(raw(life.founder.id)), fmt::format("{}", fmt::join(parents, "+")),
                               std::to_string(life.largest()), std::to_string(life.members()), csv_value(life.best),
                               csv_value(life.champion), std::string(name_of(life.end))});
    }
}

}  // namespace

void print_timeline(const Subject& subject, Format format) {
    const std::vector<SpeciesLife> lives = history::species_timeline(subject.run);
    if (format == Format::json) {
        Json json{{"run", subject.run.folder.path.string()}, {"species", Json::array()}};
        for (const SpeciesLife& life : lives) json["species"].push_back(life_json(life));
        return print(json);
    }
    if (format == Format::csv) return print_csv(lives);
    const std::string marks = marks_of(lives);
    std::cout << chart_text(lives, marks);
    print_table(lives, marks);
}

}  // namespace clade::inspect
