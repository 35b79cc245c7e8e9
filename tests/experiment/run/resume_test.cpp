// What a run is continued from: its log. What lies beside the log may be changed, missing, or of another run.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace clade {
namespace {

namespace fs = std::filesystem;

class ResumedRun : public RunTest {
protected:
    [[nodiscard]] ExperimentConfig config(std::vector<std::string> overrides = {}) const {
        return short_run(CLADE_SOURCE_DIR "/configs/xor.yaml", std::move(overrides));
    }
    [[nodiscard]] ExperimentConfig short_run(const fs::path& file, std::vector<std::string> overrides = {}) const {
        overrides.insert(overrides.begin(), {"seed=7", "stop.solved_fitness=1000", "stop.generations=6",
                                             "evolution.population_size=30", "evaluation.threads=1"});
        return loaded(file, overrides);
    }
    [[nodiscard]] std::string refusal(const RunFolder& folder, const std::vector<std::string>& overrides = {}) const {
        try {
            (void)Experiment::resume(folder, vocabulary_, overrides);
        } catch (const InputError& error) {
            return error.what();
        }
        return "nothing";
    }
    /// Makes the log as a kill leaves it between the last generation and the end.
    static void open_again(const RunFolder& folder) { RunLog(folder.log(), RunLog::Mode::append).set("outcome", ""); }
    static std::string entry(const RunFolder& folder, std::string_view key) {
        return RunLog(folder.log(), RunLog::Mode::read).get(key).value_or("");
    }
    static void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
        std::string text = read_file(file);
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        replace_file(file, text.replace(at, from.size(), to));
    }
};

TEST_F(ResumedRun, RefusesAConfigurationFileThatWasEditedAndNamesTheKeys) {
    const RunFolder folder = run(config());
    const auto before = digests(folder);
    replace_in(folder.config(), "\n    add_node_probability: 0.03", "\n    add_node_probability: 0.3");
    replace_in(folder.config(), "\n  stagnation: null", "\n  stagnation: 5");
    const std::string problem = refusal(folder, {"stop.generations=9"});
    expect_contains(problem, folder.config().string() + ": was edited since the run began:");
    expect_contains(problem, "\n  evolution.mutation.add_node_probability: is 0.3, was 0.03\n");
    expect_contains(problem, "\n  stop.stagnation: is 5, was null\n");
    EXPECT_EQ(digests(folder), before);
    EXPECT_EQ(entry(folder, "config_changes"), "");

    // What only looks goes by the log.
    EXPECT_EQ(open_run(folder, vocabulary_).config.stop.stagnation, std::nullopt);

    fs::remove(folder.config());  // as the message says
    resume(folder, {"stop.generations=9"});
    EXPECT_EQ(digests(folder), digests(run(config({"stop.generations=9"}))));
}

TEST_F(ResumedRun, TakesAConfigurationFileWithOtherComments) {
    const RunFolder folder = run(config());
    replace_file(folder.config(), "# mine\n" + read_file(folder.config()));
    EXPECT_NO_THROW(resume(folder, {}));
}

TEST_F(ResumedRun, KeepsAndLogsWhatItWasResumedWith) {
    const RunFolder folder = run(config());
    resume(folder, {"stop.generations=8", "evaluation.threads=2"});
    EXPECT_EQ(entry(folder, "config_changes"),
              "generation 6: evaluation.threads: is 2, was 1\ngeneration 6: stop.generations: is 8, was 6\n");
    EXPECT_EQ(entry(folder, "config"), read_file(folder.config()));
    open_again(folder);
    const Experiment again = Experiment::resume(folder, vocabulary_, {});
    EXPECT_EQ(again.config().stop.generations, 8U);
    EXPECT_EQ(again.finished(), Outcome::generations);
}

TEST_F(ResumedRun, RefusesALimitThatItHasPassedAndAnotherName) {
    const RunFolder folder = run(config());
    EXPECT_EQ(refusal(folder, {"stop.generations=5"}),
              "stop.generations: must be at least what the run has made already, 6, got 5; nothing was changed");
    EXPECT_NE(refusal(folder, {"stop.evaluations=7"}).find("stop.evaluations: must be at least"), std::string::npos);
    EXPECT_EQ(refusal(folder, {"stop.generations=6"}), "nothing");
    EXPECT_NE(refusal(folder, {"name=other"}).find("name: must stay "), std::string::npos);
    EXPECT_EQ(entry(folder, "config_changes"), "");
}

TEST_F(ResumedRun, CountsTheSecondsBeforeItWasResumed) {
    const RunFolder folder = run(config());
    resume(folder, {"stop.generations=1000", "stop.seconds=0.000001"});  // less than its six generations took
    EXPECT_EQ(outcome_, Outcome::seconds);
    EXPECT_EQ(rows(folder).size(), 6U);
}

TEST_F(ResumedRun, BringsTheConfigurationFileUpToTheLogAfterAKillBetweenTheTwo) {
    const RunFolder folder = run(config());
    const std::string before = read_file(folder.config());
    resume(folder, {"stop.generations=8"});
    const std::string after = read_file(folder.config());
    replace_file(folder.config(), before);
    resume(folder, {});
    EXPECT_EQ(read_file(folder.config()), after);
}

TEST_F(ResumedRun, DoesNotGoOnFromACheckpointOfAnotherRun) {
    const RunFolder other = run(config({"seed=8"}));
    const RunFolder folder = run(config());
    fs::copy_file(other.checkpoint(), folder.checkpoint(), fs::copy_options::overwrite_existing);
    resume(folder, {"stop.generations=9"});
    EXPECT_EQ(digests(folder), digests(run(config({"stop.generations=9"}))));
    expect_contains(read_file(folder.messages()), "belongs to another run; generations 0 to 5 are bred again");
}

