// Runs whose genomes race: the same for any threads and SIMD level, resumed as straight, rebuilt from the log, with a
// champion that has played all episodes, and every episode counted.
#include "tests/experiment/run_fixture.hpp"

#include <clade/experiment/trials/trials.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr std::uint64_t episodes = 8;

class RacedRun : public RunTest {
protected:
    [[nodiscard]] ConfigSource source(const std::string& file, Texts overrides = {}) const {
        return {(fs::path(CLADE_SOURCE_DIR) / "configs" / file).string(), std::move(overrides), vocabulary_.tasks,
                vocabulary_.functions};
    }

    /// Cart-pole, always to its last generation.
    [[nodiscard]] ExperimentConfig config(const Texts& overrides = {}) const {
        Texts all{"seed=7",
                  "stop.solved_fitness=1000",
                  "stop.generations=6",
                  "evolution.population_size=40",
                  "task.episodes=" + std::to_string(episodes),
                  "checkpoint.every_generations=2",
                  "evaluation.threads=1",
                  "evaluation.racing.first_episodes=1"};
        all.insert(all.end(), overrides.begin(), overrides.end());
        ExperimentConfig config = load_config(source("cart_pole.yaml", all));
        resolve(config);
        return config;
    }

    /// What is said of a configuration that no run can be made of.
    [[nodiscard]] std::string refusal(const std::string& file, const Texts& overrides) const {
        const ConfigSource from = source(file, overrides);
        try {
            ExperimentConfig config = load_config(from);
            resolve(config);
            (void)prepare_run(from, config, vocabulary_);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
};

TEST_F(RacedRun, IsTheSameForAnyNumberOfThreadsAndSimdLevel) {
    const auto expected = digests(run(config()));
    ASSERT_EQ(expected.size(), 6U);
    for (const char* other :
         {"evaluation.threads=2", "evaluation.threads=4", "evaluation.simd=baseline", "evaluation.simd=avx2"}) {
        EXPECT_EQ(digests(run(config({other}))), expected) << other;
    }
    EXPECT_NE(digests(run(config({"evaluation.racing.first_episodes=0"}))), expected) << "racing does nothing";
}

TEST_F(RacedRun, IsTheOneWithoutRacingWhereNoneDropsOut) {
    const RunFolder raced = run(config({"evaluation.racing.keep=1"}));
    const RunFolder plain = run(config({"evaluation.racing.first_episodes=0"}));
    EXPECT_EQ(digests(raced), digests(plain));
    for (std::uint32_t generation = 0; generation < 6; ++generation) {
        EXPECT_EQ(RunLog(raced.log(), RunLog::Mode::read).fitness(generation),
                  RunLog(plain.log(), RunLog::Mode::read).fitness(generation));
    }
    EXPECT_EQ(rows(raced).back().episodes_saved, 0U);
    EXPECT_EQ(rows(plain).back().episodes_played, 0U);
}

TEST_F(RacedRun, ResumedAtAnyGenerationIsTheStraightOne) {
    for (const char* seeds : {"task.episode_seeds=fresh", "task.episode_seeds=fixed"}) {
        const RunFolder whole = run(config({seeds}));
        for (int generation = 1; generation < 6; ++generation) {
            const RunFolder folder = run(config({seeds, "stop.generations=" + std::to_string(generation)}));
            if (generation % 2 == 0) fs::remove(folder.checkpoint());
            resume(folder, {"stop.generations=6"});
            EXPECT_EQ(digests(folder), digests(whole)) << "resumed at generation " << generation;
            EXPECT_EQ(rows(folder).back().episodes_played, rows(whole).back().episodes_played);
            EXPECT_EQ(read_file(folder.champion()), read_file(whole.champion()));
        }
    }
}

TEST_F(RacedRun, HasChampionsThatPlayedAllEpisodes) {
    const RunFolder folder = run(config());
    const OpenedRun opened = open_run(folder, vocabulary_);
    const auto task = make_task(opened.config, {});
    const auto evaluator = task->make_evaluator();
    for (const GenerationRow& row : opened.log.generations()) {
        Network network =
            make_network(genome_from_json(*opened.log.champion_json(row.generation), {}), vocabulary_.functions);
        network.reset();
        const Seeds seeds = evaluation_seeds(7, row.generation, raw(row.champion) % row.population);
        EXPECT_EQ(evaluator->evaluate(network, seeds), row.fitness.best) << "generation " << row.generation;
    }
}

TEST_F(RacedRun, LogsEveryEpisodeAsPlayedOrSaved) {
    const RunFolder folder = run(config());
    const RunLog log(folder.log(), RunLog::Mode::read);
    std::uint64_t saved = 0;
    for (const GenerationRow& row : log.generations()) {
        const std::vector<EpisodeRound> race = log.race(row.generation);
        ASSERT_FALSE(race.empty());
        EXPECT_EQ(race.front(), (EpisodeRound{40, 1}));
        std::uint64_t played = 0;
        for (const EpisodeRound& round : race) played += round.genomes * round.episodes;
        EXPECT_EQ(row.episodes_played, played);
        EXPECT_EQ(row.episodes_played + row.episodes_saved, row.population * episodes);
        EXPECT_EQ(row.evaluated, row.population) << "each genome counts as one evaluation";
        saved += row.episodes_saved;
    }
    EXPECT_GT(saved, 0U);
}

TEST_F(RacedRun, IsResumedWithTheRacingItWasBegunWithOnly) {
    const RunFolder folder = run(config({"stop.generations=2"}));
    const auto resumed = [&](const char* assignment) -> std::string {
        try {
            (void)Experiment::resume(folder, vocabulary_, {assignment});
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    const auto refusal = [&](const std::string& key, const std::string& before, const std::string& now) {
        return "evaluation.racing." + key + ": must stay " + before + ", as in " + folder.config().string() + ", got " +
               now + ": it changes results; 'clade config reference' marks the keys that do not";
    };
    EXPECT_EQ(resumed("evaluation.racing.first_episodes=2"), refusal("first_episodes", "1", "2"));
    EXPECT_EQ(resumed("evaluation.racing.keep=0.25"), refusal("keep", "0.5", "0.25"));
    EXPECT_EQ(resumed("evaluation={threads: 2}"), refusal("first_episodes", "1", "0")) << "which leaves out racing";
    EXPECT_EQ(resumed("evaluation.threads=2"), "");
    EXPECT_EQ(resumed("evaluation.racing.first_episodes=1"), "") << "as it was";
}

TEST_F(RacedRun, SetOfTrialsGoesOnWithItsRacingOnly) {
    const fs::path folder = folder_ / "set";
    fs::create_directory(folder);
    (void)create_trials(folder, config(), {CLADE_SOURCE_DIR "/configs", ""}, 2);
    EXPECT_NO_THROW((void)open_trials(folder, vocabulary_, {"evaluation.threads=1"}));
    EXPECT_THROW((void)open_trials(folder, vocabulary_, {"evaluation.racing.first_episodes=0"}), InputError);
}

TEST_F(RacedRun, IsRefusedWhereThereIsNothingToRaceOver) {
    const Texts racing{"evaluation.racing.first_episodes=5"};
    const std::string at = "--set evaluation.racing.first_episodes=5: evaluation.racing";
    EXPECT_NE(refusal("xor.yaml", racing)
                  .find("evaluation.racing: task 'xor' has no repeated episodes to race over; leave out "
                        "first_episodes"),
              std::string::npos)
        << refusal("xor.yaml", racing);
    EXPECT_NE(refusal("double_pole.yaml", racing).find("task 'double_pole' has no repeated episodes to race over: it"),
              std::string::npos)
        << refusal("double_pole.yaml", racing);
    EXPECT_NE(refusal("acrobot.yaml", racing)
                  .find(at + ".first_episodes: must be less than the 5 episodes of task 'acrobot', got 5"),
              std::string::npos)
        << refusal("acrobot.yaml", racing);
    EXPECT_EQ(refusal("mountain_car.yaml", racing), "");
}

}  // namespace
}  // namespace clade
