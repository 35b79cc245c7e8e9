// What a program may watch, add and decide while a run goes on, and that none of it changes the run.
#include "tests/experiment/run_fixture.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <clade/experiment/run/outcome.hpp>
#include <clade/experiment/run/stop_relay.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <semaphore>
#include <stdexcept>

namespace clade {
namespace {

namespace fs = std::filesystem;

/// Writes down everything it is told, and answers what it was set to answer.
struct Hooks final : ExperimentObserver {
    void on_generation(const GenerationRow& row) override {
        generations.push_back(row.generation);
        if (at_generation) at_generation(row);
    }
    void on_message(LogLevel level, std::string_view message) override {
        messages.push_back(std::string(name_of(level)) + ": " + std::string(message));
    }
    std::optional<std::string> stop_reason(const GenerationRow& row) override {
        if (row.generation < stop_after) return std::nullopt;
        return "seen enough";
    }
    std::vector<Measure> statistics(const ToldGeneration& generation) override {
        return columns ? columns(generation) : std::vector<Measure>{};
    }
    std::vector<std::size_t> genomes_to_save(const ToldGeneration& generation) override {
        return save ? save(generation) : std::vector<std::size_t>{};
    }

    std::vector<std::uint32_t> generations{};
    std::vector<std::string> messages{};
    std::uint32_t stop_after = std::numeric_limits<std::uint32_t>::max();
    std::function<void(const GenerationRow&)> at_generation{};
    std::function<std::vector<Measure>(const ToldGeneration&)> columns{};
    std::function<std::vector<std::size_t>(const ToldGeneration&)> save{};
};

class RunWithHooks : public RunTest {
protected:
    [[nodiscard]] ExperimentConfig config(std::vector<std::string> overrides = {}) const {
        overrides.insert(overrides.begin(), {"seed=7", "stop.solved_fitness=1000", "stop.generations=6",
                                             "checkpoint.every_generations=2", "evaluation.threads=2"});
        return loaded(CLADE_SOURCE_DIR "/configs/xor.yaml", overrides);
    }

    Experiment start(const std::vector<std::string>& overrides = {}) {
        const ExperimentConfig made = config(overrides);
        return Experiment::start(made, vocabulary_, {}, create_run_folder(folder_, made.name, *made.seed));
    }

