// The conformance suite for tasks that score a whole generation at once: each rule finds the task that breaks it.
#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/evaluation/scoring/population_task.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace clade {
namespace {

using Fault = std::function<void(const Generation&, ScoreTable&)>;

/// Longer genomes win, but for what the fault does to the scores.
class LongestWins final : public PopulationTask {
public:
    explicit LongestWins(Fault fault, bool has_scorer = true)
        : PopulationTask({.name = "longest", .input_count = 2, .output_count = 1, .scores = {"length"}}),
          fault_(std::move(fault)),
          has_scorer_(has_scorer) {}

    [[nodiscard]] std::unique_ptr<Scorer> make_scorer(const Parallel& /*parallel*/) const override {
        class Lengths final : public Scorer {
        public:
            explicit Lengths(Fault fault) : fault_(std::move(fault)) {}
            void score(const Generation& generation, ScoreTable& scores) override {
                scores = {};
                scores.columns = {{"score.length", {}}};
                scores.resize(generation.genomes.size());
                for (std::size_t i = 0; i < scores.fitness.size(); ++i) {
                    scores.fitness[i] = static_cast<double>(generation.genomes[i].connection_count());
                }
                scores.columns[0].values = scores.fitness;
                scores.evaluated = scores.fitness.size();
                fault_(generation, scores);
            }

        private:
            Fault fault_;
        };
        if (!has_scorer_) return nullptr;
        return std::make_unique<Lengths>(fault_);
    }

private:
    Fault fault_;
    bool has_scorer_;
};

/// The first broken rule.
std::string broken_by(Fault fault, bool has_scorer = true) {
    const TaskCheck check = check_task(LongestWins(std::move(fault), has_scorer));
    return check.sound() ? "none" : check.findings.front().rule;
}

TEST(CheckScorer, FindsNothingWrongWithASoundOne) {
    const TaskCheck check = check_task(LongestWins([](const Generation&, ScoreTable&) {}));
    EXPECT_TRUE(check.sound()) << text_of(check.findings.front());
    EXPECT_EQ(check.checked.size(), 7U);
}

TEST(CheckScorer, FindsThatNoScorerIsMade) { EXPECT_EQ(broken_by({}, false), "make_scorer() makes a scorer"); }

TEST(CheckScorer, FindsScoresThatAreMissing) {
    const std::string rule = "a scorer sets fitness, columns and evaluated";
    EXPECT_EQ(broken_by([](const Generation&, ScoreTable& scores) { scores.evaluated = 0; }), rule);
    EXPECT_EQ(broken_by([](const Generation&, ScoreTable& scores) { scores.fitness.pop_back(); }), rule);
    EXPECT_EQ(broken_by([](const Generation&, ScoreTable& scores) { scores.columns.clear(); }), rule);
    EXPECT_EQ(broken_by([](const Generation&, ScoreTable&) { throw std::runtime_error("no referee"); }), rule);
}

TEST(CheckScorer, FindsAFitnessThatIsNotFinite) {
    EXPECT_EQ(broken_by([](const Generation&, ScoreTable& scores) { scores.fitness[2] /= 0.0; }),
              "networks of the declared sizes get a finite fitness");
}

TEST(CheckScorer, FindsRandomnessThatIsNotOfTheGeneration) {
    int calls = 0;
    EXPECT_EQ(broken_by([&](const Generation&, ScoreTable& scores) { scores.fitness[0] = ++calls; }),
              "equal generations give equal scores");
    EXPECT_EQ(broken_by([&](const Generation&, ScoreTable& scores) { scores.columns[0].values[0] = ++calls; }),
              "equal generations give equal scores");
}

TEST(CheckScorer, FindsAScorerThatRemembers) {
    EXPECT_EQ(broken_by([seen = 0U](const Generation& generation, ScoreTable& scores) mutable {
                  seen += generation.number;
                  scores.fitness[0] = seen;
              }),
              "a scorer carries nothing over");
}

}  // namespace
}  // namespace clade
