#include <clade/evolution/select/fitness_sharing.hpp>

#include "tests/support/breeding.hpp"
#include "tests/support/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

namespace clade {
namespace {

using Marks = std::vector<std::uint8_t>;
constexpr double failed = -std::numeric_limits<double>::infinity();

std::vector<double> shares_of(std::initializer_list<std::size_t> sizes, const std::vector<double>& scores,
                              Sharing sharing) {
    Grouping group = grouping(sizes);
    group.speciation.note_progress(scores, 0, Parallel(1));
    return shared_fitness(group.speciation, scores, sharing, Marks(sizes.size(), 1));
}

std::vector<std::uint32_t> quotas_of(std::initializer_list<std::size_t> sizes, const std::vector<double>& scores,
                                     Sharing sharing, std::uint32_t total) {
    const auto shares = shares_of(sizes, scores, sharing);
    return apportion(shares, Marks(shares.size(), 1), total, 1);
}

TEST(FitnessSharing, CanonicalSharesAreInProportionToMeanFitness) {
    EXPECT_EQ(quotas_of({1, 2}, {30.0, 5.0, 15.0}, Sharing::canonical, 40), (std::vector<std::uint32_t>{30, 10}));
}

TEST(FitnessSharing, NormalisedSharesLieBetweenTheLowestAndTheHighest) {
    EXPECT_EQ(shares_of({1, 2, 1}, {8.0, 8.0, 4.0, 4.0}, Sharing::normalised), (std::vector<double>{1.0, 0.5, 0.0}));
}

TEST(FitnessSharing, NegativeFitnessKeepsItsOrder) {
    const auto shares = shares_of({1, 1, 1}, {-3.0, -2.0, -1.0}, Sharing::canonical);
    EXPECT_LT(shares[0], shares[1]);
    EXPECT_LT(shares[1], shares[2]);
}

TEST(FitnessSharing, NormalisedSharesDoNotChangeWithAddedConstantsOrFactors) {
    const std::vector<double> scores{1.0, 7.0, 3.0, 12.0, 0.0, 5.0};
    const auto expected = shares_of({2, 1, 3}, scores, Sharing::normalised);
    for (const double constant : {-1e6, -5.0, 4.0, 1024.0}) {
        for (const double factor : {0.0009765625, 1.0, 4096.0}) {
            std::vector<double> changed;
            for (const double score : scores) changed.push_back(factor * score + constant * factor);
            const auto shares = shares_of({2, 1, 3}, changed, Sharing::normalised);
            for (std::size_t i = 0; i < shares.size(); ++i) EXPECT_DOUBLE_EQ(shares[i], expected[i]);
        }
    }
}

TEST(FitnessSharing, CanonicalSharesDoNotChangeWithFactors) {
    const auto expected = shares_of({2, 1}, {0.1, 0.2, 0.9}, Sharing::canonical);
    const auto scaled = shares_of({2, 1}, {0.1 / 1024, 0.2 / 1024, 0.9 / 1024}, Sharing::canonical);
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_DOUBLE_EQ(scaled[i], expected[i]);
}

TEST(FitnessSharing, ExtremeFitnessGivesFiniteSharesAndExactSums) {
    const double huge = std::numeric_limits<double>::max();
    const double tiny = std::numeric_limits<double>::denorm_min();
    const std::vector<std::vector<double>> cases{{0, 0, 0, 0},
                                                 {5, 5, 5, 5},
                                                 {-5, -5, -5, -5},
                                                 {huge, huge, huge, huge},
                                                 {huge, -huge, 0, 1},
                                                 {-huge, -huge, -huge, -huge},
                                                 {tiny, 0, 0, 0},
                                                 {tiny, tiny, tiny, tiny},
                                                 {huge, tiny, 0, failed},
                                                 {failed, failed, failed, failed},
                                                 {failed, 1, 2, 3}};
    for (const Sharing sharing : {Sharing::canonical, Sharing::normalised}) {
        for (const auto& scores : cases) {
            for (const double share : shares_of({1, 2, 1}, scores, sharing)) {
                EXPECT_TRUE(std::isfinite(share));
                EXPECT_GE(share, 0.0);
            }
            for (const std::uint32_t total : {3U, 4U, 7U, 101U}) {
                const auto quotas = quotas_of({1, 2, 1}, scores, sharing, total);
                EXPECT_EQ(std::accumulate(quotas.begin(), quotas.end(), 0U), total);
            }
        }
    }
}

TEST(FitnessSharing, SpeciesThatMayNotReproduceHaveNoShare) {
    Grouping group = grouping({2, 2});
    const std::vector<double> scores{9, 9, 1, 1};
    group.speciation.note_progress(scores, 0, Parallel(1));
    EXPECT_EQ(shared_fitness(group.speciation, scores, Sharing::canonical, Marks{0, 1})[0], 0.0);
}

TEST(Apportion, GivesExactSumsMinimaAndNothingToOthers) {
    Stream random({1, 0, Purpose::plan}, 0);
    for (int round = 0; round < 3000; ++round) {
        const std::uint32_t count = 1 + random.below(12);
        std::vector<double> shares(count);
        Marks takers(count);
        for (double& share : shares) share = random.below(4) == 0 ? 0.0 : std::pow(10.0, random.uniform(-300.0, 0.0));
        if (round % 2 == 0) {
            for (double& share : shares) share = random.uniform();
        }
        for (auto& taker : takers) taker = static_cast<std::uint8_t>(random.below(2));
        takers[random.below(count)] = 1;
        const auto taker_count = static_cast<std::uint32_t>(std::count(takers.begin(), takers.end(), 1));
        const std::uint32_t total = 1 + random.below(200);
        const std::uint32_t minimum = random.below(8);
        const auto quotas = apportion(shares, takers, total, minimum);
        ASSERT_EQ(std::accumulate(quotas.begin(), quotas.end(), 0U), total);
        for (std::size_t i = 0; i < count; ++i) {
            if (takers[i] == 0) {
                ASSERT_EQ(quotas[i], 0U);
            } else {
                ASSERT_GE(quotas[i], std::min(minimum, total / taker_count));
            }
        }
    }
}

TEST(Apportion, GoesByLargestRemainders) {
    EXPECT_EQ(apportion(std::vector<double>{5, 3, 2}, Marks{1, 1, 1}, 10, 0), (std::vector<std::uint32_t>{5, 3, 2}));
    EXPECT_EQ(apportion(std::vector<double>{1, 1, 1}, Marks{1, 1, 1}, 10, 0), (std::vector<std::uint32_t>{4, 3, 3}));
    EXPECT_EQ(apportion(std::vector<double>{55, 45}, Marks{1, 1}, 3, 0), (std::vector<std::uint32_t>{2, 1}));
    EXPECT_EQ(apportion(std::vector<double>{0, 0}, Marks{1, 1}, 5, 1), (std::vector<std::uint32_t>{3, 2}));
    EXPECT_EQ(apportion(std::vector<double>{98, 1, 1}, Marks{1, 1, 1}, 10, 2), (std::vector<std::uint32_t>{6, 2, 2}));
    EXPECT_EQ(apportion(std::vector<double>{1, 1, 1}, Marks{1, 1, 1}, 2, 5), (std::vector<std::uint32_t>{1, 1, 0}));
}

Marks reproducing_after(Grouping& group, const StagnationParams& params, std::uint32_t generations,
                        std::uint32_t population_stagnation = 0) {
    std::vector<double> scores(group.population.size());
    for (std::size_t i = 0; i < scores.size(); ++i) scores[i] = static_cast<double>(group.speciation.species_of()[i]);
    group.speciation.note_progress(scores, 0, Parallel(1));
    return reproducing_species(group.speciation, scores, params, generations, population_stagnation);
}

TEST(Stagnation, StopsASpeciesExactlyAtItsLimit) {
    Grouping group = grouping({2, 2, 2});
    StagnationParams params{.species_limit = 15, .population_limit = 0, .protected_species = 1};
    EXPECT_EQ(reproducing_after(group, params, 14), (Marks{1, 1, 1}));
    EXPECT_EQ(reproducing_after(group, params, 15), (Marks{0, 0, 1}));
    params.species_limit = 1;
    EXPECT_EQ(reproducing_after(group, params, 0), (Marks{1, 1, 1}));
    EXPECT_EQ(reproducing_after(group, params, 1), (Marks{0, 0, 1}));
    params.species_limit = 0;
    EXPECT_EQ(reproducing_after(group, params, 1000), (Marks{1, 1, 1}));
}

TEST(Stagnation, NeverStopsTheProtectedBestSpecies) {
    Grouping group = grouping({2, 2, 2, 2});
    StagnationParams params{.species_limit = 3, .population_limit = 20, .protected_species = 3};
    EXPECT_EQ(reproducing_after(group, params, 50), (Marks{0, 1, 1, 1}));
    EXPECT_EQ(reproducing_after(group, params, 50, 21), (Marks{0, 1, 1, 1})) << "not even when the population is stuck";
    params.protected_species = 0;
    EXPECT_EQ(reproducing_after(group, params, 50), (Marks{0, 0, 0, 0}));
    params.protected_species = 100;
    EXPECT_EQ(reproducing_after(group, params, 50), (Marks{1, 1, 1, 1}));
}

TEST(Stagnation, LeavesTheTwoBestSpeciesWhenThePopulationIsStuck) {
    Grouping group = grouping({2, 2, 2, 2});
    const StagnationParams params{.species_limit = 0, .population_limit = 20, .protected_species = 1};
    EXPECT_EQ(reproducing_after(group, params, 50, 20), (Marks{1, 1, 1, 1}));
    EXPECT_EQ(reproducing_after(group, params, 50, 21), (Marks{0, 0, 1, 1}));
}

}  // namespace
}  // namespace clade
