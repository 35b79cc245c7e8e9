// Runs in which genomes fail: logged with their reasons, the same for any threads, resumed as straight, and rebuilt from the
// log without being scored again.
#include "tests/experiment/run_fixture.hpp"
#include "tests/support/messages.hpp"

#include <clade/evaluation/scoring/population_task.hpp>
#include <clade/experiment/log/sqlite_internal.hpp>
#include <clade/experiment/run/scoring_file.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <array>
#include <atomic>
#include <cmath>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Overrides = std::vector<std::string>;

enum class Misfortune { throws, nan, infinite, endless, late, crashes };

/// What the tests change of the task, which the registry makes.
struct Mishaps {
    std::atomic<bool> repaired = false;  ///< nothing fails any more
    std::atomic<int> scored = 0;
};
Mishaps mishaps;  // NOLINT: tests of one process run one after the other

bool is_unlucky(double output, double bound) { return output - std::floor(output) < bound; }

double score_unlucky(Network& network, Misfortune misfortune, double share, const Evaluator& evaluator) {
    ++mishaps.scored;
    std::array<float, 1> output{};
    network.activate(std::array{0.5F, -0.25F}, output);
    const double fitness = 10.0 * double{output[0]};
    if (mishaps.repaired || !is_unlucky(100.0 * fitness, share)) return fitness;
    switch (misfortune) {
        case Misfortune::throws:
            throw std::runtime_error("the sensor is unplugged");
        case Misfortune::nan:
            return std::numeric_limits<double>::quiet_NaN();
        case Misfortune::infinite:
            return std::numeric_limits<double>::infinity();
        case Misfortune::endless:
            while (true) evaluator.check_deadline();
        case Misfortune::late:
            while (!evaluator.deadline()->passed()) std::this_thread::yield();
            return fitness;
        case Misfortune::crashes:
            std::raise(SIGSEGV);
    }
    return fitness;
}

}  // namespace

template <>
struct EnumNames<Misfortune> {
    static constexpr std::array<std::string_view, 6> names{"throws", "nan", "infinite", "endless", "late", "crashes"};
};

namespace {

/// Every network whose output has a certain fraction meets a misfortune.
class UnluckyXor final : public Task {
public:
    struct Params {
        Misfortune misfortune = Misfortune::throws;
        double share = 0.1;
    };
    UnluckyXor(const Params& params, const TaskContext& /*context*/) : params_(params) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        class Unlucky final : public Evaluator {
        public:
            explicit Unlucky(const Params& params) : params_(params) {}
            double evaluate(Network& network, const Seeds&) override {
                return score_unlucky(network, params_.misfortune, params_.share, *this);
            }

        private:
            Params params_;
        };
        return std::make_unique<Unlucky>(params_);
    }

private:
    Params params_;
    TaskTraits traits_{.name = "unlucky", .input_count = 2, .output_count = 1};
};

void visit_fields(UnluckyXor::Params& params, FieldVisitor& field) {
    field("misfortune", params.misfortune, "What happens.");
    field("share", params.share, probability(), "Share of the networks to which it happens; about.");
}

/// A task of all genomes that fails as often as it is told to.
class UnluckyTournament final : public PopulationTask {
public:
    struct Params {};
    UnluckyTournament(const Params& /*params*/, const TaskContext& /*context*/)
        : PopulationTask({.name = "tournament", .input_count = 2, .output_count = 1}) {}
    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel&) const override {
        class Rounds final : public Scorer {
        public:
            void score(const Generation& generation, ScoreTable& scores) override {
                if (generation.number == 2 && !mishaps.repaired.exchange(true)) throw std::runtime_error("no referee");
                scores.resize(generation.genomes.size());
                for (std::size_t i = 0; i < scores.fitness.size(); ++i) scores.fitness[i] = static_cast<double>(i % 7);
                scores.evaluated = scores.fitness.size();
            }
        };
        return std::make_unique<Rounds>();
    }
};

void visit_fields(UnluckyTournament::Params& /*params*/, FieldVisitor& /*field*/) {}

