// Runs whose weights are refined: the same for any threads and SIMD level, resumed as straight, rebuilt from the log, with
// every evaluation counted.
#include "tests/experiment/run_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

class RefinedRun : public RunTest {
protected:
    /// XOR, refined each generation, to its last generation.
    [[nodiscard]] ExperimentConfig config(const Texts& overrides = {}) const {
        Texts all{"seed=7",
                  "stop.solved_fitness=1000",
                  "stop.generations=6",
                  "evolution.population_size=40",
                  "evolution.speciation.threshold=1.5",
                  "checkpoint.every_generations=2",
                  "evaluation.threads=1",
                  "refine.method=cma_es",
                  "refine.evaluations=60"};
        all.insert(all.end(), overrides.begin(), overrides.end());
        return loaded(CLADE_SOURCE_DIR "/configs/" + file_, all);
    }

    std::string file_ = "xor.yaml";
};

class RefinedRunWith : public RefinedRun, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Settings, RefinedRunWith,
                         testing::Values("refine.method=cma_es", "refine.method=snes", "refine.inheritance=baldwinian",
                                         "refine.every_generations=3"),
                         [](const auto& tested) {
                             std::string name = tested.param;
                             std::replace_if(
                                 name.begin(), name.end(), [](char c) { return c == '.' || c == '='; }, '_');
                             return name;
                         });

TEST_P(RefinedRunWith, IsTheSameForAnyNumberOfThreadsAndSimdLevel) {
    const auto expected = digests(run(config({GetParam()})));
    ASSERT_EQ(expected.size(), 6U);
    for (const char* other :
         {"evaluation.threads=2", "evaluation.simd=baseline", "evaluation.simd=avx2", "evaluation.simd=avx512"}) {
        EXPECT_EQ(digests(run(config({GetParam(), other}))), expected) << other;
    }
}

TEST_P(RefinedRunWith, ResumedAtAnyGenerationIsTheStraightOne) {
    const RunFolder straight = run(config({GetParam()}));
    for (int generation = 1; generation < 6; ++generation) {
        for (const bool checkpoint : {true, false}) {
            const RunFolder folder = run(config({GetParam(), "stop.generations=" + std::to_string(generation)}));
            if (!checkpoint) fs::remove(folder.checkpoint());
            resume(folder, {"stop.generations=6"});
            EXPECT_EQ(digests(folder), digests(straight)) << "resumed at generation " << generation;
            EXPECT_EQ(rows(folder).back().evaluations_total, rows(straight).back().evaluations_total);
            EXPECT_EQ(read_file(folder.champion()), read_file(straight.champion()));
        }
    }
}

TEST_P(RefinedRunWith, IsRebuiltFromTheLogWithTheWeightsFound) {
    const RunFolder folder = run(config({GetParam()}));
    const OpenedRun opened = open_run(folder, vocabulary_);
    for (const GenerationRow& row : opened.log.generations()) {
        EXPECT_EQ(rebuild(opened, vocabulary_, row.generation)->evolver->population().digest(), raw(row.digest));
    }
}

TEST_P(RefinedRunWith, HasChampionsThatScoreWhatIsLogged) {
    const RunFolder folder = run(config({GetParam()}));
    const OpenedRun opened = open_run(folder, vocabulary_);
    const auto task = make_task(opened.config, {});
    const auto evaluator = task->make_evaluator();
    for (const GenerationRow& row : opened.log.generations()) {
        Network network =
            make_network(genome_from_json(*opened.log.champion_json(row.generation), {}), vocabulary_.functions);
        network.reset();
        EXPECT_EQ(evaluator->evaluate(network, {}), row.fitness.best) << "generation " << row.generation;
    }
}

TEST_P(RefinedRunWith, CountsEveryEvaluationOnce) {
    const RunFolder folder = run(config({GetParam()}));
    const RunLog log(folder.log(), RunLog::Mode::read);
    std::uint64_t total = 0;
    std::uint64_t refined_total = 0;
    for (const GenerationRow& row : log.generations()) {
        std::uint64_t refined = 0;
        for (const RefinedGenome& genome : log.refined(row.generation)) refined += genome.evaluations;
        EXPECT_EQ(row.refined_evaluations, refined);
        EXPECT_EQ(row.evaluated + row.reused, row.population + refined);
        total += row.evaluated;
        refined_total += refined;
        EXPECT_EQ(row.evaluations_total, total);
        EXPECT_GT(row.seconds.count("refine"), 0U);
    }
    EXPECT_GT(refined_total, 0U);
}

