// Genomes made by hand, populations made by evolution, and a fitness of whole numbers that needs no network.
#pragma once

#include <clade/core/genome/graph.hpp>
#include <clade/evolution/evolver.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace clade {

/// A store of one genome with these rows, sound or not.
inline GenomeStore store_of(const GenomeShape& shape, std::initializer_list<NodeGene> nodes,
                            std::initializer_list<ConnectionGene> connections = {}) {
    GenomeStore store(shape);
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    std::size_t row = 0;
    for (const NodeGene& node : nodes) set_node(rows, row++, node);
    row = 0;
    for (const ConnectionGene& connection : connections) set_connection(rows, row++, connection);
    return store;
}

inline NodeGene node(std::uint32_t id, float bias = 0.0F) { return {.node_id = NodeId{id}, .bias = bias}; }

inline ConnectionGene connection(std::uint32_t innovation, std::uint32_t source, std::uint32_t target,
                                 float weight = 1.0F, bool enabled = true) {
    return {Innovation{innovation}, NodeId{source}, NodeId{target}, weight, static_cast<std::uint8_t>(enabled ? 1 : 0)};
}

/// Two inputs, one output, and a hidden node 3 that splits connection 0.
inline GenomeStore small_genome() {
    return store_of({2, 1, false}, {node(2, 0.5F), node(3, -0.25F)},
                    {connection(0, 0, 2, 1.5F, false), connection(1, 1, 2, -2.0F), connection(2, 0, 3),
                     connection(3, 3, 2, 0.75F)});
}

/// A whole number that rises with weights of alternating sign, and with the first hidden nodes.
inline double integer_fitness(const GenomeView& genome) {
    double sum = 0.0;
    for (std::size_t i = 0; i < genome.connection_count(); ++i) {
        if (genome.enabled[i] == 0) continue;
        const auto eighths = static_cast<double>(std::lround(genome.weight[i] * 8.0F));
        sum += (raw(genome.innovation[i]) % 2 == 0 ? 1.0 : -1.0) * eighths;
    }
    for (std::size_t i = 0; i < genome.node_count(); ++i)
        sum += static_cast<double>(std::lround(genome.bias[i] * 4.0F));
    return sum + 5.0 * static_cast<double>(std::min<std::size_t>(genome.node_count(), 8));
}

inline std::vector<double> integer_fitness(const GenomeStore& population) {
    std::vector<double> fitness(population.size());
    for (std::size_t genome = 0; genome < fitness.size(); ++genome)
        fitness[genome] = integer_fitness(population[genome]);
    return fitness;
}

/// Born uniform in [-2, 2], moved by up to 1 and drawn anew at these rates, kept in [-8, 8]: nothing left to defaults.
inline AttributeParams busy_attribute(double perturb_rate, double replace_rate) {
    AttributeParams params;
    params.distribution = Distribution::uniform;
    params.low = -2.0;
    params.high = 2.0;
    params.perturb_rate = perturb_rate;
    params.perturb_distribution = PerturbDistribution::uniform;
    params.perturb_power = 1.0;
    params.replace_rate = replace_rate;
    params.min = -8.0;
    params.max = 8.0;
    return params;
}

/// No mutation at all.
inline MutationParams rates_of_nothing() {
    MutationParams params;
    params.attributes_probability = 0.0;
    params.add_node_probability = 0.0;
    params.add_connection_probability = 0.0;
    return params;
}

/// Every operator at work, at high rates.
inline EvolverSetup busy_setup(std::uint64_t seed, int population_size = 60) {
    EvolverSetup setup;
    setup.input_count = 3;
    setup.output_count = 2;
    setup.seed = seed;
    setup.genome.bias_input = true;
    setup.genome.weight = busy_attribute(0.8, 0.1);
    setup.genome.bias = busy_attribute(0.8, 0.1);
    setup.genome.response = busy_attribute(0.3, 0.1);
    setup.genome.activation.options = {"steepened_sigmoid", "tanh", "relu"};
    setup.genome.activation.mutation_rate = 0.1;
    setup.genome.aggregation.options = {"sum", "max"};
    setup.genome.aggregation.mutation_rate = 0.1;
    setup.evolution.population_size = population_size;
    setup.evolution.crossover.interspecies_probability = 0.1;
    setup.evolution.crossover.average_probability = 0.2;
    setup.evolution.speciation.threshold = 2.0;
    setup.evolution.speciation.small_genome = 5;
    MutationParams& mutation = setup.evolution.mutation;
    mutation.add_node_probability = 0.2;
    mutation.add_connection_probability = 0.3;
    mutation.delete_node_probability = 0.1;
    mutation.delete_connection_probability = 0.1;
    mutation.toggle_connection_probability = 0.1;
    mutation.structural_budget = StructuralBudget::several;
    return setup;
}

/// Scores and breeds so many generations.
inline void evolve(Evolver& evolver, int generations) {
    for (int i = 0; i < generations; ++i) evolver.tell(integer_fitness(evolver.population()));
}

/// The digest of each of so many generations, from the present one on.
inline std::vector<std::uint64_t> digests(Evolver& evolver, int generations) {
    std::vector<std::uint64_t> all;
    for (int i = 0; i < generations; ++i) {
        all.push_back(evolver.population().digest());
        evolve(evolver, 1);
    }
    all.push_back(evolver.population().digest());
    return all;
}

inline GenomeStore evolved_population(std::uint64_t seed, int generations, int population_size = 60) {
    Evolver evolver(busy_setup(seed, population_size));
    evolve(evolver, generations);
    return evolver.population();
}

inline bool all_acyclic(const GenomeStore& population) {
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        if (!is_acyclic({population[genome].source, population[genome].target})) return false;
    }
    return true;
}

inline std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences) text += (text.empty() ? "" : "\n") + sentence;
    return text;
}

}  // namespace clade
