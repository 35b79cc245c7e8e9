// A set of trials: the same for any number of threads, straight or interrupted; read back from its logs.
#include "tests/support/folder_test.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/rebuild.hpp>
#include <clade/experiment/trials/trials.hpp>
#include <clade/experiment/trials/trials_summary.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace clade {
namespace {

namespace fs = std::filesystem;

class Trials : public FolderTest {
protected:
    /// XOR with a small population: some trials solve it, some do not.
    [[nodiscard]] TrialSet set(const std::string& name, std::size_t trials, int threads) const {
        ExperimentConfig config = load_config({CLADE_SOURCE_DIR "/configs/xor.yaml",
                                               {"seed=7", "stop.generations=15", "evolution.population_size=60",
                                                "evaluation.threads=" + std::to_string(threads)},
                                               vocabulary_.tasks,
                                               vocabulary_.functions});
        fs::create_directory(folder_ / name);
        return create_trials(folder_ / name, config, read_inputs(config, CLADE_SOURCE_DIR "/configs"), trials);
    }

    struct Watcher final : TrialsObserver {
        void on_end(std::uint64_t seed, bool /*solved*/) override { ended.push_back(seed); }
        void on_generation(std::uint64_t /*seed*/, const GenerationRow& /*row*/) override {
            if (++generations == stop_after) stop = true;
        }
        std::vector<std::uint64_t> ended{};
        std::size_t generations = 0;
        std::size_t stop_after = 0;  // generations of all trials; 0: never
        std::atomic<bool> stop{false};
    };

    [[nodiscard]] bool run(TrialSet& set, std::size_t stop_after = 0) const {
        Watcher watcher;
        watcher.stop_after = stop_after;
        return run_trials(set, vocabulary_, watcher, watcher.stop);
    }

    /// What of the results must not depend on how the set was run.
    [[nodiscard]] std::string told(const TrialSet& set) const {
        std::string text;
        for (const TrialResult& result : read_trials(set, vocabulary_)) {
            const auto last = RunLog(result.run.log(), RunLog::Mode::read).last_generation();
            text += std::to_string(result.seed) + " " + result.outcome + " " + std::to_string(result.generations) +
                    " " + std::to_string(result.evaluations) + " " + std::to_string(result.fitness) + " " +
                    std::to_string(result.hidden_nodes) + " " + std::to_string(result.connections) + " " +
                    to_hex(last->digest) + "\n";
        }
        return text;
    }

