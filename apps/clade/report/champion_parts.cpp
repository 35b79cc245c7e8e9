#include "clade/report/champion_parts.hpp"

#include "clade/history/lineage.hpp"
#include "clade/history/operator_words.hpp"
#include "clade/inspect/inspect_values.hpp"
#include "clade/inspect/lineage_text.hpp"
#include "clade/plot/network_layout.hpp"
#include "clade/report/run_series.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace clade::report {
namespace {

using history::Ancestor;
using inspect::json_value;

constexpr std::size_t rises_listed = 100;
constexpr double seconds_to_breed_again = 10.0;  ///< above that, genes are not rebuilt

constexpr std::array<std::string_view, 4> role_names{"input", "bias", "output", "hidden"};

/// A place with as many digits as a drawing needs.
double place(double value) { return std::round(value * 1e4) / 1e4; }

Json node_json(const plot::PlacedNode& node, const GenomeStore& genome, const plot::NodeLabels& labels,
               const FunctionSet& functions) {
    Json json{{"id", raw(node.id)},
              {"role", role_names.at(static_cast<std::size_t>(node.role))},
              {"label", labels(genome.shape(), node.id)},
              {"x", place(node.at.x)},
              {"y", place(node.at.y)}};
    if (genome.shape().is_input(node.id)) return json;
    const GenomeView genes = genome[0];
    const std::size_t row = find_node(genes.node_id, node.id);
    json["bias"] = json_value(double{genes.bias[row]});
    json["response"] = json_value(double{genes.response[row]});
    json["activation"] = functions.activations.name(genes.activation[row]);
    json["aggregation"] = functions.aggregations.name(genes.aggregation[row]);
    return json;
}

Json connection_json(const plot::PlacedConnection& one, const GenomeView& genes) {
    Json points = Json::array();
    for (const plot::LayoutPoint& point : one.points) points.push_back({place(point.x), place(point.y)});
    return {{"source", one.source},
            {"target", one.target},
            {"weight", json_value(double{genes.weight[one.row]})},
            {"innovation", raw(genes.connection(one.row).innovation)},
            {"backward", one.backward},
            {"points", std::move(points)}};
}

Json line_json(const std::vector<Ancestor>& line) {
    Json json;
    for (const char* column : {"generation", "id", "fitness", "species"}) json[column] = Json::array();
    for (const std::size_t i : inspect::thinned(line.size(), generations_drawn)) {
        const GenomeRow& row = line[i].row;
        json["generation"].push_back(row.generation);
        json["id"].push_back(raw(row.id));
        json["fitness"].push_back(json_value(row.fitness));
        json["species"].push_back(raw(row.species));
    }
    return json;
}

/// The largest rises of the line.
std::vector<Ancestor> rises_of(const std::vector<Ancestor>& line, FitnessDirection direction) {
    std::vector<Ancestor> rises;
    std::vector<double> amounts;
    for (const Ancestor& ancestor : line) {
        if (!history::is_rise(ancestor, direction)) continue;
        rises.push_back(ancestor);
        amounts.push_back(inspect::rise_of(ancestor));
    }
    std::vector<Ancestor> largest;
    for (const std::size_t i : inspect::largest_rises(amounts, rises_listed)) largest.push_back(rises[i]);
    return largest;
}

/// How long breeding took in the run.
double breeding_seconds(const RunLog& log) {
    double seconds = 0.0;
    for (const GenerationRow& row : log.generations()) {
        for (const std::string_view stage : EnumNames<Stage>::names) {
            const auto found = row.seconds.find(stage);
            if (found != row.seconds.end()) seconds += found->second;
        }
    }
    return seconds;
}

/// What the mutations of each rise changed, by the genome's id; why not in `note`.
std::map<GenomeId, std::string> changes_by_genome(const inspect::Subject& subject, const std::vector<Ancestor>& rises,
                                                  std::string& note) {
    std::map<GenomeId, std::string> changes;
    if (const double seconds = breeding_seconds(subject.run.log); seconds > seconds_to_breed_again) {
        note = fmt::format(
            "The genes that changed are left out, as breeding the run again would take long ({:.0f} s): `clade inspect "
            "RUN --lineage` shows them.",
            seconds);
        return changes;
    }
    try {
        for (const history::LineageStep& step : history::rising_steps(subject.run, subject.vocabulary, rises)) {
            changes[step.genome.row.id] =
                inspect::changes_text(inspect::changes_of(step, subject.vocabulary.functions));
        }
    } catch (const Error& error) {
        note = std::string("The genes that changed could not be rebuilt: ") + error.what();
    }
    return changes;
}

}  // namespace

Json network_json(const GenomeStore& champion, const plot::NodeLabels& labels, const FunctionSet& functions) {
    const plot::NetworkLayout layout = plot::layout_network(champion[0], champion.shape());
    Json json{{"layers", layout.layers}, {"widest", layout.widest}, {"nodes", Json::array()}};
    for (const plot::PlacedNode& node : layout.nodes) {
        json["nodes"].push_back(node_json(node, champion, labels, functions));
    }
    json["connections"] = Json::array();
    for (const plot::PlacedConnection& one : layout.connections) {
        json["connections"].push_back(connection_json(one, champion[0]));
    }
    json["disabled"] = champion[0].connection_count() - layout.connections.size();
    return json;
}

Json genealogy_json(const inspect::Subject& subject, GenomeId champion) {
    const std::vector<Ancestor> line = history::ancestors_of(subject.run.log, champion, subject.population);
    const std::vector<Ancestor> rises = rises_of(line, subject.direction);
    std::string note;
    const auto changes = changes_by_genome(subject, rises, note);
    Json json{{"length", line.size()}, {"line", line_json(line)}, {"rises", Json::array()}, {"note", note}};
    for (const Ancestor& one : rises) {
        const auto change = changes.find(one.row.id);
        json["rises"].push_back({{"generation", one.row.generation},
                                 {"id", raw(one.row.id)},
                                 {"before", json_value(one.parent->fitness)},
                                 {"fitness", json_value(one.row.fitness)},
                                 {"parent", raw(one.parent->id)},
                                 {"other_parent", one.other_parent ? Json(raw(one.other_parent->id)) : Json(nullptr)},
                                 {"operators", history::operators_text(one.row.operators, ", ")},
                                 {"changes", change == changes.end() ? Json(nullptr) : Json(change->second)}});
    }
    return json;
}

}  // namespace clade::report
