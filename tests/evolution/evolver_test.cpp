#include <clade/evolution/evolver.hpp>

#include <clade/core/special_values_internal.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace clade {
namespace {

/// A mix of parameters that a seed picks.
EvolverSetup mixed_setup(std::uint64_t seed) {
    Stream random({seed, 0, Purpose::run_seed}, 0);
    EvolverSetup setup = busy_setup(seed, static_cast<int>(1 + random.below(80)));
    const auto rate = [&] { return random.below(3) == 0 ? 0.0 : random.uniform(); };
    const auto coin = [&] { return random.below(2) == 0; };
    setup.input_count = random.below(4);
    setup.output_count = 1 + random.below(3);
    setup.direction = coin() ? FitnessDirection::maximise : FitnessDirection::minimise;
    GenomeParams& genome = setup.genome;
    genome.network = coin() ? NetworkKind::feed_forward : NetworkKind::recurrent;
    genome.bias_input = setup.input_count == 0 || coin();
    genome.initial.connections = static_cast<InitialConnections>(random.below(4));
    genome.initial.hidden_nodes = static_cast<int>(random.below(4));
    genome.initial.route =
        genome.initial.hidden_nodes == 0 ? InitialRoute::direct : static_cast<InitialRoute>(random.below(3));
    EvolutionParams& evolution = setup.evolution;
    evolution.innovation_scope = coin() ? InnovationScope::run : InnovationScope::generation;
    evolution.mutation.structural_budget = coin() ? StructuralBudget::one : StructuralBudget::several;
    evolution.mutation.add_node_probability = rate();
    evolution.mutation.add_connection_probability = rate();
    evolution.mutation.delete_node_probability = rate();
    evolution.mutation.delete_connection_probability = rate();
    evolution.mutation.toggle_connection_probability = rate();
    evolution.mutation.max_hidden_nodes = coin() ? 0 : 6;
    evolution.mutation.max_connections = coin() ? 0 : 15;
    evolution.crossover.probability = rate();
    evolution.crossover.interspecies_probability = rate();
    evolution.crossover.average_probability = rate();
    evolution.selection.sharing = coin() ? Sharing::canonical : Sharing::normalised;
    evolution.selection.survival_threshold = rate();
    evolution.selection.elitism =
        static_cast<int>(random.below(static_cast<std::uint32_t>(std::min(4, evolution.population_size)) + 1));
    evolution.selection.elitism_min_species_size = static_cast<int>(1 + random.below(8));
    evolution.selection.min_species_size = static_cast<int>(random.below(2));
    if (coin()) {
        evolution.speciation.threshold = 0.2 + 3.0 * random.uniform();
    } else {
        evolution.speciation.threshold.reset();
        evolution.speciation.target_species = 1 + random.below(20);
        if (coin()) evolution.speciation.method = SpeciationMethod::k_medoids;
    }
    evolution.speciation.representative = static_cast<Representative>(random.below(3));
    evolution.speciation.node_coefficient = rate();
    evolution.stagnation.species_limit = static_cast<int>(random.below(10));
    evolution.stagnation.population_limit = static_cast<int>(random.below(10));
    evolution.stagnation.surviving_species = static_cast<int>(random.below(3));
    evolution.stagnation.protected_species = static_cast<int>(random.below(3));
    return setup;
}

class EvolverOver : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, EvolverOver, testing::Range<std::uint64_t>(0, 120));

TEST_P(EvolverOver, KeepsEveryGenerationSound) {
    const EvolverSetup setup = mixed_setup(GetParam());
    Evolver evolver(setup);
    for (int i = 0; i < 25; ++i) {
        const GenomeStore& population = evolver.population();
        ASSERT_EQ(population.size(), static_cast<std::size_t>(setup.evolution.population_size));
        ASSERT_EQ(joined(population.violations()), "");
        if (!setup.genome.network.is_recurrent()) {
            ASSERT_TRUE(all_acyclic(population));
        }
        for (const float weight : population.all_attributes().weight) ASSERT_LE(std::fabs(weight), 8.0F);
        evolve(evolver, 1);
        ASSERT_EQ(evolver.generation(), static_cast<std::uint32_t>(i + 1));
    }
}

TEST_P(EvolverOver, KeepsTheSizeCaps) {
    EvolverSetup setup = mixed_setup(GetParam());
    setup.genome.initial = {};
    setup.genome.initial.connections = InitialConnections::unconnected;
    setup.evolution.mutation.max_hidden_nodes = 3;
    setup.evolution.mutation.max_connections = 7;
    Evolver evolver(setup);
    evolve(evolver, 15);
    const GenomeStore& population = evolver.population();
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        ASSERT_LE(population[genome].node_count(), setup.output_count + 3);
        ASSERT_LE(population[genome].connection_count(), 7U);
    }
}

