// The promises of a run: same seed same digests, resumed as straight, never written over, configurations that hold.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace clade {
namespace {

namespace fs = std::filesystem;

class ExperimentRun : public RunTest {
protected:
    /// Evolves XOR to its last generation, whether it is solved or not.
    [[nodiscard]] ExperimentConfig config(std::vector<std::string> overrides = {}) const {
        overrides.insert(overrides.begin(), {"seed=7", "stop.solved_fitness=1000", "stop.generations=12",
                                             "checkpoint.every_generations=5", "evaluation.threads=1"});
        return loaded(CLADE_SOURCE_DIR "/configs/xor.yaml", overrides);
    }
};

TEST_F(ExperimentRun, IsTheSameForAnyNumberOfThreadsAndSimdLevel) {
    const auto expected = digests(run(config()));
    ASSERT_EQ(expected.size(), 12U);
    for (const char* other : {"evaluation.threads=2", "evaluation.threads=5", "evaluation.simd=baseline",
                              "checkpoint.every_generations=0"}) {
        EXPECT_EQ(digests(run(config({other}))), expected) << other;
    }
}

TEST_F(ExperimentRun, ResumedAtAnyGenerationIsTheStraightOne) {
    const auto expected = digests(run(config()));
    for (int generation = 1; generation < 12; ++generation) {
        const RunFolder folder = run(config({"stop.generations=" + std::to_string(generation)}));
        resume(folder, {"stop.generations=12"});
        EXPECT_EQ(digests(folder), expected) << "resumed at generation " << generation;
    }
}

TEST_F(ExperimentRun, ResumesWithoutACheckpointOrWithADamagedOne) {
    const auto expected = digests(run(config()));
    for (const bool damaged : {false, true}) {
        const RunFolder folder = run(config({"stop.generations=7"}));
        fs::remove(folder.checkpoint());
        if (damaged) replace_file(folder.checkpoint(), "no checkpoint");
        resume(folder, {"stop.generations=12"});
        EXPECT_EQ(digests(folder), expected);
    }
}

TEST_F(ExperimentRun, RefusesToResumeWithWhatWouldChangeResults) {
    const RunFolder folder = run(config());
    EXPECT_THROW((void)Experiment::resume(folder, vocabulary_, {"evolution.population_size=10"}), Error);
    EXPECT_THROW((void)Experiment::resume(folder, vocabulary_, {"seed=8"}), Error);
}

TEST_F(ExperimentRun, NoticesThatTheConfigurationInItsFolderWasChanged) {
    const RunFolder folder = run(config());
    std::string text = read_file(folder.config());
    const std::size_t at = text.find("add_node_probability: 0.03");
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 26, "add_node_probability: 0.30");
    replace_file(folder.config(), text);
    EXPECT_THROW((void)Experiment::resume(folder, vocabulary_, {"stop.generations=20"}), Error);
}

TEST_F(ExperimentRun, ResolvedConfigurationRepeatsIt) {
    const RunFolder first = run(config());
    ExperimentConfig again = load_config({first.config(), {}, vocabulary_.tasks, vocabulary_.functions});
    EXPECT_EQ(digests(run(again)), digests(first));
}

TEST_F(ExperimentRun, AnyGenerationIsRebuiltFromTheLog) {
    const RunFolder folder = run(config());
    const OpenedRun opened = open_run(folder, vocabulary_);
    for (const GenerationRow& row : opened.log.generations()) {
        const auto engine = rebuild(opened, vocabulary_, row.generation);
        EXPECT_EQ(engine->evolver->population().digest(), raw(row.digest)) << "generation " << row.generation;
    }
}

/// A run that starts from the champion of another one, in a file that is deleted or written over after the start.
class ExperimentFromAGenome : public ExperimentRun {
protected:
    [[nodiscard]] ExperimentConfig from_genome(const std::string& generations) const {
        return config({"genome.initial.genome=" + genome_.string(), "stop.generations=" + generations});
    }
    void SetUp() override {
        ExperimentRun::SetUp();
        const RunFolder other = run(config());
        genome_ = folder_ / "start.json";
        fs::copy_file(other.champion(), genome_);
    }
    fs::path genome_;
};

TEST_F(ExperimentFromAGenome, IsResumedAndRebuiltWithoutItsFile) {
    const auto expected = digests(run(from_genome("12")));
    const RunFolder folder = run(from_genome("7"));
    fs::remove(folder.checkpoint());
    fs::remove(genome_);
    resume(folder, {"stop.generations=12"});
    EXPECT_EQ(digests(folder), expected);
    const OpenedRun opened = open_run(folder, vocabulary_);
    EXPECT_EQ(rebuild(opened, vocabulary_, 11)->evolver->population().digest(), expected.back());
}

