// Weights that are found between the scoring of a generation and tell().
#include <clade/evolution/evolver.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace clade {
namespace {

/// A genome with every weight and bias 0.125 more.
GenomeStore moved(const GenomeView& genome, const GenomeShape& shape) {
    GenomeStore store(shape);
    store.append(genome);
    for (float& weight : store.rows(0).weight) weight += 0.125F;
    for (float& bias : store.rows(0).bias) bias += 0.125F;
    return store;
}

GenomeStore copy_of(const GenomeView& genome, const GenomeShape& shape) {
    GenomeStore store(shape);
    store.append(genome);
    return store;
}

std::string refusal(Evolver& evolver, std::size_t genome, const GenomeStore& refined) {
    try {
        evolver.revise(genome, refined[0]);
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

TEST(EvolverRevise, SpeciatingFirstChangesNothing) {
    EvolverSetup setup = busy_setup(5);
    setup.evolution.speciation.threshold.reset();
    setup.evolution.speciation.target_species = 6;
    Evolver straight(setup);
    Evolver early(setup);
    for (int i = 0; i < 12; ++i) {
        early.speciate();
        early.speciate();
        const std::vector<double> fitness = integer_fitness(straight.population());
        const GenerationRecord& a = straight.tell(fitness);
        const GenerationRecord& b = early.tell(fitness);
        ASSERT_EQ(a.digest, b.digest);
        ASSERT_EQ(a.genome_species, b.genome_species);
        ASSERT_EQ(a.threshold, b.threshold);
        ASSERT_EQ(straight.population().digest(), early.population().digest());
    }
}

TEST(EvolverRevise, LamarckianWeightsAreInheritedAndPartOfTheDigest) {
    Evolver evolver(busy_setup(6));
    evolve(evolver, 3);
    Evolver other(busy_setup(6));
    evolve(other, 3);
    std::vector<double> fitness = integer_fitness(evolver.population());
    fitness[4] = 1e6;
    const GenomeStore refined = moved(evolver.population()[4], evolver.population().shape());
    evolver.speciate();
    evolver.revise(4, refined[0]);
    EXPECT_EQ(copy_of(evolver.population()[4], refined.shape()).digest(), refined.digest());
    const GenerationRecord& record = evolver.tell(fitness);
    EXPECT_EQ(record.champion, 4U);
    EXPECT_EQ(record.champion_genome.digest(), refined.digest());
    EXPECT_EQ(evolver.best_ever().genome.digest(), refined.digest());
    EXPECT_NE(record.digest, other.tell(fitness).digest);
    EXPECT_NE(evolver.population().digest(), other.population().digest());
    bool copied = false;  // the champion is, as it is
    for (std::size_t genome = 0; genome < evolver.population().size(); ++genome) {
        if (copy_of(evolver.population()[genome], refined.shape()).digest() != refined.digest()) continue;
        copied = true;
        EXPECT_EQ(evolver.known_fitness()[genome], 1e6);
    }
    EXPECT_TRUE(copied);
}

TEST(EvolverRevise, BaldwinianWeightsStandForTheGenerationAndAreNotInherited) {
    Evolver evolver(busy_setup(7));
    Evolver other(busy_setup(7));
    evolve(evolver, 3);
    evolve(other, 3);
    std::vector<double> fitness = integer_fitness(evolver.population());
    fitness[4] = 1e6;
    const GenomeStore refined = moved(evolver.population()[4], evolver.population().shape());
    evolver.speciate();
    evolver.revise(4, refined[0], Inheritance::baldwinian);
    const GenerationRecord& record = evolver.tell(fitness);
    EXPECT_EQ(record.champion_genome.digest(), refined.digest());
    EXPECT_EQ(evolver.best_ever().genome.digest(), refined.digest());
    EXPECT_EQ(record.digest, other.tell(fitness).digest);
    EXPECT_EQ(evolver.population().digest(), other.population().digest());
    for (const double known : evolver.known_fitness()) EXPECT_NE(known, 1e6) << "of weights that no child has";
    std::size_t known_with = 0;
    std::size_t known_without = 0;
    for (const double known : evolver.known_fitness()) known_with += std::isfinite(known) ? 1U : 0U;
    for (const double known : other.known_fitness()) known_without += std::isfinite(known) ? 1U : 0U;
    EXPECT_LT(known_with, known_without);
}

TEST(EvolverRevise, RefusesWhatIsNoRevision) {
    Evolver evolver(busy_setup(8, 20));
    evolve(evolver, 6);
    evolver.speciate();
    const std::uint64_t before = evolver.population().digest();
    const GenomeShape shape = evolver.population().shape();
    const GenomeStore own = copy_of(evolver.population()[2], shape);
    EXPECT_EQ(refusal(evolver, 20, own), "genome 20 of generation 6 cannot be revised: there is no such genome");

    const std::string structure =
        "genome 2 of generation 6 cannot be revised: weights and biases may change, nodes and connections may not";
    std::size_t different = 0;
    while (evolver.population()[different].connection_count() == own[0].connection_count()) ++different;
    EXPECT_EQ(refusal(evolver, 2, copy_of(evolver.population()[different], shape)), structure);
    GenomeStore broken = own;
    broken.rows(0).enabled[0] ^= 1U;
    EXPECT_EQ(refusal(evolver, 2, broken), structure);
    broken = own;
    broken.rows(0).source[0] = NodeId{raw(broken.rows(0).source[0]) + 1};
    EXPECT_EQ(refusal(evolver, 2, broken), structure);

    const std::string not_finite = "genome 2 of generation 6 cannot be revised: weights and biases must be finite";
    broken = own;
    broken.rows(0).weight[0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(refusal(evolver, 2, broken), not_finite);
    broken = own;
    broken.rows(0).bias[0] = std::numeric_limits<float>::infinity();
    EXPECT_EQ(refusal(evolver, 2, broken), not_finite);
    EXPECT_EQ(evolver.population().digest(), before);
}

}  // namespace
}  // namespace clade
