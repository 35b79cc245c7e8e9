// Straight and resumed runs are the same run.
#include <clade/evolution/evolver.hpp>

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace clade {
namespace {

std::vector<std::byte> state_of(const Evolver& evolver) {
    ByteWriter out;
    evolver.write(out);
    return {out.bytes().begin(), out.bytes().end()};
}

void restore(Evolver& evolver, std::span<const std::byte> bytes) {
    ByteReader in(bytes);
    evolver.read(in);
    EXPECT_EQ(in.remaining(), 0U);
}

EvolverSetup steered_setup() {
    EvolverSetup setup = busy_setup(21, 40);
    setup.evolution.speciation.threshold.reset();
    setup.evolution.speciation.target_species = 5;
    setup.evolution.speciation.representative = Representative::nearest;
    setup.evolution.stagnation.species_limit = 3;
    setup.evolution.stagnation.population_limit = 2;
    setup.evolution.stagnation.surviving_species = 0;
    setup.evolution.stagnation.protected_species = 0;
    return setup;
}

bool same_record(const GenerationRecord& a, const GenerationRecord& b) {
    bool same = a.generation == b.generation && a.digest == b.digest && a.threshold == b.threshold &&
                a.restarted == b.restarted && a.parent_a == b.parent_a && a.parent_b == b.parent_b &&
                a.operators == b.operators && a.genome_species == b.genome_species &&
                a.species.size() == b.species.size();
    for (std::size_t i = 0; same && i < a.species.size(); ++i) {
        same = a.species[i].id == b.species[i].id && a.species[i].age == b.species[i].age &&
               a.species[i].stagnation == b.species[i].stagnation && a.species[i].offspring == b.species[i].offspring;
    }
    return same;
}

class EvolverState : public testing::TestWithParam<InnovationScope> {};
INSTANTIATE_TEST_SUITE_P(Scopes, EvolverState, testing::Values(InnovationScope::run, InnovationScope::generation));

TEST_P(EvolverState, ResumedAtEveryGenerationEqualsStraight) {
    constexpr int generations = 25;
    EvolverSetup setup = steered_setup();
    setup.evolution.innovation_scope = GetParam();
    Evolver straight(setup);
    Evolver resumed(setup);
    for (int i = 0; i < generations; ++i) {
        const std::vector<std::byte> state = state_of(straight);
        ASSERT_EQ(state, state_of(resumed)) << "generation " << i;
        Evolver fresh(setup);
        restore(fresh, state);
        resumed = std::move(fresh);
        const std::vector<double> fitness = integer_fitness(straight.population());
        const GenerationRecord& a = straight.tell(fitness);
        const GenerationRecord& b = resumed.tell(fitness);
        ASSERT_TRUE(same_record(a, b)) << "generation " << i;
        ASSERT_EQ(straight.best_ever().fitness, resumed.best_ever().fitness);
        ASSERT_EQ(straight.best_ever().generation, resumed.best_ever().generation);
        ASSERT_EQ(straight.best_ever().id, resumed.best_ever().id);
        ASSERT_EQ(straight.best_ever().genome.digest(), resumed.best_ever().genome.digest());
    }
}

TEST(Evolver, KeepsTheGenomesThatWereToldAlsoWhenAllSpeciesStop) {
    EvolverSetup setup = busy_setup(3, 30);
    setup.evolution.stagnation = {.species_limit = 2, .population_limit = 0, .protected_species = 0};
    Evolver evolver(setup);
    EXPECT_TRUE(evolver.told().empty());
    std::size_t restarts = 0;
    for (int generation = 0; generation < 20; ++generation) {
        const GenomeStore before = evolver.population();
        const GenerationRecord& record = evolver.tell(std::vector<double>(30, 1.0));
        EXPECT_EQ(evolver.told().digest(), before.digest());
        if (record.restarted) ++restarts;
    }
    EXPECT_GT(restarts, 0U);
}

TEST(EvolverStateBytes, WritingChangesNothing) {
    Evolver watched(steered_setup());
    Evolver alone(steered_setup());
    for (int i = 0; i < 10; ++i) {
        (void)state_of(watched);
        evolve(watched, 1);
        evolve(alone, 1);
    }
    EXPECT_EQ(watched.population().digest(), alone.population().digest());
    EXPECT_EQ(state_of(watched), state_of(alone));
}

TEST(EvolverStateBytes, TruncatedStatesAreFormatErrors) {
    EvolverSetup setup = steered_setup();
    setup.evolution.population_size = 6;
    Evolver evolver(setup);
    evolve(evolver, 5);
    const std::vector<std::byte> state = state_of(evolver);
    for (std::size_t size = 0; size < state.size(); ++size) {
        Evolver fresh(setup);
        ByteReader in(std::span<const std::byte>(state).first(size));
        EXPECT_THROW(fresh.read(in), FormatError) << size;
    }
}

TEST(EvolverStateBytes, DamagedStatesAreFormatErrorsOrCanBeBredOn) {
    EvolverSetup setup = steered_setup();
    setup.evolution.population_size = 6;
    Evolver evolver(setup);
    evolve(evolver, 3);
    const std::vector<std::byte> state = state_of(evolver);
    Evolver fresh(setup);
    for (std::size_t at = 0; at < state.size(); ++at) {
        std::vector<std::byte> damaged = state;
        damaged[at] ^= at % 2 == 0 ? std::byte{0x81} : std::byte{0x01};
        ByteReader in(damaged);
        try {
            fresh.read(in);
        } catch (const FormatError&) {
            continue;
        }
        evolve(fresh, 1);
        EXPECT_EQ(fresh.population().violations(), std::vector<std::string>{}) << "byte " << at;
    }
}

TEST(EvolverStateBytes, ForeignStatesAreFormatErrors) {
    Evolver other(busy_setup(21, 41));
    Evolver evolver(steered_setup());
    const std::vector<std::byte> state = state_of(other);
    ByteReader in(state);
    EXPECT_THROW(evolver.read(in), FormatError);
}

}  // namespace
}  // namespace clade