TEST_P(EvolverOver, RecordsAddUp) {
    const EvolverSetup setup = mixed_setup(GetParam());
    Evolver evolver(setup);
    for (int i = 0; i < 10; ++i) {
        const GenomeStore scored = evolver.population();
        const GenerationRecord& record = evolver.tell(integer_fitness(scored));
        std::map<std::uint32_t, std::uint32_t> sizes;
        for (const std::uint32_t species : record.genome_species) ++sizes[species];
        ASSERT_EQ(sizes.size(), record.species.size());
        std::uint64_t offspring = 0;
        for (const SpeciesRecord& species : record.species) {
            ASSERT_EQ(sizes[raw(species.id)], species.size);
            ASSERT_LE(species.stagnation, species.age);
            offspring += species.offspring;
        }
        ASSERT_EQ(offspring, record.restarted ? 0U : scored.size());
        ASSERT_EQ(record.digest, scored.digest());
        ASSERT_EQ(record.generation, static_cast<std::uint32_t>(i));
        GenomeStore champion(scored.shape());
        champion.append(scored[record.champion]);
        ASSERT_EQ(record.champion_genome.digest(), champion.digest());
        ASSERT_EQ(record.fitness.best, record.genome_fitness[record.champion]);
    }
}

TEST(Evolver, BestEverNeverFallsAndTheChampionSurvives) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        EvolverSetup setup = busy_setup(seed);
        setup.evolution.selection.min_species_size = 0;
        setup.evolution.speciation.threshold = 0.8;
        Evolver evolver(setup);
        double best = -infinity;
        for (int i = 0; i < 40; ++i) {
            const GenerationRecord& record = evolver.tell(integer_fitness(evolver.population()));
            ASSERT_GE(record.fitness.best, best) << "seed " << seed << " generation " << i;
            best = record.fitness.best;
            ASSERT_EQ(evolver.best_ever().fitness, best);
            ASSERT_EQ(integer_fitness(evolver.best_ever().genome[0]), best);
        }
    }
}

TEST(Evolver, TheChampionSurvivesInASpeciesTooWeakForAChild) {
    // Half the genomes share a bias and so a species; all of them fail but the champion. Every other species is strong.
    EvolverSetup setup = busy_setup(13, 200);
    setup.genome.initial.connections = InitialConnections::unconnected;
    setup.genome.response = constant_attribute(1.0, 0.1, 8.0);
    setup.genome.bias.distribution = Distribution::choice;
    setup.genome.bias.perturb_rate = 0.0;
    setup.genome.bias.max = 1000.0;
    setup.output_count = 1;
    for (int i = 0; i < 30; ++i) setup.genome.bias.values.insert(setup.genome.bias.values.end(), {0.0, 10.0 * (i + 1)});
    setup.evolution.speciation.node_coefficient = 1.0;
    setup.evolution.speciation.threshold = 1.0;
    setup.evolution.selection.min_species_size = 0;
    setup.evolution.selection.sharing = Sharing::canonical;
    setup.evolution.mutation.attributes_probability = 1.0;
    Evolver evolver(setup);
    std::vector<double> fitness(200, 99.0);
    std::size_t champion = 200;
    for (std::size_t genome = 0; genome < fitness.size(); ++genome) {
        if (evolver.population()[genome].bias[0] != 0.0F) continue;
        fitness[genome] = champion == 200 ? 100.0 : nan;
        champion = std::min(champion, genome);
    }
    const GenerationRecord& record = evolver.tell(fitness);
    ASSERT_EQ(record.champion, champion);
    std::uint32_t children = 0;
    std::uint64_t sum = 0;
    for (const SpeciesRecord& species : record.species) {
        sum += species.offspring;
        if (raw(species.id) == record.genome_species[champion]) children = species.offspring;
    }
    EXPECT_EQ(children, 1U);
    EXPECT_EQ(sum, 200U);
    EXPECT_EQ(std::ranges::count(evolver.known_fitness(), 100.0), 1);
}

TEST(Evolver, KnownFitnessIsThatOfTheCopiedGenome) {
    Evolver evolver(busy_setup(4));
    std::size_t known_count = 0;
    for (int i = 0; i < 20; ++i) {
        const std::vector<double> fitness = integer_fitness(evolver.population());
        const std::span<const double> known = evolver.known_fitness();
        for (std::size_t genome = 0; genome < fitness.size(); ++genome) {
            if (std::isnan(known[genome])) continue;
            ++known_count;
            ASSERT_EQ(known[genome], fitness[genome]);
        }
        evolver.tell(fitness);
    }
    EXPECT_GT(known_count, 20U);
}

TEST(Evolver, DiffersWithTheSeed) {
    Evolver a(busy_setup(1));
    Evolver b(busy_setup(2));
    EXPECT_NE(a.population().digest(), b.population().digest());
}

TEST(Evolver, TwoInOneProcessDoNotInteract) {
    Evolver alone(busy_setup(1));
    const auto expected = digests(alone, 15);
    Evolver a(busy_setup(1));
    Evolver b(busy_setup(2));
    for (std::size_t i = 0; i < 15; ++i) {
        ASSERT_EQ(a.population().digest(), expected[i]);
        evolve(a, 1);
        evolve(b, 2);
    }
}

