// What an evolver refuses, starts from, and does when every species has stopped.
#include <clade/evolution/evolver.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace clade {
namespace {

std::string error_of(const EvolverSetup& setup) {
    try {
        const Evolver evolver(setup);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(EvolverSetup, NamesEveryProblemAtOnce) {
    EvolverSetup setup = busy_setup(1);
    setup.output_count = 0;
    setup.evolution.population_size = 0;
    setup.evolution.crossover.probability = 1.5;
    setup.evolution.selection.survival_threshold = std::numeric_limits<double>::quiet_NaN();
    setup.genome.activation.initial = "tahn";
    setup.genome.weight.min = 9.0;
    const std::string error = error_of(setup);
    for (const char* const expected :
         {"output_count: must be at least 1", "evolution.population_size: must be between 1 and 100000000, got 0",
          "evolution.crossover.probability: must be between 0 and 1, got 1.5",
          "evolution.selection.survival_threshold: must be between 0 and 1, got nan",
          "genome.activation.initial: unknown function 'tahn'; did you mean 'tanh'?",
          "genome.weight.min: must not exceed max"}) {
        EXPECT_NE(error.find(expected), std::string::npos) << expected << "\nnot in:\n" << error;
    }
}

TEST(EvolverSetup, RefusesContradictions) {
    EvolverSetup setup = busy_setup(1, 10);
    setup.evolution.speciation.threshold = 2.0;
    setup.evolution.speciation.target_species = 11;
    EXPECT_EQ(
        error_of(setup),
        "evolution.speciation.target_species: must be left out where threshold is set, which then decides, got 11");
    setup.evolution.speciation.target_species.reset();
    setup.evolution.speciation.method = SpeciationMethod::k_medoids;
    EXPECT_EQ(error_of(setup), "evolution.speciation.threshold: must be null where method is k_medoids, got 2");
    setup = busy_setup(1, 10);
    setup.evolution.selection.elitism = 11;
    EXPECT_EQ(error_of(setup), "evolution.selection.elitism: must not exceed population_size (10), got 11");
    setup = busy_setup(1, 10);
    setup.evolution.selection.min_species_size = 11;
    EXPECT_EQ(error_of(setup), "evolution.selection.min_species_size: must not exceed population_size (10), got 11");
    setup = busy_setup(1);
    setup.genome.initial.route = InitialRoute::hidden;
    EXPECT_EQ(error_of(setup), "genome.initial.route: needs hidden_nodes of at least 1 with route: hidden");
    setup.genome.initial.route = InitialRoute::recurrent;
    EXPECT_EQ(error_of(setup), "genome.initial.route: recurrent needs network: recurrent");
    setup = busy_setup(1);
    setup.genome.activation.options = {"tanh"};
    EXPECT_EQ(error_of(setup), "genome.activation.mutation_rate: needs at least two options to choose from, got 1");
}

EvolverSetup small_setup() {
    EvolverSetup setup = busy_setup(1, 20);
    setup.input_count = 2;
    setup.output_count = 1;
    setup.genome.bias_input = false;
    return setup;
}

TEST(EvolverSetup, StartsFromASavedGenome) {
    EvolverSetup setup = small_setup();
    setup.initial_genome = SavedGenome{small_genome(), NetworkKind::feed_forward};
    Evolver evolver(setup);
    const GenomeStore& population = evolver.population();
    ASSERT_EQ(population.size(), 20U);
    std::set<float> weights;
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        ASSERT_EQ(population[genome].node_count(), 2U);
        ASSERT_EQ(population[genome].connection_count(), 4U);
        ASSERT_EQ(population[genome].enabled[0], 0);
        weights.insert(population[genome].weight[1]);
    }
    EXPECT_EQ(population[0].weight[1], -2.0F);
    EXPECT_EQ(population[0].bias[0], 0.5F);
    EXPECT_EQ(weights.size(), 20U);
    evolve(evolver, 10);
    EXPECT_EQ(joined(evolver.population().violations()), "");
}

TEST(EvolverSetup, DoesNotDependOnTheNumbersOfTheSavedGenome) {
    EvolverSetup setup = small_setup();
    setup.initial_genome = SavedGenome{small_genome(), NetworkKind::feed_forward};
    Evolver expected(setup);

    GenomeStore& saved = setup.initial_genome->store;
    saved.rows(0).node_id[1] = NodeId{0xffffffffU};
    saved.rows(0).target[2] = saved.rows(0).source[3] = NodeId{0xffffffffU};
    saved.rows(0).innovation[2] = Innovation{0xfffffffeU};
    saved.rows(0).innovation[3] = Innovation{0xffffffffU};
    ASSERT_EQ(joined(saved.violations()), "");
    Evolver evolver(setup);
    EXPECT_EQ(digests(evolver, 10), digests(expected, 10));
}

TEST(EvolverSetup, RefusesASavedGenomeThatDoesNotFit) {
    EvolverSetup setup = small_setup();
    setup.input_count = 3;
    setup.initial_genome = SavedGenome{small_genome(), NetworkKind::feed_forward};
    EXPECT_EQ(
        error_of(setup),
        "genome.initial.genome: must have inputs: 3, outputs: 1, bias_input: false here, got inputs: 2, outputs: 1, "
        "bias_input: false");

    setup = small_setup();
    setup.initial_genome = SavedGenome{GenomeStore({2, 1, false}), NetworkKind::feed_forward};
    EXPECT_EQ(error_of(setup), "genome.initial.genome: must be one genome");

    setup.initial_genome->store =
        store_of({2, 1, false}, {node(2), node(3)}, {connection(0, 2, 3), connection(1, 3, 2)});
    EXPECT_EQ(error_of(setup), "genome.initial.genome: must have no cycle with network: feed_forward");
    setup.genome.network = NetworkKind::recurrent;
    EXPECT_EQ(error_of(setup), "");

    setup.initial_genome->store.rows(0).activation[0] = static_cast<Activation>(200);
    EXPECT_EQ(error_of(setup), "genome.initial.genome: node 2 has an unknown function");
}

/// Every species stops after this many generations without progress.
EvolverSetup dying_setup(Extinction extinction, InnovationScope scope = InnovationScope::run) {
    EvolverSetup setup = busy_setup(3, 30);
    setup.genome.initial.hidden_nodes = 2;
    setup.genome.initial.route = InitialRoute::both;
    setup.evolution.innovation_scope = scope;
    setup.evolution.stagnation.species_limit = 4;
    setup.evolution.stagnation.population_limit = 0;
    setup.evolution.stagnation.protected_species = 0;
    setup.evolution.stagnation.extinction = extinction;
    setup.evolution.speciation.threshold = 1e6;
    return setup;
}

TEST(Extinction, RestartBeginsAnewWithTheBestEverKept) {
    for (const InnovationScope scope : {InnovationScope::run, InnovationScope::generation}) {
        Evolver evolver(dying_setup(Extinction::restart, scope));
        evolver.tell(integer_fitness(evolver.population()));
        const double best = evolver.best_ever().fitness;
        const std::vector<double> flat(30, -1000.0);
        int restarts = 0;
        std::uint64_t before = 0;
        for (int i = 1; i < 20; ++i) {
            const GenerationRecord& record = evolver.tell(flat);
            ASSERT_EQ(record.generation, static_cast<std::uint32_t>(i));
            ASSERT_EQ(joined(evolver.population().violations()), "");
            ASSERT_EQ(evolver.population().size(), 30U);
            if (!record.restarted) continue;
            ++restarts;
            EXPECT_EQ((record.generation - 4U) % 5U, 0U) << "a species' first generation is its last progress";
            EXPECT_NE(evolver.population().digest(), before);
            before = evolver.population().digest();
            for (const double known : evolver.known_fitness()) EXPECT_TRUE(std::isnan(known));
            for (const SpeciesRecord& species : record.species) EXPECT_EQ(species.offspring, 0U);
        }
        EXPECT_EQ(restarts, 4);
        EXPECT_EQ(evolver.best_ever().fitness, best);
    }
}

TEST(Extinction, APopulationThatNoSpeciesSurvivesForStartsAnew) {
    EvolverSetup setup = dying_setup(Extinction::restart);
    setup.evolution.stagnation.species_limit = 0;
    setup.evolution.stagnation.population_limit = 2;
    setup.evolution.stagnation.surviving_species = 0;
    Evolver evolver(setup);
    // Progress counts from the last start on: what the second start reaches by degrees is less than the first had.
    const std::vector<double> told{9, 9, 9, 9, 1, 2, 3, 3, 3, 3, 1};
    std::vector<std::uint32_t> restarts;
    for (const double fitness : told) {
        const GenerationRecord& record = evolver.tell(std::vector<double>(30, fitness));
        if (record.restarted) restarts.push_back(record.generation);
    }
    EXPECT_EQ(restarts, (std::vector<std::uint32_t>{3, 9}));
    EXPECT_EQ(evolver.best_ever().fitness, 9.0);
}

TEST(Extinction, ErrorNamesTheGeneration) {
    Evolver evolver(dying_setup(Extinction::error));
    const std::vector<double> flat(30, 1.0);
    for (int i = 0; i < 4; ++i) evolver.tell(flat);
    try {
        evolver.tell(flat);
        FAIL() << "no error";
    } catch (const ExtinctionError& error) {
        EXPECT_STREQ(error.what(),
                     "generation 4: every species has stagnated (evolution.stagnation.extinction: error)");
    }
}

TEST(Extinction, ErrorLeavesTheRecordOfTheLastGenerationAndNoOther) {
    EvolverSetup setup = dying_setup(Extinction::error);
    Evolver evolver(setup);
    const std::vector<double> flat(30, 1.0);
    for (int i = 0; i < 4; ++i) evolver.tell(flat);
    const std::uint64_t last = evolver.population().digest(setup.parallel);
    for (int i = 0; i < 2; ++i) {  // the second time nothing changes
        EXPECT_THROW(evolver.tell(flat), ExtinctionError);
        EXPECT_EQ(evolver.record().generation, 4U);
        EXPECT_EQ(evolver.record().digest, last);
        EXPECT_EQ(evolver.record().genome_fitness, flat);
        EXPECT_EQ(evolver.told().digest(setup.parallel), last);
        EXPECT_FALSE(evolver.record().restarted);
    }
}

TEST(Extinction, NeverComesWithAProtectedSpecies) {
    EvolverSetup setup = dying_setup(Extinction::error);
    setup.evolution.stagnation.protected_species = 1;
    setup.evolution.speciation.threshold = 1.0;
    Evolver evolver(setup);
    const std::vector<double> flat(30, 1.0);
    for (int i = 0; i < 30; ++i) EXPECT_NO_THROW(evolver.tell(flat));
}

}  // namespace
}  // namespace clade