    const Vocabulary vocabulary_{builtin_tasks(), {}};
};

TEST_F(Trials, AreTheSameForAnyNumberOfThreads) {
    TrialSet one = set("one", 6, 1);
    TrialSet side_by_side = set("side_by_side", 6, 3);
    TrialSet within = set("within", 6, 8);  // more threads than trials
    EXPECT_TRUE(run(one));
    EXPECT_TRUE(run(side_by_side));
    EXPECT_TRUE(run(within));
    EXPECT_EQ(told(side_by_side), told(one));
    EXPECT_EQ(told(within), told(one));
}

TEST_F(Trials, InterruptedAnywhereComeOutAsStraightOnes) {
    TrialSet straight = set("straight", 4, 1);
    EXPECT_TRUE(run(straight));
    const std::string expected = told(straight);
    for (const std::size_t generations : {1U, 7U, 20U, 40U}) {
        const std::string name = "after-" + std::to_string(generations);
        TrialSet interrupted = set(name, 4, 2);
        EXPECT_FALSE(run(interrupted, generations));
        EXPECT_THROW((void)read_trials(interrupted, vocabulary_), Error);
        TrialSet opened = open_trials(folder_ / name, vocabulary_, {"evaluation.threads=1"});
        EXPECT_TRUE(run(opened));
        EXPECT_EQ(told(opened), expected) << name;
        EXPECT_GT(opened.seconds, interrupted.seconds);
    }
}

TEST_F(Trials, StartAnewWhatWasKilledBeforeItsFirstGeneration) {
    TrialSet straight = set("straight", 3, 1);
    EXPECT_TRUE(run(straight));
    TrialSet killed = set("killed", 3, 1);
    fs::create_directory(killed.run(0).path);
    fs::create_directory(killed.run(1).path);
    replace_file(killed.run(1).log(), std::string_view());
    EXPECT_TRUE(run(killed));
    EXPECT_EQ(told(killed), told(straight));
}

TEST_F(Trials, ThatHaveEndedAreNotTouched) {
    TrialSet whole = set("whole", 3, 1);
    EXPECT_TRUE(run(whole));
    const auto before = fs::last_write_time(whole.run(1).log());
    Watcher watcher;
    TrialSet opened = open_trials(whole.folder, vocabulary_);
    EXPECT_EQ(opened.trials, 3U);
    EXPECT_TRUE(run_trials(opened, vocabulary_, watcher, watcher.stop));
    EXPECT_EQ(watcher.ended, (std::vector<std::uint64_t>{7, 8, 9}));
    EXPECT_EQ(watcher.generations, 0U);
    EXPECT_EQ(fs::last_write_time(whole.run(1).log()), before);
}

TEST_F(Trials, CanBecomeMoreButNotFewer) {
    TrialSet four = set("four", 4, 1);
    EXPECT_TRUE(run(four));
    TrialSet grown = set("grown", 2, 1);
    EXPECT_TRUE(run(grown));
    extend_trials(grown, 4);
    EXPECT_TRUE(run(grown));
    TrialSet opened = open_trials(grown.folder, vocabulary_);
    EXPECT_EQ(told(opened), told(four));
    EXPECT_THROW(extend_trials(opened, 3), InputError);
}

TEST_F(Trials, AreOrdinaryRunsThatRepeatAlone) {
    TrialSet two = set("two", 2, 2);
    EXPECT_TRUE(run(two));
    const OpenedRun trial = open_run(two.run(1), vocabulary_);
    EXPECT_EQ(*trial.config.seed, 8U);
    const auto last = trial.log.last_generation();
    EXPECT_EQ(rebuild(trial, vocabulary_, last->generation)->evolver->generation(), last->generation);
}

TEST_F(Trials, AreRecountedFromTheirLogs) {
    TrialSet six = set("six", 6, 2);
    EXPECT_TRUE(run(six));
    const std::vector<TrialResult> results = read_trials(six, vocabulary_);
    const TrialsSummary summary = summarise(results);
    std::size_t solved = 0;
    double evaluations = 0.0;
    for (const TrialResult& result : results) {
        const RunLog log(result.run.log(), RunLog::Mode::read);
        std::uint64_t scored = 0;
        for (const GenerationRow& row : log.generations()) scored += row.evaluated;
        EXPECT_EQ(result.evaluations, scored);
        EXPECT_EQ(result.solved, log.get("solved") == "true");
        if (!result.solved) continue;
        ++solved;
        evaluations += static_cast<double>(scored);
        EXPECT_GE(result.hidden_nodes, 1U) << "no network without a hidden node solves it";
    }
    ASSERT_GT(solved, 0U);
    ASSERT_LT(solved, 6U) << "the test wants both kinds";
    EXPECT_EQ(summary.solved, solved);
    EXPECT_DOUBLE_EQ(summary.evaluations.mean, evaluations / static_cast<double>(solved));
    EXPECT_EQ(summary.all_evaluations.count, 6U);
}

TEST_F(Trials, SayWhatIsWrongWithAFolder) {
    const auto said = [&](const fs::path& folder, const std::vector<std::string>& overrides = {}) {
        try {
            (void)open_trials(folder, vocabulary_, overrides);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(said(folder_ / "none"), (folder_ / "none").string() + ": there is no such folder of trials");
    EXPECT_EQ(said(folder_), folder_.string() + ": is no set of trials: it has no trials.json");
    const TrialSet made = set("made", 2, 1);
    EXPECT_EQ(said(made.folder, {"evolution.population_size=10"}),
              "--set evolution.population_size=10: an existing set of trials keeps its configuration, except for "
              "evaluation (without racing and "
              "champion); start a new set to change it");
    replace_file(made.folder / "trials.json", std::string_view("{\"clade_trials\": 99}"));
    EXPECT_NE(said(made.folder).find("another format"), std::string::npos) << said(made.folder);
    replace_file(made.folder / "trials.json", std::string_view("{"));
    EXPECT_NE(said(made.folder).find("trials.json: "), std::string::npos);
}

TEST_F(Trials, NameTheSeedThatFailed) {
    TrialSet broken = set("broken", 2, 1);
    fs::create_directory(broken.run(1).path);
    replace_file(broken.run(1).log(), std::string_view("no database"));
    EXPECT_THROW((void)run(broken), Error);
    TrialSet locked = set("locked", 2, 1);
    const RunLock lock(RunFolder{locked.folder});
    EXPECT_THROW((void)run(locked), InputError);
}

TEST_F(Trials, AreNotContinuedAfterTheirConfigurationOrTheirDataWasChanged) {
    fs::copy_file(CLADE_SOURCE_DIR "/configs/data/iris.csv", folder_ / "iris.csv");
    replace_file(folder_ / "c.yaml", "task: {name: supervised, file: iris.csv, label: species}\n");
    const ConfigSource source{
        (folder_ / "c.yaml").string(), {"seed=7", "stop.generations=1"}, vocabulary_.tasks, vocabulary_.functions};
    PreparedRun prepared = prepare_run(source, load_config(source), vocabulary_);
    fs::create_directory(folder_ / "set");
    TrialSet set = create_trials(folder_ / "set", prepared.config, prepared.inputs, 1);
    ASSERT_TRUE(run(set));

    const std::string text = read_file(folder_ / "iris.csv");
    replace_file(folder_ / "iris.csv", text + "5.1,3.5,1.4,0.2,setosa\n");
    TrialSet more = open_trials(folder_ / "set", vocabulary_);
    extend_trials(more, 2);
    try {
        (void)run(more);
        ADD_FAILURE() << "went on with other data";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("iris.csv: has changed ("), std::string::npos) << error.what();
    }

    replace_file(set.folder / "config.yaml", read_file(set.folder / "config.yaml") + "# mine\n");
    EXPECT_NO_THROW((void)open_trials(set.folder, vocabulary_));
    const std::string config = read_file(set.folder / "config.yaml");
    const std::size_t at = config.find("validation_fraction: 0.2");
    ASSERT_NE(at, std::string::npos);
    replace_file(set.folder / "config.yaml", std::string(config).replace(at, 24, "validation_fraction: 0.3"));
    EXPECT_THROW((void)open_trials(set.folder, vocabulary_), InputError);
}

}  // namespace
}  // namespace clade
