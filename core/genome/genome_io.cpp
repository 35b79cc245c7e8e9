#include <clade/core/genome/genome_io.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;
constexpr std::size_t most_named = 5;  // broken rules in a message

/// A whole number that 32 bits hold; nlohmann's own conversion cuts off what does not fit.
std::uint32_t whole_number(const Json& json, const char* key) {
    const Json& value = json.at(key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max()) {
        throw FormatError(std::string("genome: ") + key + " must be a whole number of 32 bits, got " + value.dump());
    }
    return value.get<std::uint32_t>();
}

Json node_to_json(const NodeGene& gene, const FunctionSet& functions) {
    return {{"id", raw(gene.id)},
            {"bias", gene.bias},
            {"response", gene.response},
            {"time_constant", gene.time_constant},
            {"activation", functions.activations.name(gene.activation)},
            {"aggregation", functions.aggregations.name(gene.aggregation)}};
}

Json connection_to_json(const ConnectionGene& gene) {
    return {{"innovation", raw(gene.innovation)},
            {"source", raw(gene.source)},
            {"target", raw(gene.target)},
            {"weight", gene.weight},
            {"enabled", gene.enabled != 0}};
}

template <class Table>
auto function_named(const Table& table, const std::string& name) {
    const auto found = table.find(name);
    if (!found) throw FormatError("genome: unknown function '" + name + "'");
    return *found;
}

NodeGene node_from_json(const Json& json, const FunctionSet& functions) {
    return {NodeId{whole_number(json, "id")},
            json.at("bias").get<float>(),
            json.at("response").get<float>(),
            json.at("time_constant").get<float>(),
            function_named(functions.activations, json.at("activation").get<std::string>()),
            function_named(functions.aggregations, json.at("aggregation").get<std::string>())};
}

ConnectionGene connection_from_json(const Json& json) {
    return {Innovation{whole_number(json, "innovation")}, NodeId{whole_number(json, "source")},
            NodeId{whole_number(json, "target")}, json.at("weight").get<float>(),
            static_cast<std::uint8_t>(json.at("enabled").get<bool>() ? 1 : 0)};
}

SavedGenome read(const Json& json, const FunctionSet& functions) {
    if (json.at("clade_genome").get<int>() != format_version) {
        throw FormatError("genome: format version must be " + std::to_string(format_version));
    }
    const auto network = json.at("network").get<std::string>();
    SavedGenome saved;
    if (network != name_of(NetworkKind::feed_forward) && network != name_of(NetworkKind::recurrent)) {
        throw FormatError("genome: network must be 'feed_forward' or 'recurrent', got '" + network + "'");
    }
    saved.network = network == name_of(NetworkKind::recurrent) ? NetworkKind::recurrent : NetworkKind::feed_forward;
    saved.store =
        GenomeStore({whole_number(json, "inputs"), whole_number(json, "outputs"), json.at("bias_input").get<bool>()});
    const Json& nodes = json.at("nodes");
    const Json& connections = json.at("connections");
    if (!nodes.is_array() || !connections.is_array()) throw FormatError("genome: nodes and connections must be lists");
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    saved.store.place({&size, 1});
    const GenomeRows rows = saved.store.rows(0);
    for (std::size_t i = 0; i < nodes.size(); ++i) set_node(rows, i, node_from_json(nodes[i], functions));
    for (std::size_t i = 0; i < connections.size(); ++i) set_connection(rows, i, connection_from_json(connections[i]));
    return saved;
}

}  // namespace

std::string genome_to_json(const GenomeStore& store, std::size_t genome, NetworkKind network,
                           const FunctionSet& functions) {
    if (genome >= store.size()) throw Error("there is no genome " + std::to_string(genome) + " to save");
    const GenomeView view = store[genome];
    Json json{{"clade_genome", format_version},
              {"network", name_of(network)},
              {"inputs", store.shape().input_count},
              {"outputs", store.shape().output_count},
              {"bias_input", store.shape().bias_input},
              {"nodes", Json::array()},
              {"connections", Json::array()}};
    for (std::size_t i = 0; i < view.node_count(); ++i) json["nodes"].push_back(node_to_json(view.node(i), functions));
    for (std::size_t i = 0; i < view.connection_count(); ++i) {
        json["connections"].push_back(connection_to_json(view.connection(i)));
    }
    return json.dump(2);
}

SavedGenome genome_from_json(std::string_view text, const FunctionSet& functions) {
    SavedGenome saved;
    try {
        saved = read(Json::parse(text), functions);
    } catch (const Json::exception& error) {
        const std::string_view reason = error.what();  // "[json.exception.out_of_range.403] key 'nodes' not found"
        throw FormatError("genome: " + std::string(reason.substr(reason.find("] ") + 2)));
    }
    const std::vector<std::string> broken = saved.store.violations();
    if (broken.empty()) return saved;
    std::string message = "genome: ";
    for (std::size_t i = 0; i < std::min(broken.size(), most_named); ++i) message += (i == 0 ? "" : "; ") + broken[i];
    if (broken.size() > most_named) message += "; and " + std::to_string(broken.size() - most_named) + " more";
    throw FormatError(message);
}

}  // namespace clade