class RunWithFailures : public RunTest {
protected:
    RunWithFailures() {
        vocabulary_.tasks.add<UnluckyXor>("unlucky", "For tests.");
        vocabulary_.tasks.add<UnluckyTournament>("tournament", "For tests.");
        mishaps.repaired = false;
        mishaps.scored = 0;
    }

    [[nodiscard]] ExperimentConfig config(const std::string& task, const Overrides& overrides) const {
        const std::string yaml = "task: " + task + "\nseed: 5\nevolution: {population_size: 60}\n" +
                                 "stop: {generations: 6}\ncheckpoint: {every_generations: 2}\n";
        ExperimentConfig config =
            load_config({"unlucky.yaml", overrides, vocabulary_.tasks, vocabulary_.functions, yaml});
        resolve(config);
        return config;
    }

    RunFolder run_in_folder(const ExperimentConfig& config) {
        const RunFolder folder = create_run_folder(folder_, config.name, *config.seed);
        Experiment experiment = Experiment::start(config, vocabulary_, {}, folder);
        outcome_ = run_on(experiment);
        return folder;
    }

    void resume_in_folder(const RunFolder& folder, const Overrides& overrides) {
        Experiment experiment = Experiment::resume(folder, vocabulary_, overrides);
        outcome_ = run_on(experiment);
    }

    static std::string messages(const RunFolder& folder) { return read_file(folder.messages()); }