    static Hooks everything() {
        Hooks hooks;
        hooks.columns = [](const ToldGeneration& generation) {
            return std::vector<Measure>{{"nodes", static_cast<double>(generation.genomes.node_count())}};
        };
        hooks.save = [](const ToldGeneration& generation) { return std::vector{generation.record.champion}; };
        return hooks;
    }
};

TEST_F(RunWithHooks, IsTheSameAsWithout) {
    const auto expected = digests(run(config()));
    Experiment experiment = start();
    Hooks hooks = everything();
    experiment.run(hooks);
    EXPECT_EQ(digests(experiment.folder()), expected);
    EXPECT_EQ(hooks.generations, (std::vector<std::uint32_t>{0, 1, 2, 3, 4, 5}));
}

TEST_F(RunWithHooks, ResumedWithOthersIsTheSameAsStraight) {
    const auto expected = digests(run(config()));
    for (const bool first : {false, true}) {
        RunFolder folder;
        {
            Experiment experiment = start({"stop.generations=3"});
            folder = experiment.folder();
            Hooks hooks = everything();
            first ? experiment.run(hooks) : experiment.run();
        }
        Experiment experiment = Experiment::resume(folder, vocabulary_, {"stop.generations=6"});
        Hooks hooks = everything();
        first ? experiment.run() : experiment.run(hooks);
        EXPECT_EQ(digests(folder), expected);
        EXPECT_EQ(rows(folder)[first ? 0 : 5].statistics.size(), 1U);
        EXPECT_EQ(rows(folder)[first ? 5 : 0].statistics.size(), 0U);
    }
}

TEST_F(RunWithHooks, TellsItsMessagesAndPrintsNothing) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Hooks hooks;
    {
        Experiment experiment = start({"log.level=error"});
        experiment.run(hooks);
        fs::remove(experiment.folder().checkpoint());
    }
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    ASSERT_GE(hooks.messages.size(), 2U);
    EXPECT_EQ(hooks.messages.front().substr(0, 28), "info: started 'xor', seed 7,");
    EXPECT_EQ(hooks.messages.back(), "info: ended after generation 5: generations");
}

TEST_F(RunWithHooks, TellsAfterwardsWhatWasSaidWhileItWasResumed) {
    const RunFolder folder = run(config());
    fs::remove(folder.checkpoint());
    Experiment experiment = Experiment::resume(folder, vocabulary_, {"stop.generations=7"});
    Hooks hooks;
    experiment.run(hooks);
    EXPECT_TRUE(
        hooks.messages.front().starts_with("info: no checkpoint yet: generations 0 to 5 are bred again from the log"))
        << hooks.messages.front();
}

TEST_F(RunWithHooks, EndsByARuleOfItsOwnWhoseReasonIsLogged) {
    const auto expected = digests(run(config()));
    Hooks hooks;
    hooks.stop_after = 2;
    RunFolder folder;
    {
        Experiment experiment = start();
        folder = experiment.folder();
        EXPECT_EQ(experiment.run(hooks), Outcome::stopped);
        EXPECT_EQ(experiment.log().get("outcome"), "stopped");
        EXPECT_EQ(experiment.log().get("stop_reason"), "seen enough");
        EXPECT_FALSE(experiment.finished());
    }
    EXPECT_EQ(rows(folder).size(), 3U);
    Experiment experiment = Experiment::resume(folder, vocabulary_, {});
    EXPECT_EQ(experiment.run(), Outcome::generations);
    EXPECT_EQ(experiment.log().get("stop_reason"), "") << "of an earlier session";
    EXPECT_EQ(digests(folder), expected);
}

TEST_F(RunWithHooks, LogsStatisticsOfEachGeneration) {
    Hooks hooks;
    std::vector<std::size_t> connections;
    hooks.columns = [&](const ToldGeneration& generation) {
        EXPECT_EQ(generation.genomes.size(), 150U);
        EXPECT_EQ(generation.record.genome_fitness.size(), 150U);
        connections.push_back(generation.genomes.connection_count());
        return std::vector<Measure>{{"none", std::nan("")}, {"connections", static_cast<double>(connections.back())}};
    };
    Experiment experiment = start();
    experiment.run(hooks);
    const auto logged = rows(experiment.folder());
    ASSERT_EQ(logged.size(), 6U);
    for (std::size_t i = 0; i < logged.size(); ++i) {
        ASSERT_EQ(logged[i].statistics.size(), 2U);
        EXPECT_EQ(logged[i].statistics[0].name, "connections");
        EXPECT_EQ(logged[i].statistics[0].value, static_cast<double>(connections[i]));
        EXPECT_TRUE(std::isnan(logged[i].statistics[1].value));
    }
}

TEST_F(RunWithHooks, RefusesStatisticsWithoutANameOrWithTheSameTwice) {
    const auto refusal = [&](std::vector<Measure> given) {
        Experiment experiment = start();
        Hooks hooks;
        hooks.columns = [&](const ToldGeneration&) { return given; };
        try {
            experiment.run(hooks);
        } catch (const Error& error) {
            EXPECT_EQ(hooks.messages.back(), std::string("error: ") + error.what());
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(refusal({{"a", 1}, {"a", 2}}), "statistics() gives 'a' twice");
    EXPECT_EQ(refusal({{"", 1}}), "statistics() gives a number without a name");
}

TEST_F(RunWithHooks, SavesTheGenomesThatAreAskedFor) {
    Hooks hooks;
    hooks.save = [](const ToldGeneration& generation) {
        return generation.record.generation == 4 ? std::vector<std::size_t>{0, generation.record.champion}
                                                 : std::vector<std::size_t>{};
    };
    Experiment experiment = start();
    experiment.run(hooks);
    const GenerationRow row = rows(experiment.folder())[4];
    const fs::path champion = experiment.folder().saved_genome(4, row.champion);
    EXPECT_EQ(read_file(champion), experiment.log().champion_json(4)) << "as the log has it";
    EXPECT_EQ(genome_from_json(read_file(experiment.folder().saved_genome(4, GenomeId{600})), {}).store.size(), 1U);
    EXPECT_EQ(std::distance(fs::directory_iterator(champion.parent_path()), {}), row.champion == GenomeId{600} ? 1 : 2);
}

TEST_F(RunWithHooks, RefusesToSaveAGenomeThatIsNotThere) {
    Hooks hooks;
    hooks.save = [](const ToldGeneration&) { return std::vector<std::size_t>{150}; };
    Experiment experiment = start();
    try {
        experiment.run(hooks);
        FAIL() << "saved it";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "genomes_to_save() names genome 150 of 150, counted from 0");
    }
}

TEST_F(RunWithHooks, CanBeResumedAfterAHookThrew) {
    const auto expected = digests(run(config()));
    Hooks hooks;
    hooks.at_generation = [](const GenerationRow& row) {
        if (row.generation == 3) throw std::runtime_error("the disk of the hook is full");
    };
    RunFolder folder;
    {
        Experiment experiment = start();
        folder = experiment.folder();
        EXPECT_THROW(experiment.run(hooks), std::runtime_error);
    }
    EXPECT_EQ(rows(folder).size(), 4U);
    Experiment experiment = Experiment::resume(folder, vocabulary_, {});
    experiment.run();
    EXPECT_EQ(digests(folder), expected);
}

TEST_F(RunWithHooks, CancelledInTheMiddleOfAGenerationGoesOnAsIfItHadNotBeen) {
    for (const char* method : {"none", "snes"}) {
        const std::vector<std::string> overrides{"refine.method=" + std::string(method)};
        const auto expected = digests(run(config(overrides)));
        std::stop_source source;
        Hooks hooks;
        hooks.at_generation = [&](const GenerationRow& row) {
            if (row.generation == 2) source.request_stop();
        };
        RunFolder folder;
        {
            Experiment experiment = start(overrides);
            folder = experiment.folder();
            EXPECT_EQ(experiment.run(hooks, source.get_token()), Outcome::interrupted);
            EXPECT_EQ(experiment.log().get("outcome"), "interrupted");
        }
        EXPECT_EQ(rows(folder).size(), 3U);
        Experiment experiment = Experiment::resume(folder, vocabulary_, {});
        experiment.run();
        EXPECT_EQ(digests(folder), expected);
    }
}

TEST_F(RunWithHooks, CancelledGoesOnInTheSameObject) {
    const auto expected = digests(run(config()));
    Experiment experiment = start();
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(experiment.run(source.get_token()), Outcome::interrupted);
    EXPECT_EQ(rows(experiment.folder()).size(), 0U);
    EXPECT_EQ(experiment.run(), Outcome::generations);
    EXPECT_EQ(digests(experiment.folder()), expected);
}

/// Fitness of a network's own; its test of a solution does not end by itself, and no genome passes it.
class LongTest : public FunctionTask {
public:
    struct Params {};
    static inline std::stop_source* stopped_by =
        nullptr;  // requested in the test of generation 2; null: the test is short
    static inline int tests = 0;

    LongTest(const Params& /*params*/, const TaskContext& /*context*/)
        : FunctionTask({.name = "long_test", .input_count = 2, .output_count = 1}, [](Network& network, const Seeds&) {
              float out = 0.0F;
              network.activate(std::array{0.3F, -0.8F}, {&out, 1});
              return double{out};
          }) {}

    [[nodiscard]] std::optional<Verdict> solves(Network& /*network*/, double /*fitness*/,
                                                const Deadline& deadline) const override {
        if (++tests != 3 || stopped_by == nullptr) return Verdict{};
        stopped_by->request_stop();
        for (;;) deadline.check();
    }
};
void visit_fields(LongTest::Params& /*params*/, FieldVisitor& /*field*/) {}

class RunWithALongTest : public RunWithHooks {
protected:
    RunWithALongTest() { tasks_.tasks.add<LongTest>("long_test", "A test that does not end."); }

    Experiment start_test(std::stop_source* stopped_by, const std::string& method) {
        std::ofstream(folder_ / "long.yaml")
            << "task: {name: long_test}\nseed: 3\nstop: {generations: 6}\n"
               "evolution: {population_size: 30}\ncheckpoint: {every_generations: 1}\n";
        LongTest::tests = 0;
        LongTest::stopped_by = stopped_by;
        ExperimentConfig made =
            load_config({(folder_ / "long.yaml").string(), {"refine.method=" + method}, tasks_.tasks, {}});
        resolve(made);
        return Experiment::start(made, tasks_, {}, create_run_folder(folder_, made.name, *made.seed));
    }

    Vocabulary tasks_{builtin_tasks()};
};

TEST_F(RunWithALongTest, IsCancelledInTheMiddleOfTheTestAndGoesOnAsIfItHadNotBeen) {
    for (const char* method : {"none", "snes"}) {
        Experiment straight = start_test(nullptr, method);
        straight.run();
        const auto expected = digests(straight.folder());
        for (const bool same_object : {true, false}) {
            std::stop_source source;
            RunFolder folder;
            {
                Experiment experiment = start_test(&source, method);
                folder = experiment.folder();
                EXPECT_EQ(experiment.run(source.get_token()), Outcome::interrupted);
                const auto last = experiment.log().last_generation();
                ASSERT_TRUE(last);
                EXPECT_LE(experiment.best_ever().generation, last->generation) << "of what is logged";
                const auto logged = experiment.log().champion_json(experiment.champion().generation);
                EXPECT_EQ(genome_from_json(read_file(folder.champion())).store.digest(),
                          genome_from_json(logged.value()).store.digest());
                if (same_object) {
                    EXPECT_EQ(experiment.run(), Outcome::generations);
                }
            }
            if (!same_object) {
                Experiment experiment = Experiment::resume(folder, tasks_, {});
                EXPECT_EQ(experiment.run(), Outcome::generations);
            }
            EXPECT_EQ(digests(folder), expected) << method << same_object;
        }
    }
}

TEST_F(RunWithHooks, ThatEndedByAnErrorSaysSoUntilItGoesOn) {
    Hooks hooks;
    hooks.at_generation = [](const GenerationRow& row) {
        if (row.generation == 3) throw std::runtime_error("the disk of the hook is full");
    };
    Experiment experiment = start();
    EXPECT_THROW(experiment.run(hooks), std::runtime_error);
    EXPECT_EQ(experiment.log().get("outcome"), "error");
    EXPECT_EQ(experiment.log().get("error"), "the disk of the hook is full");
    EXPECT_EQ(logged_outcome(experiment.log()), Outcome::error);
    hooks.at_generation = [&](const GenerationRow&) {
        EXPECT_EQ(experiment.log().get("outcome"), "");
        EXPECT_EQ(experiment.log().get("error"), "");
    };
    EXPECT_EQ(experiment.run(hooks), Outcome::generations);
    EXPECT_EQ(experiment.log().get("outcome"), "generations");
}

TEST(StopRelay, PassesOnBothKindsOfRequests) {
    const auto passes_on = [](const std::function<void(std::atomic<bool>&, std::stop_source&)>& request) {
        std::atomic<bool> flag{false};
        std::stop_source source;
        const StopRelay relay(flag, source.get_token());
        EXPECT_FALSE(relay.token().stop_requested());
        std::binary_semaphore passed{0};
        const std::stop_callback callback(relay.token(), [&] { passed.release(); });
        request(flag, source);
        return passed.try_acquire_for(std::chrono::minutes(1));
    };
    EXPECT_TRUE(passes_on([](std::atomic<bool>& flag, std::stop_source&) { flag = true; }));
    EXPECT_TRUE(passes_on([](std::atomic<bool>&, std::stop_source& source) { source.request_stop(); }));
    const std::atomic<bool> set{true};
    EXPECT_TRUE(StopRelay(set, {}).token().stop_requested()) << "at once, if it is set already";
}

float wave(float x) { return std::sin(x) + 0.1F * x; }

TEST_F(RunWithHooks, KnowsActivationFunctionsOfItsOwnByName) {
    Vocabulary own{builtin_tasks(), {}};
    own.functions.activations.add("wave", wave);
    const fs::path file = folder_ / "wave.yaml";
    replace_file(file,
                 "task: {name: xor}\nseed: 3\ngenome: {activation: {initial: wave, options: [wave, tanh]}}\n"
                 "stop: {generations: 4, solved_fitness: 1000}\n");
    ExperimentConfig loaded = load_config({file.string(), {}, own.tasks, own.functions});
    resolve(loaded);
    const RunFolder folder = create_run_folder(folder_, "wave");
    {
        Experiment experiment = Experiment::start(loaded, own, {}, folder);
        experiment.run();
    }
    EXPECT_NE(read_file(folder.champion()).find("wave"), std::string::npos);
    EXPECT_EQ(genome_from_json(read_file(folder.champion()), own.functions).store.size(), 1U);
    Experiment experiment = Experiment::resume(folder, own, {"stop.generations=6"});
    experiment.run();
    EXPECT_EQ(rows(folder).size(), 6U);
    EXPECT_THROW((void)load_config({file.string(), {}, vocabulary_.tasks, vocabulary_.functions}), ConfigError)
        << "unknown to a program that did not add it";
}

}  // namespace
}  // namespace clade
