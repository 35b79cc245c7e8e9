// Tasks of worker programs, and genomes that these programs tell apart.
#pragma once

#include "tests/experiment/run_fixture.hpp"

#include <clade/core/genome/graph.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/experiment/process/process_task.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace clade {

/// Where the workers of the examples, and those of the tests, are.
inline const std::string example_workers = CLADE_SOURCE_DIR "/apps/examples/workers/";
inline const std::string test_workers = CLADE_SOURCE_DIR "/tests/experiment/process/";

inline bool has_program(const std::string& name) {
    return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;  // NOLINT(cert-env33-c)
}

/// For tests whose workers are in Python.
class PythonWorkers : public RunTest {
protected:
    void SetUp() override {
        RunTest::SetUp();
        if (!has_program("python3")) GTEST_SKIP() << "python3 is not installed";
    }
};

/// With the time that a loaded machine may need to start an interpreter.
inline ProcessParams worker_params(std::vector<std::string> command, double reply_seconds = 30.0) {
    ProcessParams params;
    params.command = std::move(command);
    params.reply_seconds = reply_seconds;
    params.restarts = 0;
    return params;
}

inline ProcessParams trouble_params(const std::string& trouble, double reply_seconds = 30.0) {
    return worker_params({"python3", test_workers + "trouble_worker.py", trouble}, reply_seconds);
}

/// Genomes whose output nodes have the biases 0, 1, ...
inline GenomeStore numbered_population(std::size_t size) {
    GenomeStore genomes({2, 1, false});
    const std::vector<GenomeSize> sizes(size, {1, 1});
    genomes.place(sizes);
    for (std::size_t n = 0; n < size; ++n) {
        set_node(genomes.rows(n), 0,
                 {.node_id = NodeId{2}, .bias = static_cast<float>(n), .activation = Activation::steepened_sigmoid});
        set_connection(genomes.rows(n), 0, {Innovation{0}, NodeId{0}, NodeId{2}, 1.0F, 1});
    }
    return genomes;
}

inline ScoreTable scores_by(const Task& task, std::size_t size, OnFailure on_failure = OnFailure::stop,
                            int threads = 1) {
    const GenomeStore genomes = numbered_population(size);
    ThreadScorer scorer(task, {.parallel = Parallel(threads), .failure = {.on_failure = on_failure}});
    ScoreTable scores;
    scorer.score({.genomes = genomes, .number = 3, .seed = 1}, scores);
    return scores;
}

}  // namespace clade
