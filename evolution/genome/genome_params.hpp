// Parameters of genomes: network, initial topology, attributes of genes, functions of nodes.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/attribute.hpp>
#include <clade/core/network_params.hpp>

#include <array>
#include <string>
#include <vector>

namespace clade {

enum class InitialConnections { full, partial, fs_neat, unconnected };
template <>
struct EnumNames<InitialConnections> {
    static constexpr std::array<std::string_view, 4> names{"full", "partial", "fs_neat", "unconnected"};
};

enum class InitialRoute { direct, hidden, both, recurrent };
template <>
struct EnumNames<InitialRoute> {
    static constexpr std::array<std::string_view, 4> names{"direct", "hidden", "both", "recurrent"};
};

/// The genomes of the first generation.
/// Default: every input connected to every output, no hidden nodes (Stanley & Miikkulainen 2002, 3.4).
struct InitialParams {
    InitialConnections connections = InitialConnections::full;
    double fraction = 0.5;
    int hidden_nodes = 0;
    InitialRoute route = InitialRoute::direct;
    std::string genome{};

    bool operator==(const InitialParams&) const = default;
};

void visit_fields(InitialParams& p, FieldVisitor& field);

/// Which functions nodes have, by name.
struct FunctionParams {
    std::string initial{};
    std::string output{};
    std::vector<std::string> options{};
    double mutation_rate = 0.0;

    bool operator==(const FunctionParams&) const = default;
};

void visit_fields(FunctionParams& p, FieldVisitor& field);

/// Parameters of genomes: network, initial genomes, and each column of numbers or functions
/// (core/genome/gene_columns.hpp), by its name.
struct GenomeParams {
    NetworkParams network{};
    bool bias_input = false;
    InitialParams initial{};
    AttributeParams weight{};
    AttributeParams bias{};
    AttributeParams response = constant_attribute(1.0, -5.0, 5.0);
    FunctionParams activation{.initial = "steepened_sigmoid"};
    FunctionParams aggregation{.initial = "sum"};

    bool operator==(const GenomeParams&) const = default;
};

void visit_fields(GenomeParams& p, FieldVisitor& field);

/// The rules that span several fields, and that functions exist.
void check(const GenomeParams& p, std::string_view prefix, const FunctionSet& functions, IssueSink& issues);

/// The functions of a GenomeParams, looked up.
struct NodeFunctions {
    Activation hidden_activation{};
    Activation output_activation{};
    Aggregation hidden_aggregation{};
    Aggregation output_aggregation{};
    std::vector<Activation> activation_options{};    ///< the choices of mutation
    std::vector<Aggregation> aggregation_options{};  ///< the choices of mutation
};

/// Throws Error if a name is unknown.
[[nodiscard]] NodeFunctions resolve_functions(const GenomeParams& p, const FunctionSet& functions);

}  // namespace clade