TEST(Evolver, MinimisingMirrorsMaximising) {
    for (const Sharing sharing : {Sharing::canonical, Sharing::normalised}) {
        EvolverSetup setup = busy_setup(6);
        setup.evolution.selection.sharing = sharing;
        Evolver up(setup);
        setup.direction = FitnessDirection::minimise;
        Evolver down(setup);
        for (int i = 0; i < 25; ++i) {
            ASSERT_EQ(up.population().digest(), down.population().digest());
            std::vector<double> fitness = integer_fitness(up.population());
            const GenerationRecord& high = up.tell(fitness);
            for (double& value : fitness) value = -value;
            const GenerationRecord& low = down.tell(fitness);
            ASSERT_EQ(high.fitness.best, -low.fitness.best);
            ASSERT_EQ(high.fitness.worst, -low.fitness.worst);
            ASSERT_EQ(high.champion, low.champion);
            ASSERT_EQ(up.best_ever().fitness, -down.best_ever().fitness);
        }
    }
}

TEST(Evolver, NanAndInfinityAreWorseThanAnything) {
    for (const double bad : {nan, infinity, -infinity}) {
        for (const FitnessDirection direction : {FitnessDirection::maximise, FitnessDirection::minimise}) {
            for (const std::size_t at : {std::size_t{0}, std::size_t{30}, std::size_t{59}}) {
                EvolverSetup setup = busy_setup(7);
                setup.direction = direction;
                Evolver evolver(setup);
                for (int i = 0; i < 5; ++i) {
                    std::vector<double> fitness = integer_fitness(evolver.population());
                    fitness[at] = bad;
                    const GenerationRecord& record = evolver.tell(fitness);
                    ASSERT_NE(record.champion, at);
                    ASSERT_EQ(record.failed_count, 1U);
                    ASSERT_TRUE(std::isfinite(record.fitness.best) && std::isfinite(record.fitness.mean));
                    ASSERT_TRUE(std::isfinite(evolver.best_ever().fitness));
                    ASSERT_EQ(evolver.population().size(), 60U);
                }
            }
        }
    }
}

TEST(Evolver, GoesOnWhenEveryGenomeFails) {
    Evolver evolver(busy_setup(8));
    const std::vector<double> failed(60, nan);
    for (int i = 0; i < 30; ++i) {
        const GenerationRecord& record = evolver.tell(failed);
        ASSERT_EQ(record.failed_count, 60U);
        ASSERT_TRUE(std::isnan(record.fitness.best));
        ASSERT_EQ(joined(evolver.population().violations()), "");
        ASSERT_TRUE(std::isnan(evolver.best_ever().fitness));
        ASSERT_TRUE(evolver.best_ever().genome.empty());
    }
    evolve(evolver, 1);
    EXPECT_TRUE(std::isfinite(evolver.best_ever().fitness));
}

TEST(Evolver, ExtremeFitnessKeepsThePopulationSize) {
    const std::vector<std::vector<double>> kinds{
        {0.0}, {-5.0}, {1e308}, {-1e308}, {5e-324}, {1e308, -1e308}, {1e308, 5e-324, 0.0}};
    for (const Sharing sharing : {Sharing::canonical, Sharing::normalised}) {
        for (const auto& kind : kinds) {
            EvolverSetup setup = busy_setup(9, 61);
            setup.evolution.selection.sharing = sharing;
            Evolver evolver(setup);
            for (int i = 0; i < 5; ++i) {
                std::vector<double> fitness(61);
                for (std::size_t genome = 0; genome < fitness.size(); ++genome)
                    fitness[genome] = kind[genome % kind.size()];
                ASSERT_TRUE(std::isfinite(evolver.tell(fitness).fitness.mean));
                ASSERT_EQ(evolver.population().size(), 61U);
                ASSERT_EQ(joined(evolver.population().violations()), "");
            }
        }
    }
}

TEST(Evolver, MissingFitnessIsAnErrorAndChangesNothing) {
    Evolver evolver(busy_setup(10));
    const std::uint64_t before = evolver.population().digest();
    const std::vector<double> short_by_one(59, 1.0);
    EXPECT_THROW(evolver.tell(short_by_one), Error);
    EXPECT_THROW(evolver.tell(std::span<const double>()), Error);
    EXPECT_EQ(evolver.population().digest(), before);
    EXPECT_EQ(evolver.generation(), 0U);
}

TEST(Evolver, TellsWhenEachStageIsDone) {
    std::vector<Stage> stages;
    EvolverSetup setup = busy_setup(11);
    setup.on_stage_end = [&](Stage stage) { stages.push_back(stage); };
    Evolver evolver(setup);
    evolve(evolver, 1);
    EXPECT_EQ(stages, (std::vector<Stage>{Stage::speciate, Stage::select, Stage::record, Stage::plan, Stage::number,
                                          Stage::inherit, Stage::mutate, Stage::represent}));
}

TEST(Evolver, ImprovesAnIntegerFitness) {
    Evolver evolver(busy_setup(12, 150));
    const double first = evolver.tell(integer_fitness(evolver.population())).fitness.best;
    evolve(evolver, 60);
    EXPECT_GT(evolver.best_ever().fitness, first + 100.0);
}

}  // namespace
}  // namespace clade
