#include <clade/core/genome/genome_io.hpp>

#include <clade/core/fields.hpp>
#include <clade/core/json_depth_internal.hpp>
#include <clade/core/text.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace clade {
namespace {

using Json = nlohmann::ordered_json;

// Version 1 had time constants, which no network read.
constexpr int format_version = 2;
constexpr std::size_t most_named = 5;  // broken rules in a message

std::string text_of(const Json& value) { return printable(value.dump(-1, ' ', false, Json::error_handler_t::replace)); }

/// The value of a key.
const Json& member(const Json& json, std::string_view key) {
    if (!json.is_object()) throw FormatError("must be an object, got " + text_of(json));
    const auto found = json.find(key);
    if (found == json.end()) throw FormatError("the key '" + std::string(key) + "' is missing");
    return *found;
}

[[noreturn]] void refuse(const Json& value, std::string_view key, std::string_view kind) {
    throw FormatError(std::string(key) + " must be " + std::string(kind) + ", got " + text_of(value));
}

/// A whole number, not negative, that Number holds; nlohmann's own conversion cuts off what does not fit.
template <class Number = std::uint32_t>
Number whole_number(const Json& json, std::string_view key) {
    constexpr auto most = std::uint64_t{std::numeric_limits<Number>::max()};
    const Json& value = member(json, key);
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) {
        refuse(value, key, "a whole number of at most " + std::to_string(most));
    }
    return value.get<Number>();
}

/// nlohmann's own conversion takes true as 1.
float number(const Json& json, std::string_view key) {
    const Json& value = member(json, key);
    if (!value.is_number()) refuse(value, key, "a number");
    return value.get<float>();
}

bool flag(const Json& json, std::string_view key) {
    const Json& value = member(json, key);
    if (!value.is_boolean()) refuse(value, key, "true or false");
    return value.get<bool>();
}

std::string text(const Json& json, std::string_view key) {
    const Json& value = member(json, key);
    if (!value.is_string()) refuse(value, key, "a text");
    return value.get<std::string>();
}

const Json& list(const Json& json, std::string_view key) {
    const Json& value = member(json, key);
    if (!value.is_array()) refuse(value, key, "a list");
    return value;
}

/// Calls read(i, gene) for each gene of a list; what it throws gets the gene's place.
template <class Read>
void for_each_gene(const Json& genes, std::string_view key, const Read& read) {
    for (std::size_t i = 0; i < genes.size(); ++i) {
        try {
            read(i, genes[i]);
        } catch (const FormatError& error) {
            throw FormatError(std::string(key) + '[' + std::to_string(i) + "]: " + error.what());
        }
    }
}

/// What this version does not know could make another network of it.
void refuse_unknown(const Json& json, const std::vector<std::string_view>& known) {
    if (!json.is_object()) return;  // reading it says so
    for (const auto& [key, value] : json.items()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        throw FormatError("unknown key '" + printable(key) +
                          "'; a newer version of Clade may have written it: read it with that version");
    }
}

template <class Table>
auto function_named(const Table& table, const std::string& name) {
    const auto found = table.find(name);
    if (!found) throw FormatError("unknown function '" + printable(name) + "'");
    return *found;
}

/// One gene's value as JSON, and back.
class GeneValues {
public:
    explicit GeneValues(const FunctionSet& functions) : functions_(functions) {}

    [[nodiscard]] Json json(NodeId id) const { return raw(id); }
    [[nodiscard]] Json json(Innovation innovation) const { return raw(innovation); }
    [[nodiscard]] Json json(float number) const { return number; }
    [[nodiscard]] Json json(std::uint8_t flag) const { return flag != 0; }
    [[nodiscard]] Json json(Activation function) const { return functions_.activations.name(function); }
    [[nodiscard]] Json json(Aggregation function) const { return functions_.aggregations.name(function); }

    void read(const Json& gene, std::string_view key, NodeId& id) const { id = NodeId{whole_number(gene, key)}; }
    void read(const Json& gene, std::string_view key, Innovation& innovation) const {
        innovation = Innovation{whole_number(gene, key)};
    }
    void read(const Json& gene, std::string_view key, float& value) const { value = number(gene, key); }
    void read(const Json& gene, std::string_view key, std::uint8_t& value) const {
        value = flag(gene, key) ? std::uint8_t{1} : std::uint8_t{0};
    }
    void read(const Json& gene, std::string_view key, Activation& function) const {
        function = function_named(functions_.activations, text(gene, key));
    }
    void read(const Json& gene, std::string_view key, Aggregation& function) const {
        function = function_named(functions_.aggregations, text(gene, key));
    }

private:
    const FunctionSet& functions_;
};

