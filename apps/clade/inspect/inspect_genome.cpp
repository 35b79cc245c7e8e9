#include "clade/inspect/inspect_genome.hpp"

#include "clade/history/operator_words.hpp"
#include "clade/history/rebuilder.hpp"
#include "clade/inspect/gene_text.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/output/failure_output.hpp"
#include "clade/plot/network_text.hpp"
#include "terminal/line_chart.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"

#include <clade/core/genome/genome_io.hpp>
#include <clade/experiment/run/engine.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <span>
#include <utility>

namespace clade::inspect {
namespace {

/// A logged genome and its genes.
struct Found {
    GenomeRow row;
    GenomeStore alone;
    FunctionSet functions;

    [[nodiscard]] const GenomeStore& store() const { return alone; }
    [[nodiscard]] GenomeView genes() const { return alone[0]; }
};

/// Those of the program, and by name those of a genome that the program does not have: to be shown, not to be called.
FunctionSet functions_of(const Json& genome, FunctionSet functions) {
    for (const Json& node : genome.at("nodes")) {
        const auto activation = node.at("activation").get<std::string>();
        const auto aggregation = node.at("aggregation").get<std::string>();
        if (!functions.activations.find(activation)) functions.activations.add(activation, [](float) { return 0.0F; });
        if (!functions.aggregations.find(aggregation)) {
            functions.aggregations.add(aggregation, [](std::span<float>) { return 0.0F; });
        }
    }
    return functions;
}

/// A champion's genes are in the log. Those of others are bred again, which needs the task.
Found find_genome(const Subject& subject, GenomeId id) {
    const GenomeRow row = known_genome(subject, id);
    const RunLog& log = subject.run.log;
    const bool has_task = subject.run.config.task.blueprint != nullptr;
    if (!has_task && log.generation(row.generation)->champion == id) {
        const std::string genome = *log.champion_json(row.generation);
        FunctionSet functions = functions_of(Json::parse(genome), subject.vocabulary.functions);
        GenomeStore alone = genome_from_json(genome, functions).store;
        return {row, std::move(alone), std::move(functions)};
    }
    if (!has_task) {
        throw InputError(missing_task_text(subject.run.config) +
                         "; without it, inspect --genome shows champions of generations");
    }
    history::Rebuilder rebuilder(subject.run, subject.vocabulary);
    const GenomeStore& generation = rebuilder.generation(row.generation);
    GenomeStore alone(generation.shape());
    alone.append(generation[row.index]);
    return {row, std::move(alone), subject.vocabulary.functions};
}

void print_json(const Subject& subject, const Found& found) {
    Json json{{"run", subject.run.folder.path.string()}};
    json.update(genome_json(found.row, subject.run.log.score_columns(found.row.generation)));
    json["failure"] = failure_json(subject.run.log.failure(found.row.generation, found.row.index));
    json["genome"] = Json::parse(genome_to_json(found.store(), 0, subject.run.config.genome.network, found.functions));
    print(json);
}

/// A row per gene; columns that a kind of gene does not have stay empty.
void print_csv(const Found& found) {
    const GenomeView genes = found.genes();
    const GeneText text(found.functions);
    std::vector<std::string> header{"gene", "id", "kind"};
    std::size_t node_columns = 0;
    visit_node_attributes([&](const GeneColumn& column, auto) { header.emplace_back(column.name), ++node_columns; },
                          genes);
    visit_connection_columns(
        [&](const GeneColumn& column, auto) {
            if (column.name != "innovation") header.emplace_back(column.name);
        },
        genes);
    std::cout << csv_line(header);
    for (std::size_t i = 0; i < genes.node_count(); ++i) {
        std::vector<std::string> row{"node", text(genes.node_id[i]), kind_of(found.store().shape(), genes.node_id[i])};
        visit_node_attributes([&](const GeneColumn&, auto values) { row.push_back(text(values[i])); }, genes);
        row.resize(header.size());
        std::cout << csv_line(row);
    }
    for (std::size_t i = 0; i < genes.connection_count(); ++i) {
        std::vector<std::string> row{"connection", text(genes.innovation[i]), ""};
        row.resize(row.size() + node_columns);
        visit_connection_columns(
            [&](const GeneColumn& column, auto values) {
                if (column.name != "innovation") row.push_back(text(values[i]));
            },
            genes);
        std::cout << csv_line(row);
    }
}

/// "genome 128 (fitness 9.7, species 2)", of the generation before.
std::string parent_text(const Subject& subject, GenomeId parent) {
    const GenomeRow row = known_genome(subject, parent);
    return fmt::format("genome {} of generation {} (fitness {}, species {})", raw(parent), row.generation,
                       short_fitness(row.fitness), raw(row.species));
}

std::string size_text(const Found& found) {
    const GenomeView genes = found.genes();
    const auto hidden = std::count_if(genes.node_id.begin(), genes.node_id.end(),
                                      [&](NodeId id) { return found.store().shape().is_hidden(id); });
    const auto enabled = std::count(genes.enabled.begin(), genes.enabled.end(), 1);
    return fmt::format("{} hidden, {} ({} enabled)", hidden, counted(genes.connection_count(), "connection"), enabled);
}

/// "from fitness 3.1 with 200 evaluations"; empty if the genome was not refined.
std::string refined_text(const Subject& subject, const GenomeRow& row) {
    const std::vector<RefinedGenome> all = subject.run.log.refined(row.generation);
    const auto refined =
        std::find_if(all.begin(), all.end(), [&](const RefinedGenome& one) { return one.genome == row.index; });
    if (refined == all.end()) return {};
    std::string text = fmt::format("from fitness {} with {} evaluations", short_fitness(refined->fitness_before),
                                   refined->evaluations);
    const bool keeps_own = subject.run.config.refine.inheritance == Inheritance::baldwinian;
    if (keeps_own && refined->improved()) text += "; shown are its own weights, which its children inherit";
    return text;
}

void print_facts(const Subject& subject, const Found& found) {
    const GenomeRow& row = found.row;
    const GenomeShape& shape = found.store().shape();
    std::vector<Fact> facts{
        {"genome", fmt::format("{} (generation {}, position {})", raw(row.id), row.generation, row.index)},
        {"fitness", short_fitness(row.fitness) + failure_text(subject.run.log.failure(row.generation, row.index))},
        {"species", std::to_string(raw(row.species))}};
    for (const ScoreColumn& column : subject.run.log.score_columns(row.generation)) {
        facts.push_back({column.name, short_fitness(column.values.at(row.index))});
    }
    if (const std::string refined = refined_text(subject, row); !refined.empty()) facts.push_back({"refined", refined});
    if (row.parent_a == no_genome) facts.push_back({"parents", "none: created from scratch"});
    if (row.parent_a != no_genome) facts.push_back({"parent", parent_text(subject, row.parent_a)});
    if (row.parent_b != no_genome && row.parent_b != row.parent_a) {
        facts.push_back({"other parent", parent_text(subject, row.parent_b)});
    }
    const bool copied = row.operators == 0 && row.parent_a != no_genome;
    facts.push_back({"operators", copied ? "none: an unchanged copy" : history::operators_text(row.operators, ", ")});
    facts.push_back({"size", size_text(found)});
    facts.push_back({"network", fmt::format("{}, {}{}, {}", name_of(subject.run.config.genome.network.kind),
                                            counted(shape.input_count, "input"), shape.bias_input ? " and bias" : "",
                                            counted(shape.output_count, "output"))});
    std::cout << facts_text(facts, terminal_width(Output::out));
}

std::string nodes_table(const Found& found) {
    const GenomeView genes = found.genes();
    const GeneText text(found.functions);
    TextTable table;
    table.column("node", TextTable::Align::left);
    int importance = 6;  // columns that come later go first where there is no room
    visit_node_attributes(
        [&](const GeneColumn& column, auto values) {
            using Value = typename decltype(values)::value_type;
            const auto align = std::is_same_v<Value, float> ? TextTable::Align::right : TextTable::Align::left;
            table.column(std::string(column.name), align, false, importance--);
        },
        genes);
    for (std::size_t i = 0; i < genes.node_count(); ++i) {
        std::vector<std::string> row{node_name(found.store().shape(), genes.node_id[i])};
        visit_node_numbers([&](const GeneColumn&, auto values) { row.push_back(fmt::format("{:.4g}", values[i])); },
                           genes);
        visit_node_functions([&](const GeneColumn&, auto values) { row.push_back(text(values[i])); }, genes);
        table.row(row);
    }
    return table.text(terminal_width(Output::out));
}

std::string connections_table(const Found& found) {
    const GenomeView genes = found.genes();
    const GenomeShape& shape = found.store().shape();
    TextTable table;
    table.column("innovation", TextTable::Align::right, false, 1);
    table.column("source", TextTable::Align::left);
    table.column("target", TextTable::Align::left);
    table.column("weight");
    table.column("enabled", TextTable::Align::left, false, 2);
    for (std::size_t i = 0; i < genes.connection_count(); ++i) {
        const ConnectionGene connection = genes.connection(i);
        table.row({std::to_string(raw(connection.innovation)), node_name(shape, connection.source),
                   node_name(shape, connection.target), fmt::format("{:.4f}", connection.weight),
                   connection.enabled != 0 ? "yes" : "no"});
    }
    return table.text(terminal_width(Output::out));
}

}  // namespace

void print_genome(const Subject& subject, GenomeId id, Format format) {
    const Found found = find_genome(subject, id);
    if (format == Format::json) return print_json(subject, found);
    if (format == Format::csv) return print_csv(found);
    print_facts(subject, found);
    const GenomeShape& shape = found.store().shape();
    const auto drawing =
        plot::network_text(found.genes(), shape, plot::labels_of(subject.run, shape),
                           {.width = std::min(terminal_width(Output::out), chart_width), .unicode = locale_is_utf8()});
    if (drawing) std::cout << '\n' << *drawing;
    std::cout << '\n' << nodes_table(found);
    if (found.genes().connection_count() > 0) std::cout << '\n' << connections_table(found);
}

}  // namespace clade::inspect
