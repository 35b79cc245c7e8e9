// Tasks of worker programs: the workers of the examples, and runs of them.
#include "tests/experiment/process/process_fixture.hpp"

#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/experiment/log/task_output.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace clade {
namespace {

std::string findings_of(const Task& task) {
    std::string text;
    for (const TaskFinding& finding : check_task(task).findings) text += text_of(finding) + '\n';
    return text;
}

class ProcessTaskTest : public PythonWorkers {
protected:
    ProcessTaskTest() { add_process_task(vocabulary_.tasks); }

    /// The C worker of the examples, compiled.
    [[nodiscard]] std::string compiled_worker() const {
        const std::string program = (folder_ / "xor_worker").string();
        const std::string command = "cc -O1 -o '" + program + "' '" + example_workers + "xor_worker.c' -lm";
        return std::system(command.c_str()) == 0 ? program : "";  // NOLINT(cert-env33-c)
    }

    [[nodiscard]] ExperimentConfig configured(const std::string& task, const std::vector<std::string>& more = {}) {
        const std::filesystem::path file = folder_ / "process.yaml";
        std::ofstream(file) << "task: " << task
                            << "\nseed: 7\nevolution: {population_size: 40}\nstop: {generations: 4}\n";
        ExperimentConfig config = load_config({file.string(), more, vocabulary_.tasks, vocabulary_.functions});
        resolve(config);
        return config;
    }

    RunFolder run_it(const ExperimentConfig& config) {
        const RunFolder folder = create_run_folder(folder_, "process");
        Experiment experiment = Experiment::start(config, vocabulary_, {.directory = folder_.string()}, folder);
        outcome_ = run_on(experiment);
        return folder;
    }

    Vocabulary vocabulary_{.tasks = builtin_tasks()};  ///< outlives the configurations, which refer to it
};

TEST_F(ProcessTaskTest, IsNamedByItsCommandAlone) {
    const ExperimentConfig config = configured("{command: [python3, '" + example_workers + "xor_worker.py']}");
    EXPECT_EQ(config.task.name, "process");
    EXPECT_EQ(config.name, "process");
}

TEST_F(ProcessTaskTest, TakesSizesAndNamesFromTheHello) {
    const auto task = make_process_task(worker_params({"python3", example_workers + "xor_worker.py"}), {});
    EXPECT_EQ(task->traits().input_count, 2U);
    EXPECT_EQ(task->traits().output_count, 1U);
    EXPECT_EQ(task->traits().batch, 32U);
    EXPECT_EQ(task->traits().scores, std::vector<std::string>{"right"});
    EXPECT_EQ(task->traits().solved_fitness, 3.9);
    EXPECT_TRUE(task->traits().deterministic);
    EXPECT_EQ(task->page().inputs[1].name, "b");
}

TEST_F(ProcessTaskTest, IsSoundInEachStyleAndFraming) {
    std::vector<std::vector<std::string>> commands{{compiled_worker()}, {"python3", test_workers + "binary_world.py"}};
    if (has_program("node")) commands.push_back({"node", example_workers + "corridor_worker.js"});
    for (const auto& command : commands) {
        SCOPED_TRACE(command.back());
        EXPECT_EQ(findings_of(*make_process_task(worker_params(command), {})), "");
    }
}

/// Each of 12 networks once, with these steps of a recurrent network or feed-forward.
std::vector<double> fitness_of_networks(const Task& task) {
    std::vector<double> all;
    const ScoreTable scores = scores_by(task, 12);
    all.insert(all.end(), scores.fitness.begin(), scores.fitness.end());
    return all;
}

TEST_F(ProcessTaskTest, SaysTheSameInBothFramings) {
    const auto json = make_process_task(worker_params({"python3", example_workers + "xor_worker.py"}), {});
    const auto binary = make_process_task(worker_params({compiled_worker()}), {});
    const std::vector<double> expected = fitness_of_networks(*json);
    const std::vector<double> found = fitness_of_networks(*binary);
    for (std::size_t n = 0; n < expected.size(); ++n) EXPECT_NEAR(found[n], expected[n], 1e-12);
}

TEST_F(ProcessTaskTest, GivesTheSameDigestsForAnyNumberOfThreads) {
    const std::string xor_task = "{command: ['" + compiled_worker() + "']}";
    const std::string corridor =
        "{command: [python3, '" + example_workers + "corridor_worker.py'], episodes: 3, solved_return: 0}";
    for (const std::string& task : {xor_task, corridor}) {
        SCOPED_TRACE(task);
        const auto alone = digests(run_it(configured(task, {"evaluation.threads=1"})));
        const auto together = digests(run_it(configured(task, {"evaluation.threads=3"})));
        EXPECT_EQ(alone.size(), 4U);
        EXPECT_EQ(together, alone);
    }
}

TEST_F(ProcessTaskTest, IsVerifiedAndResumedWithTheLoggedCommand) {
    const std::string task = "{command: ['" + compiled_worker() + "']}";
    const RunFolder whole = run_it(configured(task));
    const RunFolder parted = run_it(configured(task, {"stop.generations=2"}));
    Experiment experiment = Experiment::resume(parted, vocabulary_, {"stop.generations=4"});
    outcome_ = run_on(experiment);
    EXPECT_EQ(digests(parted), digests(whole));
}

TEST_F(ProcessTaskTest, WhoseProgramIsGoneCannotBeResumed) {
    const std::string program = compiled_worker();
    const RunFolder folder = run_it(configured("{command: ['" + program + "']}", {"stop.generations=2"}));
    std::filesystem::remove(program);
    try {
        (void)Experiment::resume(folder, vocabulary_, {"stop.generations=4"});
        ADD_FAILURE() << "nothing was thrown";
    } catch (const FieldError& error) {
        EXPECT_NE(std::string(error.what()).find("task.command: worker 1: '"), std::string::npos) << error.what();
    }
}

TEST_F(ProcessTaskTest, KeepsWhatWorkersPrintInTheRunFolderWithinALimit) {
    const RunFolder folder = run_it(
        configured("{command: [python3, '" + test_workers + "trouble_worker.py', noisy]}", {"evaluation.threads=1"}));
    const auto size = std::filesystem::file_size(folder.task_output());
    EXPECT_GT(size, TaskOutput::most_bytes / 2);
    EXPECT_LT(size, TaskOutput::most_bytes + 100);
    EXPECT_TRUE(read_file(folder.task_output()).starts_with("worker 1 (worker): xxx"));
}

TEST_F(ProcessTaskTest, RefusesNetworksThatTheWorkerDoesNotRun) {
    const ExperimentConfig config = configured("{command: ['" + compiled_worker() + "']}",
                                               {"genome.activation.initial=tanh", "genome.network=recurrent"});
    try {
        (void)run_it(config);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const FieldError& error) {
        EXPECT_STREQ(error.what(),
                     "genome.network: must be feed_forward for task 'process' as configured, which runs no others, got "
                     "'recurrent'\ngenome.activation.initial: must be of the functions that the task knows "
                     "(steepened_sigmoid), got 'tanh'");
    }
}

}  // namespace
}  // namespace clade
