// What the program shows of tasks and runs that a library user made: the conformance suite, statistics, own stop rules.
#include "tests/clade/program_fixture.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/experiment/run/experiment.hpp>

#include "clade/commands/check_task_command.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace clade {
namespace {

class ProgramOfALibraryUser : public Program {
protected:
    /// Evolves XOR for four generations with statistics, one of which begins late, and a stop rule.
    fs::path run_with_hooks() {
        struct Hooks final : ExperimentObserver {
            std::optional<std::string> stop_reason(const GenerationRow& row) override {
                if (row.generation < 3) return std::nullopt;
                return "it rains, and that for long";
            }
            std::vector<Measure> statistics(const ToldGeneration& generation) override {
                if (generation.record.generation < 2) return {{"rain", 0.5}};
                return {{"rain", 0.25 * generation.record.generation},
                        {"a, quoted", std::numeric_limits<double>::quiet_NaN()}};
            }
        } hooks;
        const Vocabulary vocabulary{builtin_tasks(), {}};
        ExperimentConfig config =
            load_config({xor_config, {"seed=7", "stop.solved_fitness=1000"}, vocabulary.tasks, vocabulary.functions});
        resolve(config);
        Experiment experiment =
            Experiment::start(config, vocabulary, {}, create_run_folder(folder_ / "runs", "hooked"));
        EXPECT_EQ(experiment.run(hooks), Outcome::stopped);
        return experiment.folder().path;
    }
};

TEST_F(ProgramOfALibraryUser, InspectShowsStatisticsInEveryFormat) {
    const std::string run = run_with_hooks().string();
    const auto json = inspected(run);
    EXPECT_EQ(json["history"][0]["statistics"], (nlohmann::json{{"rain", 0.5}}));
    EXPECT_EQ(json["history"][3]["statistics"], (nlohmann::json{{"rain", 0.75}, {"a, quoted", nullptr}}));
    const std::string csv = clade({"inspect", run, "--format", "csv"}).out;
    EXPECT_NE(csv.find(",episodes_saved,seconds,\"statistic.a, quoted\",statistic.rain\n"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",,0.75\n"), std::string::npos) << csv;
    const std::string table = clade({"inspect", run}).out;
    EXPECT_NE(table.find("rain"), std::string::npos) << table;
    EXPECT_NE(table.find("0.75"), std::string::npos) << table;
    EXPECT_NE(table.find("nan"), std::string::npos) << table;
}

TEST_F(ProgramOfALibraryUser, InspectShowsWhyARunWasStopped) {
    const std::string run = run_with_hooks().string();
    EXPECT_NE(clade({"inspect", run}).out.find("stopped: it rains, and that for long"), std::string::npos);
    EXPECT_EQ(inspected(run)["outcome"], "stopped");
    EXPECT_EQ(inspected(run)["stop_reason"], "it rains, and that for long");
    const Result resumed = clade({"resume", run, "--set", "stop.generations=6"});
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(inspected(run)["stop_reason"], nullptr);
    EXPECT_EQ(inspected(run)["generations"], 6);
}

TEST_F(ProgramOfALibraryUser, CheckSaysWhatHoldsOfASoundTask) {
    const Result result = clade({"tasks", "xor", "--check"});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("xor: sound, "), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("  evaluators share no state\n"), std::string::npos) << result.out;
    const auto json = nlohmann::json::parse(clade({"tasks", "xor", "--check", "--format", "json"}).out);
    EXPECT_EQ(json["sound"], true);
    EXPECT_EQ(json["findings"], nlohmann::json::array());
    EXPECT_GE(json["checked"].size(), 9U);
}

TEST_F(ProgramOfALibraryUser, CheckTakesATaskFromAConfiguration) {
    const std::string iris = CLADE_SOURCE_DIR "/configs/iris.yaml";
    const Result result = clade({"tasks", "--check", "--config", iris});
    EXPECT_EQ(result.code, 0) << result.err;
    EXPECT_NE(result.out.find("supervised: sound, "), std::string::npos) << result.out;
    const Result other = clade({"tasks", "xor", "--check", "--config", iris});
    EXPECT_EQ(other.code, 2);
    EXPECT_EQ(other.err, iris + ": has the task 'supervised', not 'xor'\n");
}

TEST_F(ProgramOfALibraryUser, CheckRefusesWhatItCannotMake) {
    const Result none = clade({"tasks", "--check"});
    EXPECT_EQ(none.code, 2);
    EXPECT_EQ(none.err, "--check needs a task's name, or --config CONFIG\n");
    const Result supervised = clade({"tasks", "supervised", "--check"});
    EXPECT_EQ(supervised.code, 2);
    EXPECT_NE(supervised.err.find("check it as a configuration has it: --config CONFIG"), std::string::npos);
    EXPECT_EQ(clade({"tasks", "xnor", "--check"}).code, 2);
    EXPECT_EQ(clade({"tasks", "xor", "--config", xor_config}).code, 2) << "--config is for --check";
}

class BrokenTask final : public Task {
public:
    struct Params {};
    BrokenTask(const Params& /*params*/, const TaskContext& /*context*/) {}
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return inner_.traits(); }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return inner_.make_evaluator(); }

private:
    FunctionTask inner_{{.name = "broken", .input_count = 1, .output_count = 1},
                        [](Network&, const Seeds&) -> double { throw std::runtime_error("the leg, it broke"); }};
};

void visit_fields(BrokenTask::Params& /*params*/, FieldVisitor& /*field*/) {}

TEST(CheckTaskCommand, GivesALineAFindingAndExitCodeOne) {
    Vocabulary vocabulary{builtin_tasks(), {}};
    vocabulary.tasks.add<BrokenTask>("broken", "Throws.");
    const auto said = [&](Format format) {
        testing::internal::CaptureStdout();
        EXPECT_EQ(check_task_command({.task = "broken", .format = format}, vocabulary), 1);
        return testing::internal::GetCapturedStdout();
    };
    const std::string rule = "an evaluation of a network of the declared sizes gives a finite fitness";
    const std::string line = said(Format::table);
    EXPECT_TRUE(line.starts_with("broken: " + rule + ": exception: the leg, it broke; use spans of ")) << line;
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    const auto json = nlohmann::json::parse(said(Format::json));
    EXPECT_EQ(json["sound"], false);
    EXPECT_EQ(json["findings"][0]["seen"], "exception: the leg, it broke");
    const std::string csv = said(Format::csv);
    EXPECT_NE(csv.find("traits make sense,1,,\n" + rule + ",0,\"exception: the leg, it broke\","), std::string::npos)
        << csv;
}

}  // namespace
}  // namespace clade
