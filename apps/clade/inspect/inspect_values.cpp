#include "clade/inspect/inspect_values.hpp"

#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/breed/reproduction_plan.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include "clade/history/operator_words.hpp"

#include "clade/output/json_text.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iostream>

namespace clade::inspect {

Json json_value(double value) { return number_json(value); }

Json json_value(GenomeId id) { return id == no_genome ? Json(nullptr) : Json(raw(id)); }

std::string csv_value(double value) { return std::isnan(value) ? std::string() : fmt::format("{}", value); }

std::string csv_value(GenomeId id) { return id == no_genome ? std::string() : std::to_string(raw(id)); }

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() && &cell == cells.data() ? "" : ",") + csv_cell(cell);
    return line + '\n';
}

void print(const Json& json) { std::cout << json_text(json); }

std::string parents_text(const GenomeRow& row) {
    if (row.parent_a == no_genome) return "-";
    if (row.parent_b == no_genome || row.parent_b == row.parent_a) return std::to_string(raw(row.parent_a));
    return fmt::format("{}, {}", raw(row.parent_a), raw(row.parent_b));
}

std::vector<std::size_t> thinned(std::size_t count, std::size_t limit) {
    std::vector<std::size_t> positions;
    const std::size_t shown = std::min(count, limit);
    for (std::size_t i = 0; i < shown; ++i) {
        positions.push_back(shown < 2 ? 0 : (i * (count - 1) + (shown - 1) / 2) / (shown - 1));
    }
    return positions;
}

std::string thinned_note(std::size_t shown, std::size_t count, std::string_view what) {
    if (shown == count) return "";
    const std::string note = fmt::format("{} of {} {} shown; --format csv prints all", shown, count, what);
    return for_reading(styled(note, Style::dim, Output::out), Output::out) + '\n';
}

void sort_by_fitness(std::vector<GenomeRow>& genomes, FitnessDirection direction) {
    // A failed genome may also be infinite: among the last, whatever is asked for.
    const auto sortable = [](double fitness) { return std::isfinite(fitness) ? fitness : nan; };
    std::stable_sort(genomes.begin(), genomes.end(), [&](const GenomeRow& a, const GenomeRow& b) {
        return is_better(sortable(a.fitness), sortable(b.fitness), direction);
    });
}

std::string genomes_table(const std::vector<GenomeRow>& genomes, std::size_t limit) {
    TextTable table;
    table.columns({{"genome", TextTable::always}, {"fitness", TextTable::always}, {"species", 3}});
    table.column("parents", TextTable::Align::left, false, 1);
    table.column("operators", TextTable::Align::left, true, 2);
    for (std::size_t i = 0; i < std::min(limit, genomes.size()); ++i) {
        const GenomeRow& row = genomes[i];
        table.row({std::to_string(raw(row.id)), short_fitness(row.fitness), std::to_string(raw(row.species)),
                   parents_text(row), history::operators_text(row.operators, ", ")});
    }
    return table.text(terminal_width(Output::out));
}

std::string genomes_csv(const std::vector<GenomeRow>& genomes, const std::vector<ScoreColumn>& scores) {
    std::vector<std::string> header{"id", "fitness", "species", "parent_a", "parent_b", "operators"};
    for (const ScoreColumn& column : scores) header.push_back(column.name);
    std::string text = csv_line(header);
    for (const GenomeRow& row : genomes) {
        std::vector<std::string> cells{
            std::to_string(raw(row.id)),
            csv_value(row.fitness),
            std::to_string(raw(row.species)),
            csv_value(row.parent_a),
            csv_value(row.parent_b),
            row.operators == 0 ? std::string() : history::operators_text(row.operators, "+")};
        for (const ScoreColumn& column : scores) cells.push_back(csv_value(column.values.at(row.index)));
        text += csv_line(cells);
    }
    return text;
}

Json genome_json(const GenomeRow& row, const std::vector<ScoreColumn>& scores) {
    Json numbers = Json::object();
    for (const ScoreColumn& column : scores) numbers[column.name] = json_value(column.values.at(row.index));
    Json parents = Json::array();
    for (const GenomeId parent : {row.parent_a, row.parent_b}) {
        if (parent != no_genome) parents.push_back(raw(parent));
    }
    return {{"id", raw(row.id)},
            {"generation", row.generation},
            {"index", row.index},
            {"fitness", json_value(row.fitness)},
            {"species", raw(row.species)},
            {"parents", std::move(parents)},
            {"operators", history::operator_words(row.operators)},
            {"scores", std::move(numbers)}};
}

Json generation_json(const GenerationRow& row) {
    Json json;
    visit_generation_columns([&](const LogColumn& column, const auto& value) { json[column.name] = json_value(value); },
                             row);
    json["seconds"] = row.seconds;
    return json;
}

Json species_json(const SpeciesRecord& species) {
    Json json;
    visit_species_columns([&](const LogColumn& column, const auto& value) { json[column.name] = json_value(value); },
                          species);
    return json;
}

}  // namespace clade::inspect
