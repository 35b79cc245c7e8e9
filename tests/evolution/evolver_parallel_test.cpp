// Promise 1: the same setup, seed and fitness give the same generations, whoever computes them.
#include <clade/core/digest.hpp>
#include <clade/evolution/evolver.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

constexpr int generations = 30;

std::vector<std::uint64_t> digests_with(EvolverSetup setup, int threads, SimdLevel simd) {
    setup.parallel = Parallel(threads, simd);
    Evolver evolver(std::move(setup));
    return digests(evolver, generations);
}

std::vector<EvolverSetup> setups() {
    std::vector<EvolverSetup> all{busy_setup(31, 333), busy_setup(32, 200)};
    all[1].genome.network = NetworkKind::recurrent;
    all[1].evolution.innovation_scope = InnovationScope::generation;
    all[1].evolution.mutation.structural_budget = StructuralBudget::one;
    all[1].evolution.speciation.threshold.reset();
    all[1].evolution.speciation.target_species = 40;
    all[1].evolution.speciation.representative = Representative::champion;
    all[1].evolution.speciation.excess_coefficient = 1.5;
    all[1].evolution.speciation.node_coefficient = 0.3;
    return all;
}

TEST(EvolverPromise, SameDigestsForAnyNumberOfThreadsAndEverySimdLevel) {
    for (const EvolverSetup& setup : setups()) {
        const auto expected = digests_with(setup, 1, SimdLevel::baseline);
        for (const int threads : {1, 2, 3, 8}) {
            for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
                ASSERT_EQ(digests_with(setup, threads, simd), expected) << threads << " threads, " << name_of(simd);
            }
        }
    }
}

TEST(EvolverPromise, TwoEnginesSideBySideGiveTheirOwnRuns) {
    const auto expected = digests_with(busy_setup(31, 333), 1, SimdLevel::baseline);
    const Parallel shared(3);
    EvolverSetup setup = busy_setup(31, 333);
    setup.parallel = shared;
    Evolver a(setup);
    setup.seed = 99;
    Evolver b(setup);
    for (int i = 0; i < generations; ++i) {
        ASSERT_EQ(a.population().digest(), expected[static_cast<std::size_t>(i)]);
        evolve(a, 1);
        evolve(b, 1);
    }
}

TEST(EvolverPromise, TheGoldenRunIsUnchanged) {
    // A change here changes every run that anybody has recorded: it needs a reason and a line in the changelog.
    Evolver evolver(busy_setup(42, 100));
    const auto all = digests(evolver, generations);
    EXPECT_EQ(to_hex(digest_of(std::span<const std::uint64_t>(all))), "f41da66e78ba2531");
}

}  // namespace
}  // namespace clade