TEST_F(ExperimentFromAGenome, IsRepeatedByItsResolvedConfigurationWhateverBecameOfItsFile) {
    const RunFolder first = run(from_genome("12"));
    replace_file(genome_, "no genome any more");
    const ExperimentConfig again = load_config({first.config(), {}, vocabulary_.tasks, vocabulary_.functions});
    const RunFolder second = create_run_folder(folder_, again.name, *again.seed);
    Experiment experiment = Experiment::start(again, vocabulary_, inputs_of(again, first.config()), second);
    run_on(experiment);
    EXPECT_EQ(digests(second), digests(first));
}

TEST_F(ExperimentFromAGenome, TakesAnotherGenomeFromItsOwnFile) {
    const RunFolder folder = run(from_genome("1"));
    const std::string missing = (folder_ / "missing.json").string();
    const ExperimentConfig other =
        load_config({folder.config(), {"genome.initial.genome=" + missing}, vocabulary_.tasks, vocabulary_.functions});
    try {
        (void)inputs_of(other, folder.config());
        FAIL() << "a file that is not there was read";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find(missing), std::string::npos) << error.what();
    }
}

TEST_F(ExperimentFromAGenome, NamesTheFileOfABrokenGenome) {
    replace_file(genome_, "{}");
    const ExperimentConfig broken = from_genome("1");
    try {
        (void)make_engine(broken, vocabulary_, read_inputs(broken, ""));
        FAIL() << "a broken genome was taken";
    } catch (const Error& error) {
        EXPECT_EQ(std::string(error.what()),
                  "genome.initial.genome: " + genome_.string() + ": genome: the key 'clade_genome' is missing");
    }
}

TEST_F(ExperimentRun, StopsAfterTheGenerationInFlightWhenAskedTo) {
    const ExperimentConfig all = config();
    const RunFolder folder = create_run_folder(folder_, "stopped", 1);
    Experiment experiment = Experiment::start(all, vocabulary_, {}, folder);
    stop_ = true;
    EXPECT_EQ(run_on(experiment), Outcome::interrupted);
    EXPECT_EQ(digests(folder).size(), 1U);
    EXPECT_TRUE(fs::exists(folder.checkpoint()));
}

TEST_F(ExperimentRun, EndsWhenItsFolderIsDeletedAndNamesIt) {
    struct Deletes final : ExperimentObserver {
        explicit Deletes(std::filesystem::path of) : folder(std::move(of)) {}
        void on_generation(const GenerationRow& row) override {
            if (row.generation == 2) std::filesystem::remove_all(folder);
            last = row.generation;
        }
        std::filesystem::path folder;
        std::uint32_t last = 0;
    };
    const RunFolder folder = create_run_folder(folder_, "deleted");
    Experiment experiment = Experiment::start(
        loaded(CLADE_SOURCE_DIR "/configs/xor.yaml", {"seed=1", "stop.solved_fitness=1000"}), vocabulary_, {}, folder);
    Deletes observer(folder.path);
    EXPECT_EQ(
        message_of([&] { (void)experiment.run(observer); }),
        folder.path.string() +
            ": the folder of this run was deleted, moved or replaced while the run went on, so nothing can be saved");
    EXPECT_EQ(observer.last, 2U);
}

TEST_F(ExperimentRun, EndsAtEachStopRule) {
    const auto outcome = [&](std::vector<std::string> overrides) {
        const ExperimentConfig stopped = config(std::move(overrides));
        const RunFolder folder = create_run_folder(folder_, stopped.name, *stopped.seed);
        Experiment experiment = Experiment::start(stopped, vocabulary_, {}, folder);
        return run_on(experiment);
    };
    EXPECT_EQ(outcome({}), Outcome::generations);
    EXPECT_EQ(outcome({"stop.solved_fitness=0"}), Outcome::solved);
    EXPECT_EQ(outcome({"stop.evaluations=200"}), Outcome::evaluations);
    EXPECT_EQ(outcome({"stop.seconds=0.000001"}), Outcome::seconds);
    EXPECT_EQ(outcome({"stop.stagnation=1", "evolution.mutation.attributes_probability=0",
                       "evolution.crossover.probability=0"}),
              Outcome::stagnation);
}

}  // namespace
}  // namespace clade
