// Runs of a task that validates: which champion they keep, and when they end.
#include <clade/experiment/run/validation.hpp>

#include "tests/experiment/run_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace clade {
namespace {

class ValidatedRun : public RunTest {
protected:
    [[nodiscard]] ExperimentConfig config(std::vector<std::string> overrides) {
        const std::string file = CLADE_SOURCE_DIR "/configs/data/iris.csv";
        const ConfigSource source{"iris.yaml", std::move(overrides), vocabulary_.tasks, vocabulary_.functions,
                                  "{seed: 3, task: {name: supervised, file: " + file + ", label: species}}"};
        ExperimentConfig config = load_config(source);
        resolve(config);
        return config;
    }
};

/// The score of each generation, as it is logged.
std::vector<double> scores_of(const RunLog& log) {
    std::vector<double> scores;
    for (const GenerationRow& row : log.generations()) {
        for (const Measure& measure : log.measures(row.generation)) {
            if (measure.name == validation_measure) scores.push_back(measure.value);
        }
    }
    return scores;
}

TEST_F(ValidatedRun, KeepsTheChampionOfTheGenerationOfBestScore) {
    const RunFolder folder = run(config({"stop.generations=60"}));
    const RunLog log(folder.log(), RunLog::Mode::read);
    const std::vector<double> scores = scores_of(log);
    ASSERT_EQ(scores.size(), log.generations().size());
    const auto best = std::ranges::min_element(scores);  // the cross-entropy
    const auto generation = static_cast<std::uint32_t>(best - scores.begin());
    ASSERT_LT(generation + 1, scores.size()) << "the last one is the best of fitness in any case";
    const auto choice = logged_choice(log);
    ASSERT_TRUE(choice);
    EXPECT_TRUE(choice->validated);
    EXPECT_EQ(choice->generation, generation);
    EXPECT_EQ(choice->held_out.mean, *best);
    const GenomeStore saved = genome_from_json(read_file(folder.champion()), builtin_functions()).store;
    const GenomeStore logged = genome_from_json(*log.champion_json(generation), builtin_functions()).store;
    EXPECT_EQ(genome_to_json(saved, 0, {}, builtin_functions()), genome_to_json(logged, 0, {}, builtin_functions()));
}

TEST_F(ValidatedRun, EndsAfterSoManyGenerationsWithoutABetterScore) {
    const RunFolder folder = run(config({"stop.validation_stagnation=5"}));
    const RunLog log(folder.log(), RunLog::Mode::read);
    EXPECT_EQ(log.get("outcome"), "validation_stagnation");
    const std::vector<double> scores = scores_of(log);
    const auto best = std::ranges::min_element(scores);
    EXPECT_EQ(scores.end() - best, 6) << "the best one and five more";
    EXPECT_EQ(logged_state(log).since_best_validation, 5U);
}

TEST_F(ValidatedRun, ThatIsResumedEndsWhereTheStraightOneDoes) {
    const RunFolder straight = run(config({"stop.validation_stagnation=5"}));
    const RunFolder stopped = run(config({"stop.validation_stagnation=5", "stop.generations=4"}));
    Experiment::resume(stopped, vocabulary_, {"stop.generations=500"}).run();
    const RunLog a(straight.log(), RunLog::Mode::read);
    const RunLog b(stopped.log(), RunLog::Mode::read);
    EXPECT_EQ(scores_of(a), scores_of(b));
    EXPECT_EQ(a.get("outcome"), b.get("outcome"));
    EXPECT_EQ(a.get(champion_choice_key), b.get(champion_choice_key));
    EXPECT_EQ(read_file(straight.champion()), read_file(stopped.champion()));
}

TEST_F(ValidatedRun, GoesByFitnessWhereNoChampionIsToBeChosenOrThereAreNoValidationRows) {
    for (const char* setting : {"evaluation.champion.candidates=0", "task.validation_fraction=0"}) {
        const RunFolder folder = run(config({"stop.generations=5", setting}));
        const RunLog log(folder.log(), RunLog::Mode::read);
        EXPECT_FALSE(logged_choice(log)) << setting;
    }
    const RunFolder folder = run(config({"stop.generations=5", "task.validation_fraction=0"}));
    EXPECT_TRUE(scores_of(RunLog(folder.log(), RunLog::Mode::read)).empty());
}

}  // namespace
}  // namespace clade
