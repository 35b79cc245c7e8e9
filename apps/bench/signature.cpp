#include "bench/signature.hpp"

#include <clade/core/digest.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/evolution/evolver.hpp>

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace clade::bench {
namespace {

/// Evolves so many generations and chains their digests to `digest`.
std::uint64_t evolve(const EvolverSetup& setup, const Task& task, int generations, std::uint64_t digest) {
    Evolver evolver(setup);
    ThreadScorer scorer(task, {.parallel = setup.parallel});
    ScoreTable scores;
    for (int generation = 0; generation < generations; ++generation) {
        scorer.score(evolver.ask(), scores);
        const std::array genomes{evolver.tell(scores).digest};
        digest = digest_of(std::span<const std::uint64_t>(genomes), digest);
        digest = digest_of(std::span<const double>(scores.fitness), digest);
    }
    return digest;
}

EvolverSetup xor_setup(const Parallel& parallel) {
    EvolverSetup setup;
    setup.input_count = 2;
    setup.output_count = 1;
    setup.seed = 1;
    setup.parallel = parallel;
    return setup;
}

EvolverSetup recurrent_setup(const Parallel& parallel) {
    EvolverSetup setup;
    setup.input_count = 3;
    setup.output_count = 2;
    setup.seed = 2;
    setup.parallel = parallel;
    GenomeParams& genome = setup.genome;
    genome.network.kind = NetworkKind::recurrent;
    genome.bias_input = true;
    genome.initial.hidden_nodes = 3;
    genome.initial.route = InitialRoute::both;
    genome.response.perturb_rate = 0.2;
    genome.response.replace_rate = 0.05;
    for (const std::string_view name : EnumNames<Activation>::names) genome.activation.options.emplace_back(name);
    for (const std::string_view name : EnumNames<Aggregation>::names) genome.aggregation.options.emplace_back(name);
    genome.activation.mutation_rate = genome.aggregation.mutation_rate = 0.2;

    EvolutionParams& evolution = setup.evolution;
    evolution.population_size = 200;
    evolution.speciation.target_species = 12;
    evolution.speciation.node_coefficient = 0.3;
    evolution.crossover.interspecies_probability = 0.05;
    evolution.crossover.average_probability = 0.2;
    MutationParams& mutation = evolution.mutation;
    mutation.structural_budget = StructuralBudget::several;
    mutation.add_node_probability = 0.2;
    mutation.add_connection_probability = 0.3;
    mutation.delete_node_probability = 0.05;
    mutation.delete_connection_probability = 0.1;
    mutation.toggle_connection_probability = 0.1;
    return setup;
}

/// How near a network stays to fixed outputs on five sequences side by side, and on the first alone.
double steadiness(Network& network, const Seeds& seeds) {
    constexpr std::size_t rows = 5;
    std::array<float, 3 * rows> observations{};
    std::array<float, 2 * rows> actions{};
    std::array<float, 2> action{};
    double error = 0.0;
    for (std::size_t step = 0; step < 6; ++step) {
        for (std::size_t i = 0; i < observations.size(); ++i) {
            observations[i] = static_cast<float>((step * 5 + i * 3) % 7) / 4.0F - 0.75F;
        }
        network.activate_batch(observations, actions, rows);
        network.activate(std::array{observations[0], observations[rows], observations[2 * rows]}, action);
        for (const float value : actions) error += std::abs(double{value} - 0.5);
        error += std::abs(double{action[1]} - 0.25);
    }
    const double fitness = static_cast<double>(seeds.genome % 4) / 64.0 - error;
    return std::isnan(fitness) ? nan : fitness;  // of NaN, the bits are free
}

}  // namespace

std::uint64_t signature(const Parallel& parallel) {
    const auto xor_task = builtin_tasks().at("xor").blueprint()->make({1, ""});
    const std::uint64_t digest = evolve(xor_setup(parallel), *xor_task, 60, 0);
    const FunctionTask task({.name = "steadiness", .input_count = 3, .output_count = 2, .deterministic = false},
                            steadiness);
    return evolve(recurrent_setup(parallel), task, 30, digest);
}

}  // namespace clade::bench
