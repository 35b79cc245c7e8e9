#include "tests/soak/run_checks.hpp"

#include "tests/support/genomes.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

using Rules = std::vector<std::string>;

EvolutionParams of_size(int population_size) {
    EvolutionParams params;
    params.population_size = population_size;
    return params;
}

GenerationRecord sound_record() {
    GenerationRecord record;
    record.species = {{.id = SpeciesId{1}, .size = 2, .offspring = 1}, {.id = SpeciesId{4}, .size = 1, .offspring = 2}};
    record.genome_species = {1, 4, 1};
    return record;
}

Rules broken_rules(const GenerationRecord& record) { return RunChecks({}, of_size(3)).broken_rules(record); }

TEST(RunChecks, FindNothingInASoundRun) {
    const EvolverSetup setup = busy_setup(5, 40);
    Evolver evolver(setup);
    RunChecks checks(setup.genome, setup.evolution);
    for (int generation = 0; generation < 10; ++generation) {
        EXPECT_EQ(checks.broken_rules(evolver.population()), Rules{});
        EXPECT_TRUE(state_reads_back(evolver));
        evolve(evolver, 1);
        EXPECT_EQ(checks.broken_rules(evolver.record()), Rules{});
    }
}

TEST(RunChecks, FindGenerationsOfAnotherSizeAndGenomesThatAreTooLarge) {
    EXPECT_EQ(RunChecks({}, of_size(2)).broken_rules(small_genome()), Rules{"a generation must have 2 genomes, got 1"});
    EvolutionParams params = of_size(1);
    EXPECT_EQ(RunChecks({}, params).broken_rules(small_genome()), Rules{});
    params.mutation.max_hidden_nodes = 1;
    EXPECT_EQ(RunChecks({}, params).broken_rules(small_genome()), Rules{});
    const GenomeStore larger = store_of({1, 1, false}, {node(1), node(2), node(3)});
    EXPECT_EQ(RunChecks({}, params).broken_rules(larger), Rules{"genome 0 has more than max_hidden_nodes: 2"});
}

TEST(RunChecks, FindCyclesUnlessTheyAreAllowed) {
    const GenomeStore cycle =
        store_of({1, 1, false}, {node(1), node(2)}, {connection(0, 1, 2), connection(1, 2, 1, 1.0F, false)});
    GenomeParams params;
    EXPECT_EQ(RunChecks(params, of_size(1)).broken_rules(cycle), Rules{"genome 0 of a feed-forward run has a cycle"});
    params.network = NetworkKind::recurrent;
    EXPECT_EQ(RunChecks(params, of_size(1)).broken_rules(cycle), Rules{});
}

TEST(RunChecks, FindInnovationNumbersThatAreGivenTwiceInARun) {
    const GenomeShape shape{2, 1, false};
    const GenomeStore first = store_of(shape, {node(2)}, {connection(0, 0, 2)});
    const GenomeStore other_ends = store_of(shape, {node(2)}, {connection(0, 1, 2)});
    const GenomeStore other_number = store_of(shape, {node(2)}, {connection(7, 0, 2)});
    EvolutionParams params = of_size(1);
    for (const InnovationScope scope : {InnovationScope::run, InnovationScope::generation}) {
        params.innovation_scope = scope;
        RunChecks checks({}, params);
        EXPECT_EQ(checks.broken_rules(first), Rules{});
        EXPECT_EQ(checks.broken_rules(other_ends), Rules{"innovation 0 stands for two connections"});
        EXPECT_EQ(checks.broken_rules(other_number),
                  scope == InnovationScope::run ? Rules{"innovation 7 is the second of one connection"} : Rules{});
    }
}

TEST(RunChecks, FindSpeciesThatAreNoPartition) {
    EXPECT_EQ(broken_rules(sound_record()), Rules{});
    GenerationRecord record = sound_record();
    record.genome_species[0] = 4;
    EXPECT_EQ(broken_rules(record),
              (Rules{"species 1 has 1 genomes, but says 2", "species 4 has 2 genomes, but says 1"}));
    record = sound_record();
    record.genome_species[2] = 9;
    EXPECT_EQ(broken_rules(record),
              (Rules{"species 1 has 1 genomes, but says 2", "a genome is in a species that is not there"}));
    record = sound_record();
    record.genome_species.push_back(1);
    record.species[0].size = 3;
    EXPECT_EQ(broken_rules(record), Rules{"not every genome is in a species"});
    record = sound_record();
    std::swap(record.species[0], record.species[1]);
    EXPECT_EQ(broken_rules(record), Rules{"species 1 is not in the order of ids"});
}

TEST(RunChecks, FindChildrenAndChampionsThatCannotBe) {
    GenerationRecord record = sound_record();
    record.species[0].offspring = 2;
    EXPECT_EQ(broken_rules(record), Rules{"species must have 3 children in all, or none at a restart, got 4"});
    record.restarted = true;
    EXPECT_EQ(broken_rules(record), Rules{"species must have 3 children in all, or none at a restart, got 4"});
    record = sound_record();
    record.champion = 3;
    EXPECT_EQ(broken_rules(record), Rules{"the champion is no genome of the generation"});
}

}  // namespace
}  // namespace clade