Json node_to_json(const NodeGene& gene, const GeneValues& values) {
    Json json;
    visit_node_columns([&](const GeneColumn& column, auto value) { json[column.name] = values.json(value); }, gene);
    return json;
}

Json connection_to_json(const ConnectionGene& gene, const GeneValues& values) {
    Json json;
    visit_connection_columns([&](const GeneColumn& column, auto value) { json[column.name] = values.json(value); },
                             gene);
    return json;
}

NodeGene node_from_json(const Json& json, const GeneValues& values) {
    NodeGene gene;
    visit_node_columns([&](const GeneColumn& column, auto& value) { values.read(json, column.name, value); }, gene);
    return gene;
}

ConnectionGene connection_from_json(const Json& json, const GeneValues& values) {
    ConnectionGene gene;
    visit_connection_columns([&](const GeneColumn& column, auto& value) { values.read(json, column.name, value); },
                             gene);
    return gene;
}

void refuse_unknown_keys(const Json& json, int version) {
    refuse_unknown(
        json, {"clade_genome", "network", "network_steps", "inputs", "outputs", "bias_input", "nodes", "connections"});
    std::vector<std::string_view> of_node;
    std::vector<std::string_view> of_connection;
    visit_node_columns([&](const GeneColumn& column) { of_node.push_back(column.name); });
    visit_connection_columns([&](const GeneColumn& column) { of_connection.push_back(column.name); });
    if (version == 1) of_node.emplace_back("time_constant");
    for_each_gene(list(json, "nodes"), "nodes", [&](std::size_t, const Json& node) { refuse_unknown(node, of_node); });
    for_each_gene(list(json, "connections"), "connections",
                  [&](std::size_t, const Json& connection) { refuse_unknown(connection, of_connection); });
}

NetworkParams network_from_json(const Json& json) {
    const auto name = text(json, "network");
    const auto kind = value_named<NetworkKind>(name);
    if (!kind) throw FormatError("network must be 'feed_forward' or 'recurrent', got '" + printable(name) + "'");
    NetworkParams network(*kind);
    if (json.contains("network_steps")) network.steps = whole_number<int>(json, "network_steps");
    ThrowingSink issues;
    RangeCheck check("", issues);
    visit_fields(network, check);
    try {
        issues.finish();
    } catch (const FieldError& error) {
        throw FormatError(error.what());
    }
    return network;
}

SavedGenome read(const Json& json, const FunctionSet& functions) {
    const auto version = whole_number<int>(json, "clade_genome");
    if (version < 1 || version > format_version) {
        throw FormatError("format version must be at most " + std::to_string(format_version) + ", got " +
                          std::to_string(version));
    }
    const GeneValues values(functions);
    SavedGenome saved{.store = {}, .network = network_from_json(json)};
    saved.store = GenomeStore({whole_number(json, "inputs"), whole_number(json, "outputs"), flag(json, "bias_input")});
    const Json& nodes = list(json, "nodes");
    const Json& connections = list(json, "connections");
    refuse_unknown_keys(json, version);
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    saved.store.place({&size, 1});
    const GenomeRows rows = saved.store.rows(0);
    for_each_gene(nodes, "nodes",
                  [&](std::size_t i, const Json& node) { set_node(rows, i, node_from_json(node, values)); });
    for_each_gene(connections, "connections", [&](std::size_t i, const Json& connection) {
        set_connection(rows, i, connection_from_json(connection, values));
    });
    return saved;
}

}  // namespace

std::string genome_to_json(const GenomeStore& store, std::size_t genome, const NetworkParams& network,
                           const FunctionSet& functions) {
    if (genome >= store.size()) throw Error("there is no genome " + std::to_string(genome) + " to save");
    const GenomeView view = store[genome];
    const GeneValues values(functions);
    Json json{{"clade_genome", format_version},
              {"network", name_of(network.kind)},
              {"network_steps", network.steps},
              {"inputs", store.shape().input_count},
              {"outputs", store.shape().output_count},
              {"bias_input", store.shape().bias_input},
              {"nodes", Json::array()},
              {"connections", Json::array()}};
    for (std::size_t i = 0; i < view.node_count(); ++i) json["nodes"].push_back(node_to_json(view.node(i), values));
    for (std::size_t i = 0; i < view.connection_count(); ++i) {
        json["connections"].push_back(connection_to_json(view.connection(i), values));
    }
    return json.dump(2);
}

SavedGenome genome_from_json(std::string_view text, const FunctionSet& functions) {
    SavedGenome saved;
    try {
        check_json_depth(text);
        const Json json = Json::parse(text);
        const bool in_model = json.is_object() && json.contains("clade_model");
        saved = read(in_model ? member(json, "genome") : json, functions);
    } catch (const FormatError& error) {
        throw FormatError("genome: " + std::string(error.what()));
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
