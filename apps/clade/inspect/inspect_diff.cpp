#include "clade/inspect/inspect_diff.hpp"

#include "clade/history/rebuilder.hpp"
#include "clade/inspect/gene_text.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <clade/evolution/species/genome_distance.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace clade::inspect {
namespace {

constexpr std::array change_names{"changed", "only in A", "only in B"};
constexpr std::array change_keys{"value", "only_a", "only_b"};

struct ComparedGenomes {
    const Subject& subject;
    GenomeRow row_a;
    GenomeRow row_b;
    GenomeStore genes{};  ///< a, b
    history::GenomeDiff diff{};
    std::vector<ValueDifference> values{};

    [[nodiscard]] double distance() const {
        return genome_distance(genes[0], genes[1], subject.run.config.evolution.speciation);
    }
};

/// The earlier generation first, so that breeding goes on from it to the later one.
GenomeStore genes_of(const Subject& subject, const GenomeRow& a, const GenomeRow& b) {
    history::Rebuilder rebuilder(subject.run, subject.vocabulary);
    const bool in_order = a.generation <= b.generation;
    const GenomeRow& earlier = in_order ? a : b;
    const GenomeRow& later = in_order ? b : a;
    const GenomeStore& generation = rebuilder.generation(earlier.generation);
    GenomeStore first(generation.shape());
    first.append(generation[earlier.index]);
    GenomeStore second(generation.shape());
    second.append(rebuilder.generation(later.generation)[later.index]);
    GenomeStore both(first.shape());
    both.append(in_order ? first[0] : second[0]);
    both.append(in_order ? second[0] : first[0]);
    return both;
}

template <class Gene>
std::size_t matching(const std::vector<history::GeneDifference<Gene>>& differences) {
    return static_cast<std::size_t>(
        std::ranges::count_if(differences, [](const auto& one) { return one.a.has_value() && one.b.has_value(); }));
}

template <class Gene>
std::string counts_text(const std::vector<history::GeneDifference<Gene>>& differences, std::size_t equal) {
    using Difference = history::GeneDifference<Gene>;
    const auto only = [&](std::optional<Gene> Difference::*missing) {
        return static_cast<std::size_t>(
            std::ranges::count_if(differences, [&](const Difference& one) { return !(one.*missing).has_value(); }));
    };
    return fmt::format("{} equal, {} changed, {} only in A, {} only in B", equal, matching(differences),
                       only(&Difference::b), only(&Difference::a));
}

std::string genome_text(const GenomeRow& row) {
    return fmt::format("genome {} (generation {}, fitness {}, species {})", raw(row.id), row.generation,
                       short_fitness(row.fitness), raw(row.species));
}

void print_text(const ComparedGenomes& both) {
    std::cout << facts_text({{"A", genome_text(both.row_a)},
                             {"B", genome_text(both.row_b)},
                             {"nodes", counts_text(both.diff.nodes, both.diff.equal_nodes)},
                             {"connections", counts_text(both.diff.connections, both.diff.equal_connections)},
                             {"distance", fmt::format("{:.4g}, as species are formed", both.distance())}},
                            terminal_width(Output::out));
    if (both.values.empty()) return;
    TextTable table;
    table.column("gene", TextTable::Align::left, false, 1);
    table.column("where", TextTable::Align::left, true);
    table.column("difference", TextTable::Align::left, false, 2);
    table.column("value", TextTable::Align::left);
    table.column("A", TextTable::Align::right, true);
    table.column("B", TextTable::Align::right, true);
    for (const ValueDifference& one : both.values) {
        table.row({fmt::format("{} {}", one.gene, one.id), one.where,
                   change_names.at(static_cast<std::size_t>(one.change)), std::string(one.column),
                   one.a.empty() ? "-" : short_value(one.json_a, one.a),
                   one.b.empty() ? "-" : short_value(one.json_b, one.b)});
    }
    std::cout << '\n' << table.text(terminal_width(Output::out));
}

void print_csv(const ComparedGenomes& both) {
    std::cout << "gene,id,where,difference,column,a,b\n";
    for (const ValueDifference& one : both.values) {
        std::cout << csv_line({std::string(one.gene), std::to_string(one.id), one.where,
                               change_keys.at(static_cast<std::size_t>(one.change)), std::string(one.column), one.a,
                               one.b});
    }
}

Json side_json(const GenomeRow& row) {
    Json json = genome_json(row, {});
    json.erase("scores");
    return json;
}

void print_json(const ComparedGenomes& both) {
    Json json{{"run", both.subject.run.folder.path.string()},
              {"a", side_json(both.row_a)},
              {"b", side_json(both.row_b)},
              {"distance", json_value(both.distance())},
              {"equal_nodes", both.diff.equal_nodes},
              {"equal_connections", both.diff.equal_connections},
              {"differences", Json::array()}};
    for (const ValueDifference& one : both.values) {
        json["differences"].push_back({{"gene", one.gene},
                                       {"id", one.id},
                                       {"where", one.where},
                                       {"difference", change_keys.at(static_cast<std::size_t>(one.change))},
                                       {"column", one.column},
                                       {"a", one.json_a},
                                       {"b", one.json_b}});
    }
    print(json);
}

}  // namespace

void print_diff(const Subject& subject, GenomeId a, GenomeId b, Format format) {
    ComparedGenomes both{subject, known_genome(subject, a), known_genome(subject, b)};
    both.genes = genes_of(subject, both.row_a, both.row_b);
    both.diff = history::diff_genomes(both.genes[0], both.genes[1]);
    both.values = value_differences(both.diff, both.genes.shape(), subject.vocabulary.functions);
    if (format == Format::json) return print_json(both);
    if (format == Format::csv) return print_csv(both);
    print_text(both);
}

}  // namespace clade::inspect
