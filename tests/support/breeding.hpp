// A scored, speciated generation, ready to breed: what the tests of sharing, crossover and reproduction start from.
#pragma once

#include <clade/evolution/breed/reproduction.hpp>
#include <clade/evolution/select/fitness_sharing.hpp>

#include "tests/support/genomes.hpp"

#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace clade {

/// A store of these genomes, each with one output and no connections, whose biases tell them apart.
inline GenomeStore bare_genomes(std::span<const float> biases) {
    GenomeStore store({1, 1, false});
    for (const float bias : biases) store.append(store_of({1, 1, false}, {node(1, bias)})[0]);
    return store;
}

/// Species of the given sizes: genomes of one species have one bias, far from that of others.
struct Grouping {
    explicit Grouping(std::span<const std::size_t> sizes) {
        std::vector<float> biases;
        for (std::size_t species = 0; species < sizes.size(); ++species) {
            biases.insert(biases.end(), sizes[species], 10.0F * static_cast<float>(species));
        }
        population = bare_genomes(biases);
        SpeciationParams params;
        params.node_coefficient = 1.0;
        params.threshold = 1.0;
        speciation = Speciation(params, population.shape());
        speciation.assign(population, 5, 0, Parallel(1));
    }

    GenomeStore population;
    Speciation speciation;
};

inline Grouping grouping(std::initializer_list<std::size_t> sizes) {
    return Grouping(std::span(sizes.begin(), sizes.size()));
}

/// Breeds one generation of a grouping or of any speciated population, with quotas given or in proportion to sizes.
struct Breeding {
    Breeding(GenomeStore genomes, Speciation species, std::vector<double> all_scores, EvolverSetup params)
        : population(std::move(genomes)),
          speciation(std::move(species)),
          scores(std::move(all_scores)),
          setup(std::move(params)) {
        speciation.note_progress(scores, 0, Parallel(1));
        for (std::size_t s = 0; s < speciation.species().size(); ++s) {
            quotas.push_back(static_cast<std::uint32_t>(speciation.members(s).size()));
        }
    }

    [[nodiscard]] BreedingInput input() const {
        return {population, speciation, scores, quotas, setup.genome, setup.evolution, setup.seed, 0};
    }

    /// The plan alone.
    std::span<const ChildPlan> plan_children() {
        plan.decide(input(), setup.parallel);
        return plan.children();
    }

    /// The whole way to the next generation.
    const GenomeStore& breed(InnovationTable& innovations) {
        plan.decide(input(), setup.parallel);
        plan.number(population, innovations);
        next = GenomeStore(population.shape());
        const NodeFunctions functions = resolve_functions(setup.genome, setup.functions);
        write_changed_children(input(), functions, setup.parallel, plan);
        first_mutated = plan.place(population, next);
        write_children(input(), plan, setup.parallel, next);
        mutate_attributes(input(), functions, first_mutated, setup.parallel, next);
        return next;
    }

    GenomeStore population;
    Speciation speciation;
    std::vector<double> scores;
    EvolverSetup setup;
    std::vector<std::uint32_t> quotas;
    ReproductionPlan plan;
    GenomeStore next;
    std::size_t first_mutated = 0;
};

}  // namespace clade
