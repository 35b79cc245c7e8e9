#include <clade/evolution/genome/genome_params.hpp>

#include <clade/core/genome/gene_columns.hpp>

namespace clade {
namespace {

template <class Table>
void check_names(const FunctionParams& p, const std::string& prefix, const Table& table, IssueSink& issues) {
    const std::vector<std::string_view> known = table.names();
    const auto check_name = [&](const std::string& key, const std::string& name) {
        if (!table.find(name)) issues.add(prefix + key, unknown_name("function", name, known));
    };
    check_name("initial", p.initial);
    if (!p.output.empty()) check_name("output", p.output);
    for (std::size_t i = 0; i < p.options.size(); ++i) {
        check_name("options[" + std::to_string(i) + "]", p.options[i]);
    }
    if (p.mutation_rate > 0.0 && p.options.size() < 2) {
        issues.add(prefix + "mutation_rate",
                   "needs at least two options to choose from, got " + std::to_string(p.options.size()));
    }
}

template <class Table>
auto function_named(const Table& table, const std::string& name) {
    const auto found = table.find(name);
    if (!found) throw Error("unknown function '" + name + "'");
    return *found;
}

}  // namespace

void visit_fields(InitialParams& p, FieldVisitor& field) {
    field("connections", p.connections,
          "Initial connections: all possible ones, each with a probability (fraction), those of one random input, or "
          "none.");
    field("fraction", p.fraction, probability(), "Probability of each connection with connections: partial.",
          {.needs = "connections: partial"});
    field("hidden_nodes", p.hidden_nodes, between(0, 100000), "Number of hidden nodes in initial genomes.");
    field("route", p.route,
          "Possible initial connections: direct: input to output; hidden: input to hidden to output; both; recurrent: "
          "both, and all among hidden and output nodes, self-loops included.");
    field("genome", p.genome,
          "Saved genome to start from instead. The first genome is a copy; the others have its structure with new "
          "weights and biases. Empty for none.",
          {.kind = "file"});
}

void visit_fields(FunctionParams& p, FieldVisitor& field) {
    field("initial", p.initial, "Function of new nodes; the command functions lists them.", {.kind = "function name"});
    field("output", p.output,
          "Function of output nodes; empty for the one that the task needs, else the same as initial.",
          {.kind = "function name"});
    field("options", p.options, "Functions that mutation chooses from.", {.kind = "list of function names"});
    field("mutation_rate", p.mutation_rate, probability(),
          "Per-node probability of a new function from options, if the child's attributes mutate.");
}

void visit_fields(GenomeParams& p, FieldVisitor& field) {
    visit_fields(p.network, field);
    field("bias_input", p.bias_input, "Add an input that is always 1, as in the 2002 paper.");
    field.block("initial", p.initial, "The genomes of the first generation.");
    const auto block = [&](const GeneColumn& column, auto& params) {
        field.block(column.name, params, column.meaning);
    };
    visit_connection_numbers(block, p);
    visit_node_attributes(block, p);
    field.removed("time_constant", "no kind of network reads time constants: leave this block out");
}

void check(const GenomeParams& p, std::string_view prefix, const FunctionSet& functions, IssueSink& issues) {
    const std::string key = prefix.empty() ? std::string() : std::string(prefix) + ".";
    const auto check_number = [&](const NumberColumn& column, const AttributeParams& params) {
        check(params, key + std::string(column.name), issues);
    };
    visit_connection_numbers(check_number, p);
    visit_node_numbers(check_number, p);
    check_names(p.activation, key + "activation.", functions.activations, issues);
    check_names(p.aggregation, key + "aggregation.", functions.aggregations, issues);
    if (p.initial.route == InitialRoute::hidden && p.initial.hidden_nodes == 0) {
        issues.add(key + "initial.route", "needs hidden_nodes of at least 1 with route: hidden");
    }
    if (p.initial.route == InitialRoute::recurrent && !p.network.is_recurrent()) {
        issues.add(key + "initial.route", "recurrent needs network: recurrent");
    }
}

NodeFunctions resolve_functions(const GenomeParams& p, const FunctionSet& functions) {
    NodeFunctions resolved;
    const auto& [activations, aggregations] = functions;
    resolved.hidden_activation = function_named(activations, p.activation.initial);
    resolved.hidden_aggregation = function_named(aggregations, p.aggregation.initial);
    resolved.output_activation =
        p.activation.output.empty() ? resolved.hidden_activation : function_named(activations, p.activation.output);
    resolved.output_aggregation =
        p.aggregation.output.empty() ? resolved.hidden_aggregation : function_named(aggregations, p.aggregation.output);
    for (const std::string& name : p.activation.options) {
        resolved.activation_options.push_back(function_named(activations, name));
    }
    for (const std::string& name : p.aggregation.options) {
        resolved.aggregation_options.push_back(function_named(aggregations, name));
    }
    return resolved;
}

}  // namespace clade
