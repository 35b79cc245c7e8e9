#include <clade/evolution/species/speciation.hpp>

#include "tests/support/breeding.hpp"
#include "tests/support/sanitized.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <set>

namespace clade {
namespace {

SpeciationParams common_params() {
    SpeciationParams params;
    params.node_coefficient = 0.1;
    params.threshold_min = 0.1;
    params.threshold_max = 50.0;
    return params;
}

SpeciationParams params_of(double threshold) {
    SpeciationParams params = common_params();
    params.threshold = threshold;
    return params;
}

SpeciationParams params_of_target(std::uint64_t target) {
    SpeciationParams params = common_params();
    params.target_species = target;
    return params;
}

/// The members by definition, whatever the scores.
std::vector<std::size_t> sizes_of(const Speciation& speciation) {
    std::vector<std::size_t> sizes(speciation.species().size(), 0);
    for (const std::uint32_t species : speciation.species_of()) ++sizes.at(species);
    return sizes;
}

class SpeciationOver : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Thresholds, SpeciationOver, testing::Values(1e-9, 0.5, 1.5, 3.0, 1e9));

TEST_P(SpeciationOver, PutsEveryGenomeInExactlyOneSpeciesAndLeavesNoneEmpty) {
    Speciation speciation(params_of(GetParam()), evolved_population(1, 1).shape());
    std::set<std::uint32_t> ids_before;
    std::uint32_t highest = 0;
    for (int generation = 1; generation < 12; ++generation) {
        const GenomeStore population = evolved_population(1, generation);
        const auto now = static_cast<std::uint32_t>(generation);
        speciation.assign(population, 5, now, Parallel(1));
        speciation.note_progress(integer_fitness(population), now, Parallel(1));
        std::set<std::uint32_t> seen;
        for (std::size_t s = 0; s < speciation.species().size(); ++s) {
            ASSERT_FALSE(speciation.members(s).empty());
            for (const std::uint32_t genome : speciation.members(s)) {
                ASSERT_TRUE(seen.insert(genome).second);
                ASSERT_EQ(speciation.species_of()[genome], s);
            }
            const Species& species = speciation.species()[s];
            const bool is_new = !ids_before.contains(raw(species.id));
            ASSERT_EQ(species.created == now, is_new);
            ASSERT_TRUE(!is_new || raw(species.id) >= highest) << "an id is used again";
        }
        ASSERT_EQ(seen.size(), population.size());
        ids_before.clear();
        for (const Species& species : speciation.species()) {
            ids_before.insert(raw(species.id));
            highest = std::max(highest, raw(species.id) + 1);
        }
        const std::vector<std::uint8_t> alive(speciation.species().size(), 1);
        speciation.choose_representatives(population, alive, 5, now);
    }
}

TEST(Speciation, JoinsTheFirstSpeciesThatIsNear) {
    // Serial by definition: each genome against the representatives in order of age, else it founds a species.
    const SpeciationParams params = params_of(1.2);
    const GenomeStore population = evolved_population(2, 15, 200);
    Speciation speciation(params, population.shape());
    speciation.assign(population, 5, 0, Parallel(1));
    std::vector<std::size_t> founders;
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        std::size_t species = 0;
        while (species < founders.size() &&
               genome_distance(population[genome], population[founders[species]], params) >= params.threshold) {
            ++species;
        }
        if (species == founders.size()) founders.push_back(genome);
        ASSERT_EQ(speciation.species_of()[genome], species);
    }
    EXPECT_GT(founders.size(), 5U);
    EXPECT_EQ(speciation.species().size(), founders.size());
}

TEST(Speciation, IsTheSameForAnyNumberOfThreads) {
    const GenomeStore population = evolved_population(3, 15, 500);
    Speciation one(params_of(1.0), population.shape());
    Speciation many(params_of(1.0), population.shape());
    one.assign(population, 5, 0, Parallel(1));
    many.assign(population, 5, 0, Parallel(3));
    EXPECT_TRUE(std::ranges::equal(one.species_of(), many.species_of()));
}