TEST_F(RefinedRun, GetsBetterByIt) {
    const auto best = [&](const char* method) {
        double sum = 0.0;
        for (int seed = 0; seed < 5; ++seed) {
            sum += rows(run(config({method, "seed=" + std::to_string(seed)}))).front().fitness.best;
        }
        return sum;
    };
    const double without = best("refine.method=none");
    EXPECT_GT(best("refine.method=cma_es"), without);
    EXPECT_GT(best("refine.method=snes"), without);
}

TEST_F(RefinedRun, BaldwinianLeavesGenomesAsTheyAre) {
    const RunFolder folder = run(config({"refine.inheritance=baldwinian", "stop.generations=1"}));
    const RunFolder plain = run(config({"refine.method=none", "stop.generations=1"}));
    EXPECT_EQ(digests(folder), digests(plain));
    EXPECT_GT(rows(folder)[0].fitness.best, rows(plain)[0].fitness.best);
}

TEST_F(RefinedRun, RefinesOnStagnationAlone) {
    const RunFolder folder = run(config({"refine.every_generations=0", "refine.stagnation=2", "stop.generations=30"}));
    const std::vector<GenerationRow> all = rows(folder);
    double best = -1.0;
    std::uint32_t since = 0;
    bool refined = false;
    for (const GenerationRow& row : all) {
        const bool progress = row.fitness.best > best;
        if (row.refined_evaluations > 0) {
            EXPECT_GE(row.generation - since, 2U);
            refined = true;
        } else if (!progress) {
            EXPECT_LT(row.generation - since, 2U);
        }
        if (!progress) continue;
        best = row.fitness.best;
        since = row.generation;
    }
    EXPECT_TRUE(refined);
}

TEST_F(RefinedRun, EndsAsSoonAsACandidateSolvesTheTask) {
    const RunFolder folder = run(config(
        {"stop.solved_fitness=3.5", "refine.evaluations=100000", "refine.genomes=champion", "refine.offspring=10"}));
    EXPECT_EQ(outcome_, Outcome::solved);
    const GenerationRow last = rows(folder).back();
    EXPECT_GE(last.fitness.best, 3.5);
    EXPECT_LT(last.evaluations_total, 20000U);
    EXPECT_TRUE(Experiment::resume(folder, vocabulary_, {}).finished().has_value());
}

TEST_F(RefinedRun, IsNotRefinedWhenTheGenerationSolvesTheTaskAlready) {
    const RunFolder folder = run(config({"stop.solved_fitness=0"}));
    EXPECT_EQ(outcome_, Outcome::solved);
    EXPECT_EQ(rows(folder).back().evaluations_total, 40U);
}

TEST_F(RefinedRun, StopsBeforeItExceedsTheEvaluationsOfTheRun) {
    const RunFolder folder = run(config({"stop.evaluations=200", "refine.evaluations=100000"}));
    EXPECT_EQ(rows(folder)[0].evaluations_total, [&] {
        const RunLog log(folder.log(), RunLog::Mode::read);
        std::uint64_t sum = 40;
        for (const RefinedGenome& genome : log.refined(0)) sum += genome.evaluations;
        return sum;
    }());
    EXPECT_LE(rows(folder)[0].evaluations_total, 200U);
}

/// Maze tells where a network ended: what is logged of a refined genome must be of the weights that are kept.
TEST_F(RefinedRun, LogsWhatTheTaskFindsOfTheWeightsThatAreKept) {
    file_ = "maze.yaml";
    const RunFolder folder = run(config({"stop.generations=2", "evolution.speciation.target_species=null"}));
    const OpenedRun opened = open_run(folder, vocabulary_);
    const auto task = make_task(opened.config, {});
    const auto evaluator = task->make_evaluator();
    for (std::uint32_t generation = 0; generation < 2; ++generation) {
        const auto engine = rebuild(opened, vocabulary_, generation);
        const std::vector<ScoreColumn> logged = opened.log.score_columns(generation);
        ASSERT_FALSE(logged.empty());
        for (const RefinedGenome& refined : opened.log.refined(generation)) {
            GenomeStore genome(engine->evolver->population().shape());
            genome.append(engine->evolver->population()[refined.genome]);
            Network network = engine->network_of(genome);
            network.reset();
            const double fitness =
                evaluator->evaluate(network, evaluation_seeds(*opened.config.seed, generation, refined.genome));
            EXPECT_EQ(fitness, refined.fitness);
            EXPECT_EQ(fitness, opened.log.fitness(generation)[refined.genome]);
            for (std::size_t i = 0; i < logged.size(); ++i) {
                EXPECT_EQ(evaluator->behaviour()[i], logged[i].values[refined.genome]);
            }
        }
    }
}

}  // namespace
}  // namespace clade
