// Where refine.method: adam works, and what is said where it cannot.
#include "tests/experiment/run_fixture.hpp"

#include <clade/evaluation/tasks/builtin_tasks.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace clade {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

class GradientRefinedRun : public RunTest {
protected:
    [[nodiscard]] static ConfigSource source(const std::string& file, Texts overrides, const Vocabulary& vocabulary) {
        return {(fs::path(CLADE_SOURCE_DIR) / "configs" / file).string(), std::move(overrides), vocabulary.tasks,
                vocabulary.functions};
    }

    /// Iris, refined each generation.
    RunFolder run(const Texts& overrides) {
        Texts all{"seed=7",
                  "stop.solved_fitness=2",
                  "stop.generations=4",
                  "evolution.population_size=20",
                  "evaluation.threads=1",
                  "refine.method=adam",
                  "refine.evaluations=40",
                  "refine.learning_rate=0.05"};
        all.insert(all.end(), overrides.begin(), overrides.end());
        ExperimentConfig config = load_config(source("iris.yaml", all, vocabulary_));
        resolve(config);
        return RunTest::run(config);
    }

    static std::string refusal(const std::string& file, Texts overrides, const Vocabulary& vocabulary) {
        overrides.emplace_back("refine.method=adam");
        overrides.emplace_back("seed=1");
        const ConfigSource from = source(file, std::move(overrides), vocabulary);
        try {
            ExperimentConfig config = load_config(from);
            resolve(config);
            (void)prepare_run(from, config, vocabulary);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
};

TEST_F(GradientRefinedRun, OfASoftmaxOutputIsThatOfPlainSumsAndTheirCrossEntropy) {
    const auto expected = digests(run({"task.fitness=cross_entropy", "stop.solved_fitness=0"}));
    EXPECT_EQ(digests(run(
                  {"task.output=softmax", "task.sharpness=5", "genome.activation.output=''", "stop.solved_fitness=0"})),
              expected);
    EXPECT_EQ(digests(run({"task.output=softmax", "task.sharpness=5", "stop.solved_fitness=0"})), expected);
}

TEST_F(GradientRefinedRun, RefusesASoftmaxOfLimitedOutputs) {
    const std::string message =
        refusal("iris.yaml", {"task.output=softmax", "task.sharpness=5", "genome.activation.output=tanh"}, vocabulary_);
    EXPECT_NE(
        message.find("genome.activation.output: must be identity or empty for task 'supervised' as configured, got "
                     "'tanh'"),
        std::string::npos)
        << message;
}

TEST_F(GradientRefinedRun, IsTheSameForAnyNumberOfThreadsAndSimdLevel) {
    const auto expected = digests(run({}));
    ASSERT_EQ(expected.size(), 4U);
    for (const char* other :
         {"evaluation.threads=2", "evaluation.simd=baseline", "evaluation.simd=avx2", "evaluation.simd=avx512"}) {
        EXPECT_EQ(digests(run({other})), expected) << other;
    }
}

TEST_F(GradientRefinedRun, ImprovesGenomesByAllTheEvaluationsThatItCounts) {
    const RunFolder folder = run({});
    const RunLog log(folder.log(), RunLog::Mode::read);
    for (std::uint32_t generation = 0; generation < 4; ++generation) {
        const auto refined = log.refined(generation);
        ASSERT_FALSE(refined.empty());
        for (const RefinedGenome& genome : refined) EXPECT_EQ(genome.evaluations, 40U);
    }
    const RefinedGenome first = log.refined(0).at(0);
    EXPECT_GT(first.fitness, first.fitness_before + 0.05);
}

TEST_F(GradientRefinedRun, IsRefusedWhereThereIsNoGradient) {
    EXPECT_NE(
        refusal("cart_pole.yaml", {}, vocabulary_)
            .find("refine.method: adam needs a task that has a gradient, which 'cart_pole' has not as configured; use "
                  "cma_es or snes"),
        std::string::npos);
    EXPECT_NE(refusal("xor.yaml", {"genome.network=recurrent"}, vocabulary_)
                  .find("genome.network: must be feed_forward with refine.method: adam, which needs a gradient, got "
                        "'recurrent'; or use refine.method: cma_es"),
              std::string::npos);
    Vocabulary mine{builtin_tasks(), {}};
    mine.functions.activations.add("mine", [](float x) { return x; });
    EXPECT_NE(refusal("xor.yaml", {"genome.activation.output=mine"}, mine)
                  .find("genome.activation.output: has no derivative, which refine.method: adam needs: got 'mine'; use "
                        "refine.method: cma_es"),
              std::string::npos);
    EXPECT_NE(refusal("xor.yaml", {"refine.offspring=8"}, vocabulary_)
                  .find("refine.offspring: must be 0 with method: adam, which makes one candidate an iteration, got 8"),
              std::string::npos);
    EXPECT_EQ(refusal("xor.yaml", {}, vocabulary_), "");
}

}  // namespace
}  // namespace clade