TEST(Speciation, RepresentativesAreMembersOfThePreviousGeneration) {
    for (const Representative kind : {Representative::random, Representative::champion, Representative::nearest}) {
        SpeciationParams params = params_of(1.0);
        params.representative = kind;
        const GenomeStore before = evolved_population(4, 10);
        const GenomeStore now = evolved_population(4, 11);
        Speciation speciation(params, before.shape());
        speciation.assign(before, 5, 0, Parallel(1));
        speciation.note_progress(integer_fitness(before), 0, Parallel(1));
        speciation.choose_representatives(before, std::vector<std::uint8_t>(speciation.species().size(), 1), 1, 0);
        const auto old_species = std::vector<Species>(speciation.species().begin(), speciation.species().end());
        // Whoever stood for its species joins one at least as old, being at distance 0 from itself.
        speciation.assign(before, 5, 1, Parallel(1));
        ASSERT_LE(speciation.species().size(), old_species.size() + before.size());
        ASSERT_EQ(speciation.species().front().id, old_species.front().id);
        speciation.assign(now, 5, 2, Parallel(1));
        ASSERT_EQ(sizes_of(speciation).size(), speciation.species().size());
    }
}

TEST(Speciation, TheChampionRepresentsIfAsked) {
    SpeciationParams params;
    params.node_coefficient = 1.0;
    params.threshold = 3.0;
    params.representative = Representative::champion;
    const std::vector<float> biases{0.0F, 2.0F};
    const GenomeStore population = bare_genomes(biases);
    Speciation speciation(params, population.shape());
    speciation.assign(population, 5, 0, Parallel(1));
    ASSERT_EQ(speciation.species().size(), 1U);
    speciation.note_progress(std::vector<double>{1.0, 2.0}, 0, Parallel(1));
    speciation.choose_representatives(population, std::vector<std::uint8_t>{1}, 1, 0);
    const std::vector<float> next{4.5F, -0.5F, -2.0F};  // near 2, near 2, far from it
    const GenomeStore children = bare_genomes(next);
    speciation.assign(children, 5, 1, Parallel(1));
    EXPECT_EQ(speciation.species_of()[0], 0U);
    EXPECT_EQ(speciation.species_of()[1], 0U);
    EXPECT_EQ(speciation.species_of()[2], 1U);
}

TEST(Speciation, OfEquallyNearMembersTheFirstRepresents) {
    SpeciationParams params;
    params.node_coefficient = 1.0;
    params.threshold = 3.0;
    params.representative = Representative::nearest;
    Speciation speciation(params, {1, 1, false});
    const auto generation = [&](std::uint32_t number, std::initializer_list<float> biases) {
        const GenomeStore population = bare_genomes(std::vector(biases));
        speciation.assign(population, 5, number, Parallel(1));
        std::vector<double> merit(biases.size());
        std::iota(merit.begin(), merit.end(), 0.0);  // the last is the champion
        speciation.note_progress(merit, number, Parallel(1));
        std::vector<std::uint32_t> species(speciation.species_of().begin(), speciation.species_of().end());
        speciation.choose_representatives(population, std::vector<std::uint8_t>(speciation.species().size(), 1), 1,
                                          number);
        return species;
    };
    EXPECT_EQ(generation(0, {0.0F}), (std::vector<std::uint32_t>{0}));
    EXPECT_EQ(generation(1, {1.0F, -1.0F}), (std::vector<std::uint32_t>{0, 0}));
    EXPECT_EQ(generation(2, {3.5F, -2.5F}), (std::vector<std::uint32_t>{0, 1})) << "near 1, far from it";
}

TEST(Speciation, MembersAreSortedByScoreThenIndex) {
    Grouping group = grouping({4, 3});
    const double lowest = -std::numeric_limits<double>::infinity();
    group.speciation.note_progress(std::vector<double>{1, 3, lowest, 3, 5, 5, 6}, 0, Parallel(1));
    EXPECT_TRUE(std::ranges::equal(group.speciation.members(0), std::vector<std::uint32_t>{1, 3, 0, 2}));
    EXPECT_TRUE(std::ranges::equal(group.speciation.members(1), std::vector<std::uint32_t>{6, 4, 5}));
}

