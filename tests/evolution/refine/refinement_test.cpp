// Which genomes are refined, what of them changes, what it costs, and that nothing is lost by it.
#include <clade/evolution/refine/refinement.hpp>

#include <clade/core/special_values_internal.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace clade {
namespace {

/// -(sum of squared weights and biases): the best genome has none.
double smallness(const GenomeView& genome) {
    double sum = 0.0;
    for (const float weight : genome.weight) sum += double{weight} * double{weight};
    for (const float bias : genome.bias) sum += double{bias} * double{bias};
    return -sum;
}

std::vector<double> smallness(const GenomeStore& store) {
    std::vector<double> fitness(store.size());
    for (std::size_t i = 0; i < fitness.size(); ++i) fitness[i] = smallness(store[i]);
    return fitness;
}

/// A scored generation with what refines it.
struct Fixture {
    explicit Fixture(std::uint64_t seed = 1) : population(evolved_population(seed, 10, 30)) {
        fitness = smallness(population);
        species.assign(population.size(), 0);
        genome.weight = busy_attribute(0.8, 0.1);
        genome.bias = busy_attribute(0.8, 0.1);
        refine.method = RefineMethod::cma_es;
    }

    [[nodiscard]] RefinementInput input() const {
        return {population, fitness, species, direction, genome, refine, 7, 3};
    }
    [[nodiscard]] Refinement refinement(const std::vector<std::size_t>& picked) const {
        return Refinement(input(), picked);
    }

