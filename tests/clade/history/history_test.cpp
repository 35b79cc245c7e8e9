// What the log tells of a run's evolution: lines of ancestors, differences of genomes, lives of species, operators.
#include "clade/history/lineage.hpp"
#include "clade/history/operator_success.hpp"
#include "clade/history/rebuilder.hpp"
#include "clade/history/species_timeline.hpp"
#include "clade/inspect/gene_text.hpp"
#include "tests/experiment/run_fixture.hpp"

#include <clade/evolution/breed/child_plan.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace clade {
namespace {

using history::GenomeDiff;
using history::SpeciesEnd;
using history::SpeciesLife;

/// A genome changed as a diff says.
GenomeStore applied(const GenomeDiff& diff, const GenomeView& a, const GenomeShape& shape) {
    std::map<NodeId, NodeGene> nodes;
    std::map<Innovation, ConnectionGene> connections;
    for (std::size_t row = 0; row < a.node_count(); ++row) nodes[a.node_id[row]] = a.node(row);
    for (std::size_t row = 0; row < a.connection_count(); ++row) connections[a.innovation[row]] = a.connection(row);
    for (const auto& one : diff.nodes) {
        if (one.a) nodes.erase(one.a->node_id);
        if (one.b) nodes[one.b->node_id] = *one.b;
    }
    for (const auto& one : diff.connections) {
        if (one.a) connections.erase(one.a->innovation);
        if (one.b) connections[one.b->innovation] = *one.b;
    }
    GenomeStore store(shape);
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    store.place({&size, 1});
    std::size_t row = 0;
    for (const auto& [id, gene] : nodes) set_node(store.rows(0), row++, gene);
    row = 0;
    for (const auto& [id, gene] : connections) set_connection(store.rows(0), row++, gene);
    return store;
}

GenomeStore alone(const GenomeView& genome, const GenomeShape& shape) {
    GenomeStore store(shape);
    store.append(genome);
    return store;
}

class History : public RunTest {
protected:
    OpenedRun opened(const std::vector<std::string>& more = {}) {
        std::vector<std::string> overrides{"seed=7", "stop.generations=25", "stop.solved_fitness=1000",
                                           "evolution.population_size=60"};
        overrides.insert(overrides.end(), more.begin(), more.end());
        return open_run(run(loaded(CLADE_SOURCE_DIR "/configs/xor.yaml", overrides)), vocabulary_);
    }
};

TEST_F(History, ADiffAppliedToTheFirstGenomeGivesTheSecond) {
    const OpenedRun run = opened(
        {"evolution.mutation.delete_node_probability=0.05", "evolution.mutation.delete_connection_probability=0.05"});
    const auto early = rebuild(run, vocabulary_, 3);
    const auto late = rebuild(run, vocabulary_, 24);
    const GenomeStore& a = early->evolver->population();
    const GenomeStore& b = late->evolver->population();
    for (std::size_t i = 0; i < a.size(); ++i) {
        const GenomeDiff diff = history::diff_genomes(a[i], b[i]);
        EXPECT_EQ(applied(diff, a[i], a.shape()).digest(), alone(b[i], b.shape()).digest());
        EXPECT_EQ(applied(history::diff_genomes(b[i], a[i]), b[i], b.shape()).digest(),
                  alone(a[i], a.shape()).digest());
        const auto only_a = std::ranges::count_if(diff.nodes, [](const auto& one) { return !one.b; });
        EXPECT_EQ(diff.equal_nodes + diff.nodes.size() - static_cast<std::size_t>(only_a), b[i].node_count());
        EXPECT_TRUE(history::diff_genomes(a[i], a[i]).empty());
    }
}

TEST_F(History, TheRebuilderGoesForwardAndBackToTheSameGenomes) {
    const OpenedRun run = opened();
    history::Rebuilder rebuilder(run, vocabulary_);
    for (const std::uint32_t generation : {5U, 20U, 20U, 3U, 0U}) {
        const auto expected = rebuild(run, vocabulary_, generation);
        EXPECT_EQ(rebuilder.generation(generation).digest(), expected->evolver->population().digest());
    }
}

TEST_F(History, ALineGoesFromEachGenomeToItsFitterParentBackToTheFirstGeneration) {
    const OpenedRun run = opened();
    const GenomeId champion = run.log.last_generation()->champion;
    const auto line = history::ancestors_of(run.log, champion, 60);
    ASSERT_EQ(line.size(), 25U);
    EXPECT_EQ(line.back().row.id, champion);
    EXPECT_EQ(line.front().row.parent_a, no_genome);
    for (std::size_t i = 1; i < line.size(); ++i) {
        EXPECT_EQ(line[i].row.parent_a, line[i - 1].row.id);
        EXPECT_EQ(line[i].parent->fitness, run.log.fitness(line[i - 1].row.generation).at(line[i - 1].row.index));
        if (line[i].other_parent) {
            EXPECT_LE(line[i].other_parent->fitness, line[i].parent->fitness);
        }
    }
}

TEST_F(History, EveryRiseIsThatOfTheRebuiltGenomes) {
    const OpenedRun run = opened();
    const auto line = history::ancestors_of(run.log, run.log.last_generation()->champion, 60);
    const auto steps = history::rising_steps(run, vocabulary_, line);
    ASSERT_FALSE(steps.empty());
    std::set<std::uint32_t> risen;
    for (const history::LineageStep& step : steps) {
        const auto& [row, parent, other] = step.genome;
        risen.insert(row.generation);
        EXPECT_GT(row.fitness, parent->fitness);
        const auto before = rebuild(run, vocabulary_, row.generation - 1);
        const auto after = rebuild(run, vocabulary_, row.generation);
        const GenomeView genes = after->evolver->population()[row.index];
        const GenomeView old = before->evolver->population()[parent->index];
        EXPECT_EQ(step.genes.digest(), alone(genes, step.genes.shape()).digest());
        EXPECT_EQ(applied(step.diff, old, step.genes.shape()).digest(), step.genes.digest());
        EXPECT_EQ(other.has_value(), !step.other_genes.empty());
    }
    for (const history::Ancestor& ancestor : line) {
        if (!ancestor.parent) continue;
        EXPECT_EQ(ancestor.row.fitness > ancestor.parent->fitness, risen.contains(ancestor.row.generation));
    }
}

TEST_F(History, NumbersThatCrossoverAloneChangedComeFromTheOtherParent) {
    const OpenedRun run = opened();
    history::Rebuilder rebuilder(run, vocabulary_);
    std::size_t seen = 0;
    for (std::uint32_t generation = 1; generation < 25; ++generation) {
        const GenomeStore before = rebuilder.generation(generation - 1);
        const GenomeStore& now = rebuilder.generation(generation);
        for (const GenomeRow& row : run.log.genomes(generation)) {
            if (row.operators != bit(Operator::crossover)) continue;
            const GenomeView other = before[raw(row.parent_b) % 60];
            const GenomeDiff diff = history::diff_genomes(before[raw(row.parent_a) % 60], now[row.index]);
            for (const auto& one : inspect::value_differences(diff, now.shape(), {}, &other)) {
                EXPECT_EQ(one.change, inspect::GeneChange::value);
                if (one.column == "enabled") continue;  // a gene disabled in a parent is enabled again by chance
                EXPECT_TRUE(one.from_other) << one.column << " of " << one.where;
                ++seen;
            }
        }
    }
    EXPECT_GT(seen, 50U);
}

TEST_F(History, OperatorsAreCountedAsTheirChildrenAreInTheLog) {
    const OpenedRun run = opened();
    const auto counts = history::operator_success(run.log, FitnessDirection::maximise);
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> expected;
    for (std::uint32_t generation = 0; generation < 25; ++generation) {
        for (const GenomeRow& row : run.log.genomes(generation)) {
            const bool improved =
                row.parent_a != no_genome && row.fitness > run.log.fitness(generation - 1).at(raw(row.parent_a) % 60);
            for (std::size_t i = 0; i < operator_names.size(); ++i) {
                if ((row.operators >> i) % 2 == 0) continue;
                auto& [genomes, better] = expected[std::string(operator_names[i])];
                ++genomes;
                better += improved ? 1 : 0;
            }
        }
    }
    std::uint64_t records = 0;
    for (const history::OperatorCount& count : counts) {
        records += count.best_ever;
        if (count.name == "none") continue;
        EXPECT_EQ(count.genomes, expected.at(count.name).first) << count.name;
        EXPECT_EQ(count.improved, expected.at(count.name).second) << count.name;
        expected.erase(count.name);
    }
    EXPECT_TRUE(expected.empty());
    EXPECT_GT(records, 0U);
}

TEST_F(History, TheSizesOfATimelineAreThoseOfTheSpeciesTable) {
    const OpenedRun run = opened();
    const auto lives = history::species_timeline(run);
    std::size_t rows = 0;
    for (const SpeciesLife& life : lives) {
        const auto history = run.log.species_history(life.id);
        ASSERT_EQ(history.size(), life.sizes.size());
        for (std::size_t i = 0; i < history.size(); ++i) {
            EXPECT_EQ(history[i].first, life.born + i);
            EXPECT_EQ(history[i].second.size, life.sizes[i]);
            EXPECT_GE(life.best, history[i].second.best);
        }
        rows += history.size();
        EXPECT_EQ(life.founder.species, life.id);
        EXPECT_EQ(life.founder.generation, life.born);
        EXPECT_EQ(life.parents.empty(), life.born == 0);
    }
    std::size_t logged = 0;
    for (const GenerationRow& row : run.log.generations()) logged += row.species_count;
    EXPECT_EQ(rows, logged);
}

/// How many species ended in each way.
std::map<SpeciesEnd, std::size_t> ends_of(const std::vector<SpeciesLife>& lives) {
    std::map<SpeciesEnd, std::size_t> ends;
    for (const SpeciesLife& life : lives) ++ends[life.end];
    return ends;
}

TEST_F(History, ASpeciesWithoutProgressEndsStagnant) {
    const OpenedRun run = opened({"evolution.stagnation.species_limit=3", "evolution.stagnation.protected_species=1"});
    const auto lives = history::species_timeline(run);
    for (const SpeciesLife& life : lives) {
        if (life.end != SpeciesEnd::stagnant) continue;
        const SpeciesRecord last = run.log.species_history(life.id).back().second;
        EXPECT_GE(last.stagnation, 3U);
        EXPECT_EQ(last.offspring, 0U);
    }
    EXPECT_GT(ends_of(lives)[SpeciesEnd::stagnant], 0U);
    EXPECT_GT(ends_of(lives)[SpeciesEnd::alive], 0U);
}

TEST_F(History, WithoutALimitNoSpeciesEndsStagnant) {
    const OpenedRun run = opened({"evolution.stagnation.species_limit=0", "evolution.stagnation.population_limit=0",
                                  "evolution.speciation.threshold=1.0"});
    auto ends = ends_of(history::species_timeline(run));
    EXPECT_EQ(ends[SpeciesEnd::stagnant], 0U);
    EXPECT_EQ(ends[SpeciesEnd::restart], 0U);
    EXPECT_GT(ends[SpeciesEnd::outcompeted] + ends[SpeciesEnd::absorbed], 0U);
}

TEST_F(History, ARestartEndsEverySpecies) {
    const OpenedRun run = opened({"evolution.stagnation.population_limit=3", "evolution.stagnation.surviving_species=0",
                                  "evolution.stagnation.protected_species=0", "evolution.stagnation.species_limit=2"});
    const auto rows = run.log.generations();
    const auto restarted = std::ranges::find_if(rows, [](const GenerationRow& row) { return row.restarted; });
    ASSERT_NE(restarted, rows.end());
    for (const SpeciesLife& life : history::species_timeline(run)) {
        if (life.born > restarted->generation || life.last() < restarted->generation) continue;
        EXPECT_EQ(life.last(), restarted->generation);
        EXPECT_EQ(life.end, SpeciesEnd::restart);
    }
}

}  // namespace
}  // namespace clade
