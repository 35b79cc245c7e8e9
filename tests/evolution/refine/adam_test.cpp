// Adam by its recurrence, alone and inside a refinement.
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/refine/adam.hpp>
#include <clade/evolution/refine/refinement.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace clade {
namespace {

using Vector = std::vector<double>;

Vector ask(Adam& adam) {
    Stream random({1, 0, Purpose::refine}, 0);
    Vector candidate(adam.dimension());
    adam.ask(candidate, random);
    return candidate;
}

void tell(Adam& adam, double score, const Vector& gradient) { adam.tell({&score, 1}, gradient); }

TEST(Adam, TakesTheStepsOfThePublishedRecurrence) {
    Adam adam(Vector{1.0}, {.learning_rate = 0.1});
    EXPECT_EQ(ask(adam), Vector{1.0}) << "the first candidate is the start";
    tell(adam, 0.0, {2.0});  // the first step is as long as the learning rate, whatever the slope
    EXPECT_NEAR(ask(adam)[0], 1.1, 1e-8);
    tell(adam, 0.0, {-1.0});
    const double mean = (0.9 * 0.1 * 2.0 - 0.1 * 1.0) / (1.0 - 0.9 * 0.9);
    const double square = (0.999 * 0.001 * 4.0 + 0.001 * 1.0) / (1.0 - 0.999 * 0.999);
    EXPECT_NEAR(ask(adam)[0], 1.1 + 0.1 * mean / (std::sqrt(square) + 1e-8), 1e-7);
}

TEST(Adam, ClimbsAnEllipsoidOfAnyScale) {
    Adam adam(Vector{1.0, -2.0, 0.5}, {.learning_rate = 0.05});
    const Vector scale{1.0, 100.0, 10000.0};
    Vector x;
    for (int i = 0; i < 500; ++i) {
        x = ask(adam);
        Vector gradient;
        for (std::size_t k = 0; k < x.size(); ++k) gradient.push_back(-2.0 * scale[k] * x[k]);
        tell(adam, 0.0, gradient);
        EXPECT_FALSE(adam.exhausted());
    }
    for (const double coordinate : x) EXPECT_NEAR(coordinate, 0.0, 0.02);
}

TEST(Adam, IsExhaustedByFailureAndWhereThereIsNoSlope) {
    const auto exhausted_by = [](double score, const Vector& gradient) {
        Adam adam(Vector{1.0, 1.0}, {});
        tell(adam, score, gradient);
        return adam.exhausted();
    };
    EXPECT_FALSE(exhausted_by(0.0, {0.0, 1.0}));
    EXPECT_TRUE(exhausted_by(0.0, {0.0, 0.0}));
    EXPECT_TRUE(exhausted_by(-infinity, {1.0, 1.0}));
    EXPECT_TRUE(exhausted_by(0.0, {1.0, infinity}));
    EXPECT_TRUE(exhausted_by(0.0, {1.0, std::numeric_limits<double>::quiet_NaN()}));
}

/// Sum of squared weights and biases.
double size_of(const GenomeView& genome) {
    double sum = 0.0;
    for (const float weight : genome.weight) sum += double{weight} * double{weight};
    for (const float bias : genome.bias) sum += double{bias} * double{bias};
    return sum;
}

/// Refines the first genomes of a population, whose loss is their size; fitness is `sign` times it.
Refinement refined_by_adam(const GenomeStore& population, const GenomeParams& genome, double sign, int evaluations) {
    const FitnessDirection direction = sign > 0.0 ? FitnessDirection::minimise : FitnessDirection::maximise;
    const std::vector<std::uint32_t> species(population.size(), 0);
    const auto fitness_of = [&](const GenomeStore& store) {
        Vector fitness;
        for (std::size_t i = 0; i < store.size(); ++i) fitness.push_back(sign * size_of(store[i]));
        return fitness;
    };
    const Vector fitness = fitness_of(population);
    RefineParams refine;
    refine.method = RefineMethod::adam;
    refine.evaluations = evaluations;
    refine.learning_rate = 0.05;
    const std::vector<std::size_t> picked{0, 3, 4};
    Refinement refinement({population, fitness, species, direction, genome, refine, 7, 3}, picked);
    EXPECT_TRUE(refinement.needs_gradient());
    while (!refinement.finished()) {
        const AttributeView all = refinement.candidates().all_attributes();
        Vector bias;
        Vector weight;
        for (const float value : all.bias) bias.push_back(2.0 * double{value});
        for (const float value : all.weight) weight.push_back(2.0 * double{value});
        refinement.tell(fitness_of(refinement.candidates()), {bias, weight});
    }
    return refinement;
}

TEST(RefinementByAdam, GoesDownTheLossWhateverTheDirection) {
    const GenomeStore population = evolved_population(1, 10, 30);
    GenomeParams genome;
    genome.weight = busy_attribute(0.8, 0.1);
    genome.bias = busy_attribute(0.8, 0.1);
    for (const double sign : {1.0, -1.0}) {
        const Refinement refinement = refined_by_adam(population, genome, sign, 300);
        ASSERT_EQ(refinement.refined().size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            const RefinedGenome& refined = refinement.refined()[i];
            EXPECT_EQ(refined.evaluations, 300U);
            EXPECT_TRUE(refined.improved());
            // Numbers of genes that have no part in the network stay as they are.
            const GenomeView before = population[refined.genome];
            double old_loss = 0.0;
            double new_loss = 0.0;
            const auto compare = [&](std::span<const float> old, std::span<const float> now) {
                for (std::size_t k = 0; k < old.size(); ++k) {
                    if (old[k] == now[k]) continue;
                    old_loss += double{old[k]} * double{old[k]};
                    new_loss += double{now[k]} * double{now[k]};
                }
            };
            compare(before.weight, refined.weights);
            compare(before.bias, refined.biases);
            EXPECT_GT(old_loss, 0.0);
            EXPECT_LT(new_loss, 0.01 * old_loss);
        }
    }
}

TEST(RefinementByAdam, KeepsTheBestWeightsMetNotTheLast) {
    const GenomeStore population = evolved_population(1, 10, 30);
    GenomeParams genome;
    genome.weight = busy_attribute(0.8, 0.1);
    genome.bias = busy_attribute(0.8, 0.1);
    const Refinement refinement = refined_by_adam(population, genome, 1.0, 120);
    for (std::size_t i = 0; i < refinement.refined().size(); ++i) {
        double enabled_and_disabled = 0.0;
        const RefinedGenome& refined = refinement.refined()[i];
        for (const float weight : refined.weights) enabled_and_disabled += double{weight} * double{weight};
        for (const float bias : refined.biases) enabled_and_disabled += double{bias} * double{bias};
        EXPECT_EQ(enabled_and_disabled, refined.fitness);
    }
}

}  // namespace
}  // namespace clade