TEST(Speciation, ProgressIsABetterBestThanEver) {
    Grouping group = grouping({2});
    Speciation& speciation = group.speciation;
    const auto generation = [&](std::uint32_t number, double a, double b) {
        speciation.choose_representatives(group.population, std::vector<std::uint8_t>{1}, 1, number - 1);
        speciation.assign(group.population, 5, number, Parallel(1));
        speciation.note_progress(std::vector<double>{a, b}, number, Parallel(1));
        return speciation.species()[0].last_progress;
    };
    speciation.note_progress(std::vector<double>{1.0, 0.0}, 0, Parallel(1));
    EXPECT_EQ(generation(1, 1.0, 1.0), 0U);
    EXPECT_EQ(generation(2, 0.0, 2.0), 2U);
    EXPECT_EQ(generation(3, 1.5, 1.0), 2U);
    EXPECT_EQ(generation(4, -std::numeric_limits<double>::infinity(), 2.5), 4U);
    EXPECT_EQ(speciation.species()[0].created, 0U);
}

TEST(Speciation, DeadSpeciesAreForgottenAndTheirIdsNotUsedAgain) {
    Grouping group = grouping({2, 2, 2});
    group.speciation.note_progress(std::vector<double>(6, 1.0), 0, Parallel(1));
    group.speciation.choose_representatives(group.population, std::vector<std::uint8_t>{1, 0, 1}, 1, 0);
    ASSERT_EQ(group.speciation.species().size(), 2U);
    group.speciation.assign(group.population, 5, 1, Parallel(1));
    ASSERT_EQ(group.speciation.species().size(), 3U);
    EXPECT_EQ(raw(group.speciation.species()[0].id), 0U);
    EXPECT_EQ(raw(group.speciation.species()[1].id), 2U);
    EXPECT_EQ(raw(group.speciation.species()[2].id), 3U);
    group.speciation.clear();
    group.speciation.assign(group.population, 5, 2, Parallel(1));
    EXPECT_EQ(raw(group.speciation.species()[0].id), 4U);
}

/// How many species each of these generations has, of an evolver with this fitness.
std::vector<std::size_t> species_counts(EvolverSetup setup, int generations, auto&& fitness_of) {
    Evolver evolver(std::move(setup));
    std::vector<std::size_t> counts;
    for (int i = 0; i < generations; ++i) {
        counts.push_back(evolver.tell(fitness_of(evolver.population())).species.size());
    }
    return counts;
}

class SpeciationWithATarget : public testing::TestWithParam<SpeciationMethod> {};
INSTANTIATE_TEST_SUITE_P(Methods, SpeciationWithATarget,
                         testing::Values(SpeciationMethod::threshold, SpeciationMethod::k_medoids));

TEST_P(SpeciationWithATarget, HoldsTheNumberOfSpeciesForAnySizeAndTarget) {
    for (const auto& [size, target] : {std::pair{150, 5}, {150, 20}, {400, 50}, {3000, 10}, {3000, 1}}) {
        if (sanitized && size > 400) continue;
        for (const Normalisation normalisation : {Normalisation::none, Normalisation::gene_count}) {
            EvolverSetup setup = busy_setup(6, size);
            setup.evolution.speciation = params_of_target(static_cast<std::uint64_t>(target));
            setup.evolution.speciation.method = GetParam();
            setup.evolution.speciation.normalisation = normalisation;
            setup.evolution.selection.min_species_size = 0;
            const std::vector<std::size_t> counts =
                species_counts(std::move(setup), 40, [](const GenomeStore& p) { return integer_fitness(p); });
            for (std::size_t i = 10; i < counts.size(); ++i) {
                EXPECT_LE(counts[i], static_cast<std::size_t>(target)) << size << ", generation " << i;
                EXPECT_GE(counts[i] * 4, static_cast<std::size_t>(target) * 3) << size << ", generation " << i;
            }
        }
    }
}

