#include "clade/inspect/inspect_lineage.hpp"

#include "clade/history/lineage.hpp"
#include "clade/history/operator_words.hpp"
#include "clade/inspect/gene_text.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <numeric>

namespace clade::inspect {
namespace {

using history::Ancestor;
using history::LineageStep;

constexpr std::size_t changes_shown = 3;  ///< of a step, in text

struct LineagePage {
    const Subject& subject;
    std::vector<Ancestor> line;
    std::vector<LineageStep> steps;

    [[nodiscard]] const GenomeRow& genome() const { return line.back().row; }
    [[nodiscard]] std::vector<ValueDifference> changes(const LineageStep& step) const {
        const GenomeView other = step.other_genes.empty() ? GenomeView{} : step.other_genes[0];
        return value_differences(step.diff, step.genes.shape(), subject.vocabulary.functions,
                                 step.other_genes.empty() ? nullptr : &other);
    }
};

/// How much fitness rose, from a parent that had one.
double rise_of(const LineageStep& step) {
    const double rise = std::abs(step.genome.row.fitness - step.genome.parent->fitness);
    return std::isfinite(rise) ? rise : 0.0;
}

const char* origin_of(const ValueDifference& change) { return change.from_other ? "other parent" : "mutation"; }

// ---- text ----

/// A gene's values in one phrase.
std::string gene_phrase(const std::vector<ValueDifference>& values) {
    const ValueDifference& gene = values.front();
    if (gene.change == GeneChange::only_a) return fmt::format("{} {} removed", gene.gene, gene.where);
    if (gene.change == GeneChange::only_b) {
        const bool is_node = gene.gene == "node";
        return fmt::format("new {} {}{}", gene.gene, gene.where,
                           is_node ? "" : fmt::format(" ({} {})", gene.column, short_value(gene.json_b, gene.b)));
    }
    std::string text;
    for (const ValueDifference& one : values) {
        if (!text.empty()) text += ", ";
        if (one.column == "enabled") {
            text += fmt::format("{} {}", one.where, one.b == "1" ? "enabled" : "disabled");
            continue;
        }
        text += fmt::format("{} of {} {} to {}", one.column, one.where, short_value(one.json_a, one.a),
                            short_value(one.json_b, one.b));
        if (one.from_other) text += " (other parent)";
    }
    return text;
}

/// What makes a change worth telling: structure and functions before numbers, of these the larger difference.
double weight_of(const ValueDifference& change) {
    if (change.change != GeneChange::value || !change.json_a.is_number() || !change.json_b.is_number()) return 1e30;
    return std::abs(change.json_a.get<double>() - change.json_b.get<double>());
}

/// "new node hidden 7; weight of input 0 -> output 2 0.3 to 1.2; and 3 more".
std::string changes_text(const std::vector<ValueDifference>& changes) {
    if (changes.empty()) return "none: equal genes, scored again";
    std::vector<std::vector<ValueDifference>> genes;
    for (const ValueDifference& change : changes) {
        const bool same =
            !genes.empty() && genes.back().front().gene == change.gene && genes.back().front().id == change.id;
        if (!same) genes.emplace_back();
        genes.back().push_back(change);
    }
    const auto weight = [](const std::vector<ValueDifference>& gene) {
        double most = 0.0;
        for (const ValueDifference& change : gene) most = std::max(most, weight_of(change));
        return most;
    };
    std::stable_sort(genes.begin(), genes.end(), [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
    std::string text;
    for (std::size_t i = 0; i < std::min(genes.size(), changes_shown); ++i) {
        text += (i == 0 ? "" : "; ") + gene_phrase(genes[i]);
    }
    if (genes.size() > changes_shown) {
        text += fmt::format("; and {} more", genes.size() - changes_shown);
    }
    return text;
}

/// The steps of the largest rises, in their order.
std::vector<std::size_t> largest_rises(const std::vector<LineageStep>& steps) {
    std::vector<std::size_t> order(steps.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return rise_of(steps[a]) > rise_of(steps[b]); });
    order.resize(std::min(order.size(), rows_shown));
    std::sort(order.begin(), order.end());
    return order;
}

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
        const auto largest = std::max_element(page.steps.begin(), page.steps.end(),
                                              [](const auto& a, const auto& b) { return rise_of(a) < rise_of(b); });
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
    const std::vector<std::size_t> shown = largest_rises(page.steps);
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