    static std::size_t files_in(const fs::path& folder) {
        if (!fs::exists(folder)) return 0;
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

    Vocabulary vocabulary_{builtin_tasks(), {}};
};

TEST_F(RunWithFailures, GoesOnTheSameForAnyThreadsAndLogsEachFailure) {
    for (const char* misfortune : {"throws", "nan", "infinite"}) {
        const std::string task = std::string("{name: unlucky, misfortune: ") + misfortune + "}";
        std::vector<std::uint64_t> expected;
        for (const char* threads : {"evaluation.threads=1", "evaluation.threads=4"}) {
            const RunFolder folder = run_in_folder(config(task, {threads, "evaluation.on_failure=worst_fitness"}));
            if (expected.empty()) expected = digests(folder);
            EXPECT_EQ(digests(folder), expected) << misfortune;
            ASSERT_EQ(expected.size(), 6U);
            const RunLog log(folder.log(), RunLog::Mode::read);
            std::size_t failed = 0;
            for (const GenerationRow& row : rows(folder)) {
                const std::vector<double> fitness = log.fitness(row.generation);
                const std::vector<GenomeFailure> failures = log.failures(row.generation);
                EXPECT_EQ(failures.size(), row.failed_count);
                failed += failures.size();
                for (const GenomeFailure& failure : failures) {
                    EXPECT_FALSE(std::isfinite(fitness.at(failure.genome)));
                    EXPECT_EQ(failure.kind, std::string_view(misfortune) == "throws" ? FailureKind::exception
                                                                                     : FailureKind::not_finite);
                    EXPECT_EQ(failure.message, std::string_view(misfortune) == "throws" ? "the sensor is unplugged"
                                               : std::string_view(misfortune) == "nan"  ? "the fitness is nan"
                                                                                        : "the fitness is inf");
                }
            }
            EXPECT_GT(failed, 10U);
            EXPECT_EQ(log.failure_counts().begin()->second, failed);
            EXPECT_EQ(files_in(folder.failed()), std::min<std::size_t>(failed, 100));
            EXPECT_FALSE(fs::exists(folder.scoring())) << "the run ended well";
        }
    }
}

TEST_F(RunWithFailures, IsTheSameWithEverySettingAsLongAsNoneFails) {
    const std::string task = "{name: unlucky, share: 0}";
    const auto expected = digests(run_in_folder(config(task, {})));
    for (const char* other : {"worst_fitness", "retry"}) {
        const RunFolder folder = run_in_folder(
            config(task, {std::string("evaluation.on_failure=") + other, "evaluation.seconds_per_genome=1000"}));
        EXPECT_EQ(digests(folder), expected);
        EXPECT_FALSE(fs::exists(folder.failed()));
        EXPECT_TRUE(RunLog(folder.log(), RunLog::Mode::read).failure_counts().empty());
    }
}

TEST_F(RunWithFailures, ResumedIsTheStraightOneAndScoresNothingAgain) {
    const std::string task = "{name: unlucky}";
    const auto expected = digests(run_in_folder(config(task, {"evaluation.on_failure=worst_fitness"})));
    const RunFolder folder = run_in_folder(config(task, {"evaluation.on_failure=worst_fitness", "stop.generations=3"}));
    fs::remove(folder.checkpoint());
    mishaps.scored = 0;
    const OpenedRun run = open_run(folder, vocabulary_);
    EXPECT_EQ(rebuild(run, vocabulary_, 3)->evolver->generation(), 3U);
    EXPECT_EQ(mishaps.scored, 0) << "failures come from the log, too";
    resume_in_folder(folder, {"stop.generations=6"});
    EXPECT_EQ(digests(folder), expected);
}

TEST_F(RunWithFailures, StoppedByAnExceptionKeepsTheGenomeAndGoesOnWithAnotherSetting) {
    const std::string task = "{name: unlucky, share: 0.02}";
    const auto expected = digests(run_in_folder(config(task, {"evaluation.on_failure=worst_fitness"})));
    const ExperimentConfig stopping = config(task, {"evaluation.threads=4"});
    const RunFolder folder = create_run_folder(folder_, stopping.name, *stopping.seed);
    const std::string error = message_of([&] {
        Experiment experiment = Experiment::start(stopping, vocabulary_, {}, folder);
        run_on(experiment);
    });
    expect_contains(error, ", task 'unlucky': the sensor is unplugged");
    EXPECT_EQ(files_in(folder.failed()), 1U);
    EXPECT_FALSE(fs::exists(folder.scoring())) << "nothing crashed";
    resume_in_folder(folder, {"evaluation.on_failure=worst_fitness"});
    EXPECT_EQ(digests(folder), expected);
}

TEST_F(RunWithFailures, TakesLoggedFailuresOfTimeFromTheLog) {
    for (const char* misfortune : {"endless", "late"}) {
        const std::string task = std::string("{name: unlucky, share: 0.01, misfortune: ") + misfortune + "}";
        mishaps.repaired = false;
        const RunFolder folder = run_in_folder(config(
            task, {"evaluation.on_failure=worst_fitness", "stop.generations=3", "evaluation.seconds_per_genome=0.02"}));
        const auto counts = RunLog(folder.log(), RunLog::Mode::read).failure_counts();
        ASSERT_GT(counts.at("time"), 0U);
        expect_contains(messages(folder), " s, more than seconds_per_genome: 0.02");
        const auto before = digests(folder);
        mishaps.repaired = true;  // now all of them would be quick
        fs::remove(folder.checkpoint());
        resume_in_folder(folder, {"stop.generations=4"});
        const auto after = digests(folder);
        EXPECT_EQ(std::vector(after.begin(), after.begin() + 3), before);
        EXPECT_EQ(after.size(), 4U);
    }
}

TEST_F(RunWithFailures, ScoresAnyGenomeAloneFromItsFileOrTheLog) {
    const RunFolder folder = run_in_folder(config("{name: unlucky}", {"evaluation.on_failure=worst_fitness"}));
    const OpenedRun run = open_run(folder, vocabulary_);
    const std::vector<GenomeFailure> failures = run.log.failures(4);
    ASSERT_FALSE(failures.empty());
    const GenomeId id = genome_id(4, 60, failures.front().genome);
    for (const bool kept : {true, false}) {
        if (!kept) fs::remove_all(folder.failed());
        const RescoredGenome again = score_genome_again(run, vocabulary_, id);
        EXPECT_TRUE(again.as_logged());
        ASSERT_TRUE(again.failure && again.logged_failure);
        EXPECT_EQ(again.failure->message, "the sensor is unplugged");
        EXPECT_EQ(again.logged_failure->kind, FailureKind::exception);
    }
    std::size_t sound = 0;
    while (!std::isfinite(run.log.fitness(5)[sound])) ++sound;
    const RescoredGenome other = score_genome_again(run, vocabulary_, genome_id(5, 60, sound));
    EXPECT_TRUE(other.as_logged());
    EXPECT_EQ(other.fitness, run.log.fitness(5)[sound]);
    const RescoredGenome next = score_genome_again(run, vocabulary_, genome_id(6, 60, 0));
    EXPECT_FALSE(next.logged_fitness) << "of the generation that was not scored";
    EXPECT_EQ(message_of([&] { (void)score_genome_again(run, vocabulary_, GenomeId{420}); }),
              folder.path.string() + ": genome must be from 0 to 419, got 420");
    mishaps.repaired = true;
    EXPECT_FALSE(score_genome_again(run, vocabulary_, id).as_logged()) << "it does not fail any more";
}

TEST_F(RunWithFailures, KeepsAtMostAsManyGenomesAsItIsAllowed) {
    const RunFolder folder =
        run_in_folder(config("{name: unlucky}", {"evaluation.on_failure=worst_fitness", "log.failed_genomes=3"}));
    EXPECT_EQ(files_in(folder.failed()), 3U);
    expect_contains(messages(folder), "failed holds 3 genomes: no more are kept (log.failed_genomes)");
    const RunFolder none =
        run_in_folder(config("{name: unlucky}", {"evaluation.on_failure=worst_fitness", "log.failed_genomes=0"}));
    EXPECT_FALSE(fs::exists(none.failed()));
}

TEST_F(RunWithFailures, ATaskOfAWholeGenerationIsAskedOnceMore) {
    expect_contains(message_of([&] { (void)run_in_folder(config("{name: tournament}", {})); }),
                    "generation 2, task 'tournament': no referee");
    mishaps.repaired = false;
    const RunFolder folder = run_in_folder(config("{name: tournament}", {"evaluation.on_failure=retry"}));
    EXPECT_EQ(digests(folder).size(), 6U);
    expect_contains(messages(folder), "generation 2 could not be scored, and is scored once more: no referee");
    const auto refused = [&](const char* setting) {
        return message_of([&] { (void)run_in_folder(config("{name: tournament}", {setting})); });
    };
    expect_contains(refused("evaluation.on_failure=worst_fitness"), "evaluation.on_failure: must be stop, or retry");
    expect_contains(refused("evaluation.seconds_per_genome=1"), "evaluation.seconds_per_genome: must be 0 for task");
}

/// Ends the process as soon as it hears of an evaluation that does not end.
struct Ender final : ExperimentObserver {
    void on_overdue(std::string_view message) override {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(message.size()), message.data());
        std::_Exit(7);
    }
};