TEST_F(ResumedRun, SaysWithoutAlarmThatThereIsNoCheckpointYet) {
    const RunFolder folder = run(config());
    fs::remove(folder.checkpoint());
    open_again(folder);
    resume(folder, {});
    const std::string messages = read_file(folder.messages());
    expect_contains(messages, "no checkpoint yet: generations 0 to 5 are bred again from the log, not scored again");
    EXPECT_EQ(messages.find("warning"), std::string::npos) << messages;
}

TEST_F(ResumedRun, IsClosedIfItWasKilledAtItsEnd) {
    for (const char* end : {"stop.generations=6", "stop.solved_fitness=0"}) {
        const RunFolder folder = run(config({end}));
        const std::string outcome = entry(folder, "outcome");
        const std::string champion = read_file(folder.champion());
        open_again(folder);
        fs::remove(folder.checkpoint());
        replace_file(folder.champion(), "stale");
        EXPECT_EQ(stop_rule_met(open_run(folder, vocabulary_).config.stop,
                                logged_state(RunLog(folder.log(), RunLog::Mode::read))),
                  outcome_)
            << "told from the log alone";
        (void)Experiment::resume(folder, vocabulary_, {});
        EXPECT_EQ(entry(folder, "outcome"), outcome);
        EXPECT_EQ(read_file(folder.champion()), champion);
        EXPECT_TRUE(fs::exists(folder.checkpoint()));
    }
}

TEST_F(ResumedRun, EndsAtAnExtinctionThatIsToBeAnErrorAndIsNotGoneOnWith) {
    const ExperimentConfig dying =
        config({"evolution.stagnation.extinction=error", "evolution.stagnation.species_limit=2",
                "evolution.stagnation.protected_species=0", "evolution.mutation.attributes_probability=0",
                "evolution.mutation.add_node_probability=0", "evolution.mutation.add_connection_probability=0",
                "stop.generations=100"});
    const RunFolder folder = run(dying);
    EXPECT_EQ(outcome_, Outcome::extinction);
    EXPECT_EQ(entry(folder, "outcome"), "extinction");
    const auto last = rows(folder).back();
    EXPECT_TRUE(fs::exists(folder.champion()));
    open_again(folder);
    fs::remove(folder.champion());
    const Experiment again = Experiment::resume(folder, vocabulary_, {});
    EXPECT_EQ(again.finished(), Outcome::extinction);
    EXPECT_EQ(entry(folder, "outcome"), "extinction");
    EXPECT_TRUE(fs::exists(folder.champion()));
    EXPECT_EQ(rows(folder).back().digest, last.digest);
}

TEST_F(ResumedRun, SaysThatNothingIsInAFolderOfARunThatWasKilledWhileItStarted) {
    const RunFolder folder = run(config());
    fs::remove(folder.log());
    expect_contains(message_of<InputError>([&] { (void)find_run(folder.path); }), "was killed while it started");
}

/// A run of rows in a CSV file.
class RunOfAFile : public ResumedRun {
protected:
    void SetUp() override {
        ResumedRun::SetUp();
        data_ = folder_ / "iris.csv";
        fs::copy_file(CLADE_SOURCE_DIR "/configs/data/iris.csv", data_);
        replace_file(folder_ / "c.yaml",
                     "defaults: general\ntask: {name: supervised, file: " + data_.string() + ", label: species}\n");
    }
    [[nodiscard]] RunFolder run_of_file() { return run(short_run(folder_ / "c.yaml", {"stop.generations=2"})); }

    fs::path data_;
};

TEST_F(RunOfAFile, IsNotContinuedNorReplayedWhenTheFileHasChanged) {
    const RunFolder folder = run_of_file();
    replace_in(data_, "5.1", "5.2");
    const std::string expected =
        data_.string() +
        ": its content has changed since the run began. Put the original file back, or start a new run";
    EXPECT_EQ(refusal(folder, {"stop.generations=5"}), expected);
    const OpenedRun opened = open_run(folder, vocabulary_);
    EXPECT_EQ(message_of<InputError>([&] { (void)score_again(opened, vocabulary_, *opened.log.last_generation()); }),
              expected);
    EXPECT_EQ(rows(folder).size(), 2U);
    replace_in(data_, "5.2", "5.1");
    EXPECT_EQ(message_of<InputError>([&] { resume(folder, {"stop.generations=5"}); }), "nothing");
}

TEST_F(RunOfAFile, IsToldOfTheFileNotOfTheConfigurationWhenAColumnHasGone) {
    const RunFolder folder = run_of_file();
    replace_in(data_, "species", "kind");
    expect_contains(refusal(folder), data_.string() + ": has changed (");
    fs::remove(data_);
    expect_contains(refusal(folder), data_.string() + ": is gone, or has moved, since the run began");
}

TEST_F(RunOfAFile, WhoseConfigurationIsRunAnewReadsTheFileThatIsThere) {
    const RunFolder folder = run_of_file();
    replace_in(data_, "5.1", "5.2");
    const ExperimentConfig again = short_run(folder.config());
    EXPECT_NO_THROW((void)Experiment::start(again, vocabulary_, inputs_of(again, folder.config()),
                                            create_run_folder(folder_, again.name)));
}

}  // namespace
}  // namespace clade
