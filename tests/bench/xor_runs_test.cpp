#include "bench/xor_runs.hpp"
#include "bench/xor_runs_report.hpp"
#include "tests/support/prose.hpp"
#include "tests/support/say_nothing.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/engine.hpp>
#include <clade/experiment/run/experiment.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace clade::bench {
namespace {

/// The runs of seeds 7 and 8 as an experiment makes them, but for the log.
std::vector<XorRun> runs_of_the_configuration() {
    std::vector<XorRun> runs;
    const Vocabulary vocabulary{builtin_tasks(), {}};
    for (const std::uint64_t seed : {7U, 8U}) {
        const ExperimentConfig config = load_config({CLADE_SOURCE_DIR "/configs/xor.yaml",
                                                     {"seed=" + std::to_string(seed)},
                                                     vocabulary.tasks,
                                                     vocabulary.functions});
        const auto engine = make_engine(config, vocabulary, {});
        Evolver& evolver = *engine->evolver;
        XorRun run{.seed = seed};
        ScoreTable scores;
        while (!run.solved && run.generations < *config.stop.generations) {
            engine->scorer->score(evolver.ask(), scores);
            run.evaluations += scores.evaluated;
            Network champion = engine->network_of(evolver.tell(scores).champion_genome);
            run.solved = engine->task->solves(champion, 0.0, {})->solved;
            ++run.generations;
        }
        runs.push_back(run);
    }
    return runs;
}

TEST(XorRuns, AreThoseOfTheShippedConfiguration) {
    const auto results = time_xor_runs({.first_seed = 7, .seed_count = 2, .repetitions = 2}, say_nothing);
    const auto expected = runs_of_the_configuration();
    ASSERT_EQ(results.runs.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(results.runs[i].seed, expected[i].seed);
        EXPECT_EQ(results.runs[i].solved, expected[i].solved);
        EXPECT_EQ(results.runs[i].generations, expected[i].generations);
        EXPECT_EQ(results.runs[i].evaluations, expected[i].evaluations);
    }
}

TEST(XorRuns, CountGenomesASecondInEachStage) {
    const auto results = time_xor_runs({.seed_count = 2, .repetitions = 2, .parallel = Parallel(2)}, say_nothing);
    ASSERT_EQ(results.rows.size(), 3U);
    const double genomes = 150.0 * (results.runs[0].generations + results.runs[1].generations);
    for (const StageRow& row : results.rows) {
        EXPECT_EQ(row.genomes, 150U);
        EXPECT_EQ(row.threads, 2U);
        EXPECT_NEAR(row.per_second * row.timing.median, genomes, 1e-6 * genomes) << row.stage;
    }
    EXPECT_LE(results.rows[0].timing.min + results.rows[1].timing.min, results.rows[2].timing.mean);
}

XorRunsResults three_runs() {
    return {.rows = {{"run", "evaluate", 150, 2, 4, 1, {0.5, 0.6, 0.4}, 1e6}},
            .runs = {{1, true, 20, 2900, 0.1, 0.2, 0.4}, {2, false, 100, 15000, 1.0, 2.0, 3.5}, {3, true, 40, 5900}}};
}

TEST(XorRunsReport, BreaksItsProseWhereTheTerminalEnds) {
    EXPECT_LE(longest_prose_line(xor_runs_report(three_runs(), 70).text), 70U);
}

TEST(XorRunsReport, CountsTheSolvedAndAveragesThem) {
    const Report report = xor_runs_report(three_runs(), 100);
    EXPECT_EQ(report.facts["solved"], 2);
    EXPECT_EQ(report.facts["mean_generations_of_solved"], 30.0);
    EXPECT_EQ(report.facts["mean_evaluations_of_solved"], 4400.0);
    EXPECT_NE(report.text.find("2 of 3 solved, on average in 30.0 generations with 4400 evaluations"),
              std::string::npos);
    EXPECT_EQ(report.rows[0].dump(),
              R"({"benchmark":"run","stage":"evaluate","genomes":150,"connections":2,"rows":4,"threads":1,)"
              R"("median_s":0.5,"mean_s":0.6,"min_s":0.4,"per_second":1000000.0})");
    EXPECT_EQ(report.figure.series[0].points,
              (std::vector<std::pair<double, double>>{{1.0, 0.4}, {2.0, 3.9}, {3.0, 3.9}}));
}

}  // namespace
}  // namespace clade::bench