TEST_P(SpeciationWithATarget, HasAtMostAsManySpeciesAsThereAreDifferentGenomes) {
    GenomeStore population(evolved_population(5, 10).shape());
    const GenomeStore evolved = evolved_population(5, 10);
    for (int copy = 0; copy < 20; ++copy) {
        for (std::size_t genome = 0; genome < 3; ++genome) population.append(evolved[genome * 17]);
    }
    SpeciationParams params = params_of_target(10);
    params.method = GetParam();
    params.threshold_min = 1e-6;
    Speciation speciation(params, population.shape());
    for (std::uint32_t generation = 0; generation < 3; ++generation) {
        speciation.assign(population, 1, generation, Parallel(2));
        EXPECT_EQ(speciation.species().size(), 3U);
        for (std::size_t genome = 3; genome < population.size(); ++genome) {
            EXPECT_EQ(speciation.species_of()[genome], speciation.species_of()[genome - 3]);
        }
        speciation.note_progress(integer_fitness(population), generation, Parallel(1));
        speciation.choose_representatives(population, std::vector<std::uint8_t>(3, 1), 1, generation);
    }
}

TEST(Speciation, WithATargetTheThresholdStaysWithinItsBounds) {
    for (const auto& [low, high] : {std::pair{4.0, 30.0}, {0.01, 0.02}}) {
        EvolverSetup setup = busy_setup(6, 150);
        setup.evolution.speciation = params_of_target(10);
        setup.evolution.speciation.threshold_min = low;
        setup.evolution.speciation.threshold_max = high;
        Evolver evolver(setup);
        for (int i = 0; i < 30; ++i) {
            const GenerationRecord& record = evolver.tell(integer_fitness(evolver.population()));
            ASSERT_GE(record.threshold, low);
            ASSERT_LE(record.threshold, high);
        }
    }
}

TEST(Speciation, WithATargetAGenomeJoinsTheFirstOpenSpeciesWithinTheThresholdOrTheNearest) {
    const GenomeStore population = evolved_population(2, 15, 700);
    SpeciationParams params = params_of_target(12);
    const GenomeStore none(population.shape());
    const OpenSpecies open = open_by_threshold(population, none, params, 12, 3.0, Parallel(1));
    ASSERT_EQ(open.founders.size(), 12U);
    Speciation speciation(params, population.shape());
    speciation.assign(population, 1, 0, Parallel(2));
    ASSERT_EQ(speciation.threshold(), open.threshold);
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        std::size_t expected = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t species = 0; species < open.founders.size() && least >= open.threshold; ++species) {
            const double distance = genome_distance(population[genome], population[open.founders[species]], params);
            if (distance < least) expected = species;
            least = std::min(least, distance);
        }
        ASSERT_EQ(speciation.species_of()[genome], expected) << genome;
    }
}

TEST(Speciation, AThresholdThatIsFoundIsTheHighestThatGivesTheTarget) {
    const GenomeStore population = evolved_population(3, 15, 400);
    const SpeciationParams params = params_of_target(8);
    const GenomeStore none(population.shape());
    const OpenSpecies open = open_by_threshold(population, none, params, 8, 3.0, Parallel(1));
    // With a fixed threshold, a little higher: too few species; at the one found: at least as many.
    for (const double factor : {1.0, 1.11}) {
        Speciation fixed(params_of(open.threshold * factor), population.shape());
        fixed.assign(population, 1, 0, Parallel(1));
        EXPECT_EQ(fixed.species().size() >= 8, factor == 1.0) << fixed.species().size();
    }
}

TEST(Medoid, HasTheLowestSumOfDistances) {
    const GenomeStore population = evolved_population(4, 12, 60);
    const SpeciationParams params = params_of_target(2);
    std::vector<std::uint32_t> members;
    for (std::uint32_t genome = 0; genome < 30; ++genome) members.push_back(genome * 2);
    const auto sum_from = [&](std::uint32_t genome) {
        double sum = 0.0;
        for (const std::uint32_t other : members) sum += genome_distance(population[genome], population[other], params);
        return sum;
    };
    const double least = sum_from(medoid(population, members, params));
    for (const std::uint32_t member : members) EXPECT_LE(least, sum_from(member));
    EXPECT_EQ(medoid(population, std::span(members).first(1), params), members.front());
}

}  // namespace
}  // namespace clade