class RunThatDies : public RunWithFailures {
protected:
    /// A folder that this test and the process which it starts to die share.
    void SetUp() override {
        RunWithFailures::SetUp();
        GTEST_FLAG_SET(death_test_style, "threadsafe");
        const char* const parent = std::getenv("CLADE_TEST_PARENT");
        if (parent != nullptr && parent != std::to_string(::getpid()) && std::getenv("CLADE_TEST_FOLDER") != nullptr) {
            folder = {std::getenv("CLADE_TEST_FOLDER")};
            return;
        }
        folder = {folder_ / "dead"};
        fs::create_directories(folder.path);
        ::setenv("CLADE_TEST_PARENT", std::to_string(::getpid()).c_str(), 1);
        ::setenv("CLADE_TEST_FOLDER", folder.path.c_str(), 1);
    }
    void TearDown() override {
        ::unsetenv("CLADE_TEST_PARENT");
        RunWithFailures::TearDown();
    }

    /// Runs in this process, which ends.
    void die(const ExperimentConfig& config) {
        Experiment experiment = Experiment::start(config, vocabulary_, {}, folder);
        Ender ender;
        experiment.run(ender);
    }

    [[nodiscard]] ExperimentConfig crashing(const char* threads) const {
        return config("{name: unlucky, misfortune: crashes, share: 0.01}", {threads});
    }

