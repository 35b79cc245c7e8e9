#include <clade/evolution/species/genome_distance.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace clade {
namespace {

constexpr GenomeShape three_inputs{3, 1, false};

SpeciationParams params_of(double c1, double c2, double c3, Normalisation normalisation = Normalisation::none) {
    SpeciationParams params;
    params.excess_coefficient = c1;
    params.disjoint_coefficient = c2;
    params.weight_coefficient = c3;
    params.normalisation = normalisation;
    return params;
}

/// Figure 4 of the paper: genes 1 to 5 and 8 against 1 to 7, 9 and 10 (there counted from 1; inputs 0 to 2, output 3).
GenomeStore figure_four_parent(bool second) {
    if (!second) {
        return store_of(three_inputs, {node(3), node(4)},
                        {connection(1, 0, 3), connection(2, 1, 3, 1.0F, false), connection(3, 2, 3),
                         connection(4, 1, 4), connection(5, 4, 3), connection(8, 0, 4)});
    }
    return store_of(three_inputs, {node(3), node(4), node(5)},
                    {connection(1, 0, 3), connection(2, 1, 3, 1.0F, false), connection(3, 2, 3), connection(4, 1, 4),
                     connection(5, 4, 3, 1.0F, false), connection(6, 4, 5), connection(7, 5, 3), connection(9, 2, 4),
                     connection(10, 0, 5)});
}

TEST(GenomeDistance, CountsTheGenesOfThePapersFigureFour) {
    const GenomeStore a = figure_four_parent(false);
    const GenomeStore b = figure_four_parent(true);
    EXPECT_EQ(genome_distance(a[0], b[0], params_of(1, 0, 0)), 2.0) << "excess: 9 and 10";
    EXPECT_EQ(genome_distance(a[0], b[0], params_of(0, 1, 0)), 3.0) << "disjoint: 6, 7 and 8";
    EXPECT_EQ(genome_distance(a[0], b[0], params_of(1, 1, 0)), 5.0);
    EXPECT_EQ(genome_distance(b[0], a[0], params_of(100, 1, 0)), 203.0);
}

TEST(GenomeDistance, AveragesTheWeightDifferencesOfMatchingGenes) {
    GenomeStore a = figure_four_parent(false);
    const GenomeStore b = figure_four_parent(true);
    for (std::size_t i = 0; i < 5; ++i) a.rows(0).weight[i] = 1.0F + static_cast<float>(i);  // off by 0, 1, 2, 3, 4
    a.rows(0).weight[5] = 100.0F;
    EXPECT_EQ(genome_distance(a[0], b[0], params_of(0, 0, 0.5)), 1.0);
}

TEST(GenomeDistance, DividesByTheGenesOfTheLargerGenome) {
    const GenomeStore a = figure_four_parent(false);
    const GenomeStore b = figure_four_parent(true);
    SpeciationParams params = params_of(1, 1, 0, Normalisation::gene_count);
    params.small_genome = 9;
    EXPECT_EQ(genome_distance(a[0], b[0], params), 5.0 / 9.0);
    params.small_genome = 10;
    EXPECT_EQ(genome_distance(a[0], b[0], params), 5.0);
}

TEST(GenomeDistance, OfEmptyGenomesIsZero) {
    const GenomeStore empty = store_of(three_inputs, {node(3)});
    for (const int small_genome : {0, 20}) {
        SpeciationParams params = params_of(1, 2, 3, Normalisation::gene_count);
        params.small_genome = small_genome;
        EXPECT_EQ(genome_distance(empty[0], empty[0], params), 0.0);
        EXPECT_EQ(genome_distance(empty[0], figure_four_parent(false)[0], params), small_genome == 0 ? 1.0 : 6.0);
    }
}

TEST(GenomeDistance, CountsNodeDifferencesIfAsked) {
    const GenomeStore a = store_of(three_inputs, {node(3, 1.0F), node(4)});
    GenomeStore b = store_of(three_inputs, {node(3, -1.0F), node(7)});
    SpeciationParams params = params_of(1, 1, 1);
    EXPECT_EQ(genome_distance(a[0], b[0], params), 0.0);
    params.node_coefficient = 0.5;
    EXPECT_EQ(genome_distance(a[0], b[0], params), 1.0);
    b.rows(0).response[0] = 1.5F;
    b.rows(0).activation[0] = Activation::relu;
    b.rows(0).aggregation[0] = Aggregation::max;
    EXPECT_EQ(genome_distance(a[0], b[0], params), 0.5 * (2.0 + 0.5 + 1.0 + 1.0));
}

std::vector<SpeciationParams> mixes() {
    std::vector<SpeciationParams> all{params_of(1, 1, 0.4), params_of(1.5, 0.7, 0.4, Normalisation::gene_count),
                                      params_of(0.3, 0.3, 2.0, Normalisation::gene_count)};
    all[1].small_genome = 0;
    all[2].node_coefficient = 0.6;
    return all;
}

TEST(GenomeDistance, IsZeroToItselfSymmetricAndNotNegative) {
    const GenomeStore population = evolved_population(5, 20);
    for (const SpeciationParams& params : mixes()) {
        for (std::size_t a = 0; a < population.size(); ++a) {
            ASSERT_EQ(genome_distance(population[a], population[a], params), 0.0);
            for (std::size_t b = 0; b < a; ++b) {
                const double distance = genome_distance(population[a], population[b], params);
                ASSERT_GE(distance, 0.0);
                ASSERT_EQ(distance, genome_distance(population[b], population[a], params));
            }
        }
    }
}

TEST(SpreadRepresentatives, AgreesWithThePairwiseFormBitForBit) {
    const GenomeStore population = evolved_population(6, 25, 90);
    for (const SpeciationParams& params : mixes()) {
        GenomeStore representatives(population.shape());
        SpreadRepresentatives spread;
        for (std::size_t one = 0; one < 90; one += 7) {
            representatives.clear();
            representatives.append(population[one]);
            spread.assign(representatives, params);
            for (std::size_t genome = 0; genome < population.size(); ++genome) {
                // Just above its own distance a genome is within, at its distance it is not: only equal bits pass.
                const double distance = genome_distance(population[genome], population[one], params);
                const double above = std::nextafter(distance, 1e300);
                for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
                    ASSERT_EQ(spread.first_within(population[genome], distance, simd), std::nullopt);
                    ASSERT_EQ(spread.first_within(population[genome], above, simd), 0U);
                }
            }
        }
    }
}

