#include "clade/inspect/inspect_lineage.hpp"

#include "clade/history/lineage.hpp"
#include "clade/history/operator_words.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/inspect/lineage_text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace clade::inspect {
namespace {

using history::Ancestor;
using history::LineageStep;

struct LineagePage {
    const Subject& subject;
    std::vector<Ancestor> line;
    std::vector<LineageStep> steps;

    [[nodiscard]] const GenomeRow& genome() const { return line.back().row; }
    [[nodiscard]] std::vector<ValueDifference> changes(const LineageStep& step) const {
        return changes_of(step, subject.vocabulary.functions);
    }
};

/// How much fitness rose in each step.
std::vector<double> rises_of(const std::vector<LineageStep>& steps) {
    std::vector<double> rises;
    for (const LineageStep& step : steps) rises.push_back(rise_of(step.genome));
    return rises;
}

const char* origin_of(const ValueDifference& change) { return change.from_other ? "other parent" : "mutation"; }

// ---- text ----

void print_facts(const LineagePage& page) {
    const GenomeRow& row = page.genome();
    const GenomeRow& first = page.line.front().row;
    std::vector<Fact> facts{
        {"genome", fmt::format("{} (generation {}, species {})", raw(row.id), row.generation, raw(row.species))},
        {"fitness", fmt::format("{}, from {} of genome {} in generation {}", short_fitness(row.fitness),
                                short_fitness(first.fitness), raw(first.id), first.generation)},
        {"line", fmt::format("{}, each the fitter parent of the next; fitness rose {}",
                             counted(page.line.size(), "genome"), counted(page.steps.size(), "time"))}};
    if (!page.steps.empty()) {
        const auto largest = std::max_element(page.steps.begin(), page.steps.end(), [](const auto& a, const auto& b) {
            return rise_of(a.genome) < rise_of(b.genome);
        });
        const auto& [child, parent, other] = largest->genome;
        facts.push_back(
            {"largest rise", fmt::format("{} -> {} in generation {} (genome {}): {}", short_fitness(parent->fitness),
                                         short_fitness(child.fitness), child.generation, raw(child.id),
                                         history::operators_text(child.operators, ", "))});
    }
    std::cout << facts_text(facts, terminal_width(Output::out));
}

void print_table(const LineagePage& page) {
    TextTable table;
    table.columns({{"generation", TextTable::always}, {"genome", TextTable::always}, {"fitness", TextTable::always}});
    table.column("parents", TextTable::Align::left, false, 1);
    table.column("operators", TextTable::Align::left, false, 3);
    table.column("genes changed", TextTable::Align::left, true, 2);
    const std::vector<std::size_t> shown = largest_rises(rises_of(page.steps), rows_shown);
    for (const std::size_t i : shown) {
        const LineageStep& step = page.steps[i];
        const GenomeRow& row = step.genome.row;
        table.row({std::to_string(row.generation), std::to_string(raw(row.id)),
                   fmt::format("{} -> {}", short_fitness(step.genome.parent->fitness), short_fitness(row.fitness)),
                   parents_text(row), history::operators_text(row.operators, ", "), changes_text(page.changes(step))});
    }
    std::cout << '\n'
              << table.text(terminal_width(Output::out))
              << thinned_note(shown.size(), page.steps.size(), "rises, the largest,");
}

// ---- for programs ----

Json change_json(const ValueDifference& change) {
    constexpr std::array names{"value", "removed", "new"};
    return {{"gene", change.gene},     {"id", change.id},
            {"where", change.where},   {"change", names.at(static_cast<std::size_t>(change.change))},
            {"column", change.column}, {"before", change.json_a},
            {"after", change.json_b},  {"origin", origin_of(change)}};
}

void print_json(const LineagePage& page) {
    Json json{{"run", page.subject.run.folder.path.string()},
              {"genome", raw(page.genome().id)},
              {"ancestors", Json::array()},
              {"rises", Json::array()}};
    for (const Ancestor& ancestor : page.line) {
        Json row = genome_json(ancestor.row, {});
        row.erase("scores");
        json["ancestors"].push_back(std::move(row));
    }
    for (const LineageStep& step : page.steps) {
        const auto& [row, parent, other] = step.genome;
        Json rise{{"generation", row.generation},
                  {"genome", raw(row.id)},
                  {"fitness", json_value(row.fitness)},
                  {"parent", raw(parent->id)},
                  {"parent_fitness", json_value(parent->fitness)},
                  {"other_parent", other ? Json(raw(other->id)) : Json(nullptr)},
                  {"other_parent_fitness", other ? json_value(other->fitness) : Json(nullptr)},
                  {"operators", history::operator_words(row.operators)},
                  {"changes", Json::array()}};
        for (const ValueDifference& change : page.changes(step)) rise["changes"].push_back(change_json(change));
        json["rises"].push_back(std::move(rise));
    }
    print(json);
}

/// A row per value that changed; a step without any has a row with empty cells.
void print_csv(const LineagePage& page) {
    constexpr std::array names{"value", "removed", "new"};
    std::cout << "generation,genome,fitness,parent,parent_fitness,other_parent,operators,gene,id,where,change,column,"
                 "before,after,origin\n";
    for (const LineageStep& step : page.steps) {
        const auto& [row, parent, other] = step.genome;
        const std::vector<std::string> head{std::to_string(row.generation),
                                            std::to_string(raw(row.id)),
                                            csv_value(row.fitness),
                                            std::to_string(raw(parent->id)),
                                            csv_value(parent->fitness),
                                            other ? std::to_string(raw(other->id)) : "",
                                            history::operators_text(row.operators, "+")};
        const std::vector<ValueDifference> changes = page.changes(step);
        for (const ValueDifference& change : changes) {
            std::vector<std::string> cells = head;
            const char* kind = names.at(static_cast<std::size_t>(change.change));
            for (const std::string& cell :
                 {std::string(change.gene), std::to_string(change.id), change.where, std::string(kind),
                  std::string(change.column), change.a, change.b, std::string(origin_of(change))}) {
                cells.push_back(cell);
            }
            std::cout << csv_line(cells);
        }
        if (changes.empty()) {
            std::vector<std::string> cells = head;
            cells.resize(cells.size() + 8);
            std::cout << csv_line(cells);
        }
    }
}

}  // namespace

void print_lineage(const Subject& subject, GenomeId id, Format format) {
    (void)known_genome(subject, id);
    LineagePage page{subject, history::ancestors_of(subject.run.log, id, subject.population), {}};
    page.steps = history::rising_steps(subject.run, subject.vocabulary, page.line);
    if (format == Format::json) return print_json(page);
    if (format == Format::csv) return print_csv(page);
    print_facts(page);
    if (!page.steps.empty()) print_table(page);
}

}  // namespace clade::inspect