    GenomeStore population;
    std::vector<double> fitness;
    std::vector<std::uint32_t> species;
    FitnessDirection direction = FitnessDirection::maximise;
    GenomeParams genome;
    RefineParams refine;
};

void run(Refinement& refinement, double sign = 1.0) {
    while (!refinement.finished()) {
        std::vector<double> fitness = smallness(refinement.candidates());
        for (double& value : fitness) value *= sign;
        refinement.tell(fitness);
    }
}

TEST(GenomesToRefine, AreTheBestOfEachSpeciesTheBestOrTheBestPart) {
    Fixture fixture;
    fixture.fitness = {5.0, 9.0, nan, 9.0, 1.0, 2.0, nan, nan, 3.0, 4.0};
    fixture.species = {0, 0, 0, 2, 2, 1, 3, 3, 1, 1};
    const auto picked = [&](RefinedGenomes genomes, double fraction = 0.1) {
        fixture.refine.genomes = genomes;
        fixture.refine.fraction = fraction;
        return genomes_to_refine(fixture.input());
    };
    using Genomes = std::vector<std::size_t>;
    EXPECT_EQ(picked(RefinedGenomes::champion), Genomes({1}));
    EXPECT_EQ(picked(RefinedGenomes::species_champions), Genomes({1, 3, 9}));
    EXPECT_EQ(picked(RefinedGenomes::fraction, 0.3), Genomes({0, 1, 3}));
    EXPECT_EQ(picked(RefinedGenomes::fraction, 0.001), Genomes({1}));
    EXPECT_EQ(picked(RefinedGenomes::fraction, 1.0), Genomes({0, 1, 3, 4, 5, 8, 9}));
    fixture.direction = FitnessDirection::minimise;
    EXPECT_EQ(picked(RefinedGenomes::champion), Genomes({4}));
    EXPECT_EQ(picked(RefinedGenomes::species_champions), Genomes({0, 4, 5}));
    fixture.fitness.assign(10, nan);
    for (const RefinedGenomes genomes :
         {RefinedGenomes::champion, RefinedGenomes::species_champions, RefinedGenomes::fraction}) {
        EXPECT_EQ(picked(genomes), Genomes());
    }
}

TEST(Refinement, FindsBetterWeightsOfEveryPickedGenome) {
    for (const RefineMethod method : {RefineMethod::cma_es, RefineMethod::snes}) {
        Fixture fixture;
        fixture.refine.method = method;
        fixture.refine.evaluations = 1000;
        Refinement refinement = fixture.refinement({2, 5, 11});
        run(refinement);
        ASSERT_EQ(refinement.refined().size(), 3U);
        for (std::size_t i = 0; i < 3; ++i) {
            const RefinedGenome& refined = refinement.refined()[i];
            EXPECT_TRUE(refined.improved());
            EXPECT_EQ(refined.fitness_before, fixture.fitness[refined.genome]);
            EXPECT_GT(refined.fitness, 0.5 * refined.fitness_before);
            EXPECT_EQ(refined.fitness, smallness(refinement.genomes()[i])) << "the fitness is not of these weights";
            const GenomeView genome = refinement.genomes()[i];
            EXPECT_EQ(refined.weights, std::vector<float>(genome.weight.begin(), genome.weight.end()));
            EXPECT_EQ(refined.biases, std::vector<float>(genome.bias.begin(), genome.bias.end()));
        }
    }
}

TEST(Refinement, MinimisesWhereThatIsTheDirection) {
    Fixture fixture;
    fixture.direction = FitnessDirection::minimise;
    for (double& value : fixture.fitness) value = -value;
    Refinement refinement = fixture.refinement({4});
    run(refinement, -1.0);
    EXPECT_LT(refinement.refined()[0].fitness, refinement.refined()[0].fitness_before);
}

TEST(Refinement, ChangesWeightsOfEnabledConnectionsAndBiasesAlone) {
    Fixture fixture;
    Refinement refinement = fixture.refinement({0, 1, 2, 3, 4, 5});
    for (std::size_t i = 0; i < refinement.candidates().size(); ++i) {
        const GenomeView candidate = refinement.candidates()[i];
        const GenomeView origin = fixture.population[refinement.origins()[i]];
        ASSERT_EQ(candidate.connection_count(), origin.connection_count());
        ASSERT_EQ(candidate.node_count(), origin.node_count());
        for (std::size_t row = 0; row < origin.connection_count(); ++row) {
            EXPECT_EQ(candidate.weight[row] == origin.weight[row], origin.enabled[row] == 0);
            EXPECT_EQ(candidate.innovation[row], origin.innovation[row]);
        }
        for (std::size_t row = 0; row < origin.node_count(); ++row) {
            EXPECT_NE(candidate.bias[row], origin.bias[row]);
            EXPECT_EQ(candidate.response[row], origin.response[row]);
            EXPECT_EQ(candidate.activation[row], origin.activation[row]);
        }
    }
    EXPECT_EQ(joined(refinement.candidates().violations()), "");
}

TEST(Refinement, LeavesAttributesThatNeverMutateAsTheyAre) {
    Fixture fixture;
    fixture.genome.bias = constant_attribute(0.0, -1.0, 1.0);
    const Refinement without_biases = fixture.refinement({0});
    const GenomeView candidate = without_biases.candidates()[0];
    const GenomeView origin = fixture.population[0];
    EXPECT_TRUE(std::equal(candidate.bias.begin(), candidate.bias.end(), origin.bias.begin()));
    fixture.genome.weight.perturb_rate = fixture.genome.weight.replace_rate = 0.0;
    const Refinement nothing = fixture.refinement({0, 1});
    EXPECT_TRUE(nothing.finished());
    EXPECT_TRUE(nothing.refined().empty());
}

TEST(Refinement, KeepsCandidatesWithinTheBoundsOfTheirAttributes) {
    Fixture fixture;
    fixture.genome.weight.min = -0.5;
    fixture.genome.weight.max = 0.25;
    fixture.refine.step_size = 5.0;
    Refinement refinement = fixture.refinement({0, 1});
    const AttributeView all = refinement.candidates().all_attributes();
    for (std::size_t row = 0; row < all.weight.size(); ++row) {
        if (all.enabled[row] == 0) continue;
        EXPECT_GE(all.weight[row], -0.5F);
        EXPECT_LE(all.weight[row], 0.25F);
    }
}

TEST(Refinement, TakesNoMoreEvaluationsThanItIsGiven) {
    for (const int evaluations : {1, 50, 333}) {
        Fixture fixture;
        fixture.refine.evaluations = evaluations;
        Refinement refinement = fixture.refinement({0, 7});
        std::size_t scored = 0;
        const std::size_t first_iteration = refinement.candidates().size();
        while (!refinement.finished()) {
            scored += refinement.candidates().size();
            refinement.tell(smallness(refinement.candidates()));
        }
        std::size_t counted = 0;
        for (const RefinedGenome& refined : refinement.refined()) counted += refined.evaluations;
        EXPECT_EQ(counted, scored);
        EXPECT_LE(scored, std::max(first_iteration, 2 * static_cast<std::size_t>(evaluations)));
    }
}

TEST(Refinement, BeginsAnewWithTwiceTheCandidatesWhenTheFitnessIsFlat) {
    Fixture fixture;
    fixture.refine.evaluations = 5000;
    fixture.refine.offspring = 20;
    Refinement refinement = fixture.refinement({0});
    std::vector<std::size_t> sizes;
    while (!refinement.finished()) {
        const std::size_t size = refinement.candidates().size();
        if (sizes.empty() || size != sizes.back()) sizes.push_back(size);
        refinement.tell(std::vector<double>(size, fixture.fitness[0]));
    }
    EXPECT_EQ(sizes, std::vector<std::size_t>({20, 40, 80, 160}));
    EXPECT_FALSE(refinement.refined()[0].improved());
    EXPECT_EQ(refinement.genomes().digest(), [&] {
        GenomeStore own(fixture.population.shape());
        own.append(fixture.population[0]);
        return own.digest();
    }());
}

TEST(Refinement, CountsFailedCandidatesAsTheWorst) {
    Fixture fixture;
    Refinement refinement = fixture.refinement({3});
    while (!refinement.finished()) {
        std::vector<double> fitness = smallness(refinement.candidates());
        fitness.front() = nan;
        fitness.back() = std::numeric_limits<double>::infinity();
        refinement.tell(fitness);
    }
    EXPECT_TRUE(std::isfinite(refinement.refined()[0].fitness));
    EXPECT_TRUE(refinement.refined()[0].improved());
}

TEST(Refinement, OfAGenomeDoesNotDependOnWhoElseIsRefined) {
    const Fixture fixture;
    Refinement alone = fixture.refinement({5});
    Refinement together = fixture.refinement({2, 5, 9});
    run(alone);
    run(together);
    EXPECT_EQ(alone.refined()[0].weights, together.refined()[1].weights);
    EXPECT_EQ(alone.refined()[0].evaluations, together.refined()[1].evaluations);
}

TEST(Refinement, NamesTheCandidateOfEachImprovement) {
    Fixture fixture;
    Refinement refinement = fixture.refinement({2, 5});
    while (!refinement.finished()) {
        const std::vector<double> fitness = smallness(refinement.candidates());
        const std::vector<std::size_t> origins(refinement.origins().begin(), refinement.origins().end());
        refinement.tell(fitness);
        for (const auto& [refined, candidate] : refinement.improvements()) {
            EXPECT_EQ(refinement.refined()[refined].fitness, fitness[candidate]);
            EXPECT_EQ(refinement.refined()[refined].genome, origins[candidate]);
        }
    }
}

TEST(Refinement, RefusesTooFewFitnessValues) {
    const Fixture fixture;
    Refinement refinement = fixture.refinement({0});
    EXPECT_THROW(refinement.tell(std::vector<double>(1, 0.0)), Error);
}

std::string problems_of(const RefineParams& params) {
    ThrowingSink sink;
    check(params, "refine", sink);
    try {
        sink.finish();
    } catch (const FieldError& error) {
        return error.what();
    }
    return "";
}

TEST(RefineParams, ThatContradictEachOtherAreRefusedInWords) {
    RefineParams params;
    params.every_generations = 0;
    params.offspring = 3;
    EXPECT_EQ(problems_of(params), "") << "nothing is refined, so nothing contradicts";
    params.method = RefineMethod::snes;
    EXPECT_EQ(problems_of(params),
              "refine.every_generations: must be at least 1 without refine.stagnation, got 0: nothing would ever be "
              "refined\nrefine.offspring: must be 0 or at least 4, got 3");
    params.offspring = 4;
    params.stagnation = 5;
    EXPECT_EQ(problems_of(params), "");
    params.every_generations = 1;
    EXPECT_EQ(problems_of(params),
              "refine.stagnation: changes nothing with every_generations: 1; set every_generations: 0 to refine on "
              "stagnation alone");
}

}  // namespace
}  // namespace clade