TEST(SpreadRepresentatives, FindsTheFirstOfManySpecies) {
    const GenomeStore population = evolved_population(7, 25, 90);
    for (const SpeciationParams& params : mixes()) {
        for (const std::size_t count : {1U, 15U, 16U, 17U, 33U, 50U}) {
            GenomeStore representatives(population.shape());
            for (std::size_t i = 0; i < count; ++i) representatives.append(population[i]);
            SpreadRepresentatives spread;
            spread.assign(representatives, params);
            for (std::size_t genome = 0; genome < population.size(); ++genome) {
                for (const double threshold : {0.5, 1.5, 4.0}) {
                    std::optional<std::uint32_t> expected;
                    for (std::uint32_t i = 0; i < count && !expected; ++i) {
                        if (genome_distance(population[genome], representatives[i], params) < threshold) expected = i;
                    }
                    for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
                        ASSERT_EQ(spread.first_within(population[genome], threshold, simd), expected);
                    }
                }
            }
        }
    }
}

TEST(SpreadRepresentatives, HandlesGenomesWithoutConnections) {
    const GenomeStore empty = store_of(three_inputs, {node(3)});
    const GenomeStore full = figure_four_parent(true);
    SpreadRepresentatives spread;
    spread.assign(empty, params_of(1, 1, 1));
    EXPECT_EQ(spread.first_within(empty[0], 0.1, best_simd_level()), 0U);
    EXPECT_EQ(spread.first_within(full[0], 9.0, best_simd_level()), std::nullopt);
    EXPECT_EQ(spread.first_within(full[0], 9.1, best_simd_level()), 0U);
    spread.assign(full, params_of(1, 1, 1));
    EXPECT_EQ(spread.first_within(empty[0], 9.1, best_simd_level()), 0U);
}

}  // namespace
}  // namespace clade
