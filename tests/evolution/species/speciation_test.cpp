#include <clade/evolution/species/speciation.hpp>

#include "tests/support/breeding.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <set>

namespace clade {
namespace {

SpeciationParams params_of(double threshold, int target = 0) {
    SpeciationParams params;
    params.node_coefficient = 0.1;
    params.threshold = threshold;
    params.target_species = target;
    params.threshold_step = 0.2;
    params.threshold_min = 0.1;
    params.threshold_max = 50.0;
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
        speciation.assign(population, now, Parallel(1));
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
    speciation.assign(population, 0, Parallel(1));
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
    one.assign(population, 0, Parallel(1));
    many.assign(population, 0, Parallel(3));
    EXPECT_TRUE(std::ranges::equal(one.species_of(), many.species_of()));
}

TEST(Speciation, RepresentativesAreMembersOfThePreviousGeneration) {
    for (const Representative kind : {Representative::random, Representative::champion, Representative::nearest}) {
        SpeciationParams params = params_of(1.0);
        params.representative = kind;
        const GenomeStore before = evolved_population(4, 10);
        const GenomeStore now = evolved_population(4, 11);
        Speciation speciation(params, before.shape());
        speciation.assign(before, 0, Parallel(1));
        speciation.note_progress(integer_fitness(before), 0, Parallel(1));
        speciation.choose_representatives(before, std::vector<std::uint8_t>(speciation.species().size(), 1), 1, 0);
        const auto old_species = std::vector<Species>(speciation.species().begin(), speciation.species().end());
        // Whoever stood for its species joins one at least as old, being at distance 0 from itself.
        speciation.assign(before, 1, Parallel(1));
        ASSERT_LE(speciation.species().size(), old_species.size() + before.size());
        ASSERT_EQ(speciation.species().front().id, old_species.front().id);
        speciation.assign(now, 2, Parallel(1));
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
    speciation.assign(population, 0, Parallel(1));
    ASSERT_EQ(speciation.species().size(), 1U);
    speciation.note_progress(std::vector<double>{1.0, 2.0}, 0, Parallel(1));
    speciation.choose_representatives(population, std::vector<std::uint8_t>{1}, 1, 0);
    const std::vector<float> next{4.5F, -0.5F, -2.0F};  // near 2, near 2, far from it
    const GenomeStore children = bare_genomes(next);
    speciation.assign(children, 1, Parallel(1));
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
        speciation.assign(population, number, Parallel(1));
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
        speciation.assign(group.population, number, Parallel(1));
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
    group.speciation.assign(group.population, 1, Parallel(1));
    ASSERT_EQ(group.speciation.species().size(), 3U);
    EXPECT_EQ(raw(group.speciation.species()[0].id), 0U);
    EXPECT_EQ(raw(group.speciation.species()[1].id), 2U);
    EXPECT_EQ(raw(group.speciation.species()[2].id), 3U);
    group.speciation.clear();
    group.speciation.assign(group.population, 2, Parallel(1));
    EXPECT_EQ(raw(group.speciation.species()[0].id), 4U);
}

TEST(Speciation, ThresholdIsThatOfTheGenerationItSplit) {
    const GenomeStore population = evolved_population(5, 10);
    Speciation speciation(params_of(2.0, 1000), population.shape());
    double expected = 2.0;
    for (std::uint32_t generation = 0; generation < 15; ++generation) {
        speciation.assign(population, generation, Parallel(1));
        EXPECT_DOUBLE_EQ(speciation.threshold(), expected);
        expected = std::max(0.1, expected - 0.2);
        speciation.note_progress(integer_fitness(population), generation, Parallel(1));
        speciation.choose_representatives(population, std::vector<std::uint8_t>(speciation.species().size(), 1), 1,
                                          generation);
    }
    EXPECT_DOUBLE_EQ(speciation.threshold(), 0.1);
}

TEST(Speciation, ASteeredThresholdComesNearItsTargetWithinBounds) {
    EvolverSetup setup = busy_setup(6, 150);
    setup.evolution.speciation = params_of(20.0, 10);
    setup.evolution.speciation.threshold_max = 30.0;
    Evolver evolver(setup);
    std::size_t near = 0;
    for (int i = 0; i < 150; ++i) {
        const GenerationRecord& record = evolver.tell(integer_fitness(evolver.population()));
        ASSERT_GE(record.threshold, 0.1);
        ASSERT_LE(record.threshold, 30.0);
        if (i >= 120 && record.species.size() >= 5 && record.species.size() <= 20) ++near;
    }
    EXPECT_GE(near, 20U);
}

}  // namespace
}  // namespace clade
