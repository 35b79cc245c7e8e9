// Workers that do not start, end, hang, lie or never stop talking.
#include "tests/experiment/process/process_fixture.hpp"

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <unistd.h>

#include <cmath>
#include <csignal>
#include <fstream>

namespace clade {
namespace {

using WorkerTrouble = PythonWorkers;

constexpr std::size_t troubled = 19;  // the genome that makes trouble
constexpr std::size_t genome_count = 24;

std::string start_error(const ProcessParams& params) {
    try {
        (void)make_process_task(params, {});
    } catch (const FieldError& error) {
        return error.what();
    }
    return "";
}

void expect_error(const std::string& found, const std::string& part) {
    EXPECT_NE(found.find(part), std::string::npos) << found;
}

TEST_F(WorkerTrouble, AtTheStartSaysWhatTheWorkerDid) {
    expect_error(start_error(worker_params({"./no_such_program"})),
                 "command: worker 1: './no_such_program' cannot be started: No such file or directory");
    expect_error(start_error(trouble_params("dead")),
                 "command: worker 1: it ended with exit code 1; its stderr ends with: no license");
    expect_error(start_error(trouble_params("chatty")),
                 "its first line must be its hello, a JSON object with the key 'protocol', got Loading ...");
    expect_error(start_error(trouble_params("version")), "it speaks protocol 2, this program speaks 1");
    expect_error(start_error(trouble_params("size")), "hello: outputs must name at least one output");
    expect_error(start_error(trouble_params("key")), "hello: unknown key 'colour'");
    ProcessParams silent = trouble_params("silent");
    silent.start_seconds = 0.2;
    expect_error(start_error(silent), "it gave no reply within 0.2 s (task.start_seconds)");
}

TEST_F(WorkerTrouble, WithoutACommandNamesTheKey) {
    EXPECT_EQ(start_error({}), "command: is required: the program of a worker and its arguments");
}

/// A trouble, how long it is waited for, and what is said of it.
struct Trouble {
    std::string name;
    std::string message;
    double seconds = 30.0;
};

const std::vector<Trouble>& troubles() {
    static const std::vector<Trouble> all{
        {"dies", "it ended with exit code 3; its stderr ends with: cannot go on"},
        {"crashes", "it ended with signal 11"},
        {"closes", "it closed its stdout"},
        {"hangs", "it gave no reply within 0.5 s (task.reply_seconds)", 0.5},
        {"too_few", "in its reply 'results' must be a list of 1, got []"},
        {"wrong_index", "its reply has a result with index 1000 for 1 genomes"},
        {"wrong_scores", "in its reply 'scores' must be a list of 1, got [1,2]"},
        {"text", "in its reply 'fitness' must have numbers, got \"high\""},
        {"nan", "its reply is no JSON: "},
        {"other_id", "its reply is to request 7000, the last one was "},
        {"error", "it says: no such thing"},
        {"genome_error", "the worker says of this genome: it broke the simulator"},
        {"flood", "its reply is longer than 64 MB"},
        {"stderr_flood", "it gave no reply within 0.5 s (task.reply_seconds)", 0.5},
    };
    return all;
}

TEST_F(WorkerTrouble, FailsTheGenomeThatIsToBlameAndNoOther) {
    for (const Trouble& trouble : troubles()) {
        SCOPED_TRACE(trouble.name);
        const auto task = make_process_task(trouble_params(trouble.name, trouble.seconds), {});
        const ScoreTable scores = scores_by(*task, genome_count, OnFailure::worst_fitness);
        ASSERT_EQ(scores.failures.size(), 1);
        EXPECT_EQ(scores.failures[0].genome, troubled);
        EXPECT_EQ(scores.failures[0].kind, trouble.seconds < 30.0 ? FailureKind::time : FailureKind::exception);
        expect_error(scores.failures[0].message, trouble.message);
        for (std::size_t n = 0; n < genome_count; ++n) {
            if (n == troubled) {
                EXPECT_TRUE(std::isnan(scores.fitness[n]));
            } else {
                EXPECT_EQ(scores.fitness[n], static_cast<double>(n));
                EXPECT_EQ(scores.columns[0].values[n], static_cast<double>(n) / 2.0);
            }
        }
    }
}

TEST_F(WorkerTrouble, StopsTheRunWithTheGenomeNamed) {
    const auto task = make_process_task(trouble_params("dies"), {});
    try {
        (void)scores_by(*task, genome_count);
        ADD_FAILURE() << "nothing was thrown";
    } catch (const ScoringError& error) {
        expect_error(error.what(), "generation 3, position 19, task 'process': worker ");
        EXPECT_EQ(error.failure().genome, troubled);
    }
}

TEST_F(WorkerTrouble, OfAResultGivenTwiceIsFoundInABatch) {
    const auto task = make_process_task(trouble_params("twice"), {});
    const ScoreTable scores = scores_by(*task, genome_count, OnFailure::worst_fitness);
    EXPECT_TRUE(scores.failures.empty()) << "a batch of one has nothing twice";
    EXPECT_EQ(scores.fitness[20], 20.0);
}

TEST_F(WorkerTrouble, OfMoreRepliesThanRequestsNeverMixesGenomesUp) {
    const auto task = make_process_task(trouble_params("two_replies"), {});
    const ScoreTable scores = scores_by(*task, genome_count, OnFailure::worst_fitness);
    for (std::size_t n = 0; n < genome_count; ++n) {
        if (std::isnan(scores.fitness[n])) continue;
        EXPECT_EQ(scores.fitness[n], static_cast<double>(n));
    }
}

TEST_F(WorkerTrouble, OfAFitnessThatIsNoNumberFailsTheGenome) {
    const auto task = make_process_task(trouble_params("null"), {});
    const ScoreTable scores = scores_by(*task, genome_count, OnFailure::stop);
    EXPECT_TRUE(std::isnan(scores.fitness[troubled]));
    EXPECT_EQ(scores.fitness[troubled + 1], 20.0);
}

TEST_F(WorkerTrouble, LeavesNoChildrenOfTheWorkerBehind) {
    auto task = make_process_task(trouble_params("orphan"), {});
    const std::string source = task->page().source;  // has the number of the child
    const pid_t child = static_cast<pid_t>(std::stoi(source.substr(source.find('\'') + 1)));
    ASSERT_EQ(::kill(child, 0), 0);
    task.reset();
    bool gone = false;
    for (int look = 0; look < 1000 && !gone; ++look) {
        std::ifstream state("/proc/" + std::to_string(child) + "/stat");
        std::string line;
        gone = !std::getline(state, line) || line.find(") Z") != std::string::npos;  // dead, or not yet buried
        if (!gone) ::usleep(1000);
    }
    EXPECT_TRUE(gone);
}

TEST_F(WorkerTrouble, OfMuchTextOnStderrBlocksNothingAndIsHeard) {
    std::size_t lines = 0;
    const auto task = make_process_task(trouble_params("noisy"), {.on_output = [&](std::string_view) { ++lines; }});
    const ScoreTable scores = scores_by(*task, genome_count);
    EXPECT_EQ(scores.fitness[5], 5.0);
    EXPECT_GE(lines, 300U);
}

}  // namespace
}  // namespace clade