    /// After a crash: which genomes may be to blame, that they can be scored alone, and that the run goes on.
    void expect_named_and_resumable(std::size_t most) {
        const std::optional<ScoringState> state = read_scoring(folder);
        ASSERT_TRUE(state);
        EXPECT_FALSE(state->in_progress);
        ASSERT_FALSE(state->genomes.empty());
        EXPECT_LE(state->genomes.size(), most);
        const std::string text = crash_text(folder, *state, 60, "clade");
        expect_contains(text, "the run crashed or was killed while genome");
        mishaps.repaired = true;
        {
            const OpenedRun run = open_run(folder, vocabulary_);
            for (const GenomeInScoring& one : state->genomes) {
                EXPECT_TRUE(
                    score_genome_again(run, vocabulary_, genome_id(one.generation, 60, one.genome)).as_logged());
            }
        }
        resume_in_folder(folder, {});
        expect_contains(messages(folder), text);
        EXPECT_EQ(rows(folder).size(), 6U);
        EXPECT_FALSE(fs::exists(folder.scoring()));
    }

    RunFolder folder;
};

#ifndef CLADE_SANITIZED  // sanitizers catch the signal
TEST_F(RunThatDies, NamesTheGenomeThatWasScoredWhenItCrashed) {
    EXPECT_EXIT(die(crashing("evaluation.threads=1")), ::testing::KilledBySignal(SIGSEGV), "");
    expect_named_and_resumable(1);
}

TEST_F(RunThatDies, NamesTheGenomesOfAllThreadsWhenItCrashed) {
    EXPECT_EXIT(die(crashing("evaluation.threads=4")), ::testing::KilledBySignal(SIGSEGV), "");
    expect_named_and_resumable(4);
}
#endif

TEST_F(RunThatDies, TellsOfAnEvaluationThatNeverEnds) {
    vocabulary_.tasks.add_function({.name = "deaf", .input_count = 2, .output_count = 1}, "For tests.",
                                   [](Network&, const Seeds& seeds) {  // never asks for the time
                                       std::mutex mutex;
                                       std::condition_variable never;
                                       std::unique_lock lock(mutex);
                                       while (seeds.genome % 8 == 0) never.wait(lock);
                                       return 1.0;
                                   });
    const ExperimentConfig endless =
        config("{name: deaf}", {"evaluation.threads=1", "evaluation.seconds_per_genome=0.1"});
    EXPECT_EXIT(die(endless), ::testing::ExitedWithCode(7),
                "of generation 0 has been scored for .* s, which evaluation.seconds_per_genome");
    expect_contains(messages(folder), "a thread cannot be stopped, so the run cannot go on");
    ASSERT_TRUE(read_scoring(folder));
    EXPECT_EQ(read_scoring(folder)->genomes.size(), 1U);
}

TEST_F(RunWithFailures, ItsFileSaysNothingWhereItIsDamagedAndIsReplaced) {
    const RunFolder folder{folder_};
    EXPECT_FALSE(read_scoring(folder)) << "there is none";
    for (const std::string& content : {std::string(), std::string("clade scoring 1\n"), std::string(128, 'x'),
                                       std::string("clade scoring 1\n") + std::string(100, '\0')}) {
        std::ofstream(folder.scoring(), std::ios::binary) << content;
        EXPECT_FALSE(read_scoring(folder)) << content.size();
    }
    {
        ScoringFile file(folder, 3);
        EXPECT_TRUE(file.is_mapped());
        file.slots()[2].begin(12, 40);
        file.slots()[0].begin(12, 57);
        const auto state = read_scoring(folder);
        ASSERT_TRUE(state);
        EXPECT_TRUE(state->in_progress);
        EXPECT_EQ(state->genomes, (std::vector<GenomeInScoring>{{12, 40}, {12, 57}}));
        EXPECT_EQ(scoring_text(state->genomes, 150), "genomes 1840 and 1857 of generation 12");
        EXPECT_EQ(crash_text(folder, *state, 150, "clade"), "") << "it goes on";
    }
    EXPECT_FALSE(fs::exists(folder.scoring()));
    EXPECT_EQ(scoring_text({{12, whole_generation}}, 150), "generation 12 as a whole");
}

TEST_F(RunWithFailures, KeepsItsSlotsInMemoryWhereNoFileCanBeMade) {
    ScoringFile file({folder_ / "missing"}, 2);
    EXPECT_FALSE(file.is_mapped());
    file.slots()[1].begin(0, 5);
    EXPECT_EQ(file.slots()[1].genome(), (GenomeInScoring{0, 5}));
}

}  // namespace
}  // namespace clade
