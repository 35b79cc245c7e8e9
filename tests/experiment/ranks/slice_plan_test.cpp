#include <clade/experiment/ranks/slice_ledger.hpp>
#include <clade/experiment/ranks/slice_plan.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace clade {
namespace {

GenomeStore genomes_of_growing_size(std::size_t count) {
    testing::RandomGenomeOptions options;
    GenomeStore store(options.shape);
    for (std::size_t i = 0; i < count; ++i) {
        options.hidden_count = static_cast<std::uint32_t>(i);
        store.append(testing::random_genome(options, 1)[0]);
    }
    return store;
}

std::vector<std::size_t> all_of(const GenomeStore& store) {
    std::vector<std::size_t> all(store.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

SliceResult result_of(const SliceOrder& order, double fitness) {
    SliceResult result{.id = order.id};
    result.scores.fitness.assign(order.slice.genomes.size(), fitness);
    return result;
}

}  // namespace

TEST(SlicePlan, CutsTheLargestFirstAndEachGenomeOnce) {
    const GenomeStore store = genomes_of_growing_size(20);
    SlicePlan plan(store, all_of(store));
    std::vector<std::size_t> cut;
    double smallest = 1e9;
    while (!plan.empty()) {
        const auto slice = plan.cut(plan.cost_left() / 4.0, 1);
        ASSERT_FALSE(slice.empty());
        EXPECT_TRUE(std::ranges::is_sorted(slice));
        for (const std::size_t genome : slice) EXPECT_LE(scoring_cost(store.size_of(genome)), smallest);
        for (const std::size_t genome : slice) smallest = std::min(smallest, scoring_cost(store.size_of(genome)));
        cut.insert(cut.end(), slice.begin(), slice.end());
    }
    std::ranges::sort(cut);
    EXPECT_EQ(cut, all_of(store));
    EXPECT_NEAR(plan.cost_left(), 0.0, 1e-9);
}

TEST(SlicePlan, ASliceHasAtLeastAsManyGenomesAsAsked) {
    const GenomeStore store = genomes_of_growing_size(5);
    SlicePlan plan(store, all_of(store));
    EXPECT_EQ(plan.cut(0.0, 3).size(), 3U);
    EXPECT_EQ(plan.cut(0.0, 3).size(), 2U);
}

TEST(SliceLedger, WhatIsTakenBackIsGivenAgainAndALateResultIsDropped) {
    const GenomeStore store = genomes_of_growing_size(4);
    const Generation generation{.genomes = store};
    SliceLedger ledger(generation, all_of(store), 10);
    ScoreTable scores;
    scores.resize(4);
    const SliceOrder lost = ledger.give(1, 1e9, 1);
    EXPECT_EQ(lost.id, 10U);
    EXPECT_TRUE(ledger.all_given());
    ledger.take_back(1);
    EXPECT_EQ(ledger.given_to(1), 0U);
    const SliceOrder again = ledger.give(0, 1e9, 1);
    EXPECT_TRUE(ledger.settle(result_of(again, 2.0), {scores}));
    EXPECT_TRUE(ledger.finished());
    EXPECT_FALSE(ledger.settle(result_of(lost, 3.0), {scores}));
    EXPECT_EQ(scores.fitness, (std::vector<double>(4, 2.0)));
}

TEST(SliceLedger, AfterAFailureOnlyGenomesBeforeItAreStillScored) {
    const GenomeStore store = genomes_of_growing_size(4);  // cut from the last to the first
    const Generation generation{.genomes = store};
    SliceLedger ledger(generation, all_of(store), 0);
    ScoreTable scores;
    scores.resize(4);
    (void)ledger.give(0, 0.0, 1);
    const SliceOrder second = ledger.give(1, 0.0, 1);
    SliceResult failed{.id = second.id};
    failed.error = SliceError{"boom", GenomeFailure{1, FailureKind::exception, "boom"}};
    EXPECT_FALSE(ledger.settle(failed, {scores}));
    ASSERT_FALSE(ledger.all_given());
    EXPECT_EQ(ledger.give(0, 1e9, 1).slice.places, (std::vector<std::size_t>{0}));
    EXPECT_TRUE(ledger.all_given());
    EXPECT_EQ(ledger.failure()->rank, 1U);
}

TEST(SliceLedger, ScoresThatDoNotFitTheSliceAreRefused) {
    const GenomeStore store = genomes_of_growing_size(4);
    const Generation generation{.genomes = store};
    SliceLedger ledger(generation, all_of(store), 0);
    ScoreTable scores;
    scores.resize(4);
    SliceResult result = result_of(ledger.give(1, 1e9, 1), 1.0);
    result.scores.fitness.pop_back();
    EXPECT_THROW((void)ledger.settle(result, {scores}), Error);
}

}  // namespace clade
