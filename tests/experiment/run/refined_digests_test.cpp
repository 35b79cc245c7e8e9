// The digests of refined runs are recorded: they are the same for every compiler, its flags and any processor.
#include "tests/experiment/run_fixture.hpp"

#include <clade/core/digest.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace clade {
namespace {

namespace fs = std::filesystem;

struct RecordedRun {
    std::string file;
    std::string method;
    std::string digest;  // of the fourth generation
};

class RefinedDigests : public RunTest, public testing::WithParamInterface<RecordedRun> {};

INSTANTIATE_TEST_SUITE_P(Runs, RefinedDigests,
                         testing::Values(RecordedRun{"wine.yaml", "cma_es", "fceae3b894a3fce5"},
                                         RecordedRun{"sine.yaml", "cma_es", "458bae95851f097d"},
                                         RecordedRun{"wine.yaml", "snes", "f5c2664a1eb87e1f"},
                                         RecordedRun{"wine.yaml", "adam", "ed4d6850abe2c599"}),
                         [](const auto& tested) {
                             return fs::path(tested.param.file).stem().string() + "_" + tested.param.method;
                         });

TEST_P(RefinedDigests, AreTheRecordedOnes) {
    const auto& [file, method, digest] = GetParam();
    ExperimentConfig config =
        load_config({(fs::path(CLADE_SOURCE_DIR) / "configs" / file).string(),
                     {"seed=1", "stop.solved_fitness=1e9", "stop.generations=4", "evolution.population_size=20",
                      "refine.genomes=champion", "refine.evaluations=600", "refine.method=" + method},
                     vocabulary_.tasks,
                     vocabulary_.functions});
    resolve(config);
    const std::vector<GenerationRow> generations = rows(run(config));
    ASSERT_EQ(generations.size(), 4U);
    EXPECT_EQ(to_hex(generations.back().digest), digest) << "CONTRIBUTING.md says how to renew it";
}

}  // namespace
}  // namespace clade
