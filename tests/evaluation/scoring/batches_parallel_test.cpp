// Evaluators that score several networks in one call.
#include <clade/core/error.hpp>
#include <clade/core/genome/graph.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace clade {
namespace {

constexpr std::size_t batch_population = 50;

/// The genomes of place n have weights of their own.
GenomeStore numbered_genomes() {
    GenomeStore genomes({2, 1, false});
    const std::vector<GenomeSize> sizes(batch_population, {1, 1});
    genomes.place(sizes);
    for (std::size_t n = 0; n < batch_population; ++n) {
        set_node(genomes.rows(n), 0, {.node_id = NodeId{2}, .bias = static_cast<float>(n)});
        set_connection(genomes.rows(n), 0, {Innovation{0}, NodeId{0}, NodeId{2}, 1.0F, 1});
    }
    return genomes;
}

/// The place of a network, which is the bias of its output.
std::size_t place_of(const Network& network) { return static_cast<std::size_t>(network.program().nodes[0].bias); }

enum class Trouble { none, throws, fails, is_not_finite };

/// Fitness is the place. One genome makes trouble, in a batch or alone; batches as a whole may throw.
class BatchTask final : public Task {
public:
    explicit BatchTask(Trouble trouble = Trouble::none, std::size_t batch = 8) : trouble_(trouble) {
        traits_ = {.name = "batches", .input_count = 2, .output_count = 1, .batch = batch, .scores = {"half"}};
    }
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        return std::make_unique<BatchEvaluator>(*this);
    }

    static constexpr std::size_t troubled = 19;
    mutable std::atomic<std::size_t> calls = 0;
    mutable std::atomic<std::size_t> alone = 0;
    std::atomic<bool> batches_throw = false;

private:
    class BatchEvaluator final : public Evaluator {
    public:
        explicit BatchEvaluator(const BatchTask& task) : task_(task) {}
        void evaluate_batch(std::span<BatchEvaluation> batch) override {
            ++task_.calls;
            if (task_.batches_throw) throw Error("a batch broke");
            for (BatchEvaluation& one : batch) {
                const std::size_t place = place_of(*one.network);
                if (place == troubled && task_.trouble_ == Trouble::throws) throw Error("genome 19 broke it");
                one.failed = place == troubled && task_.trouble_ == Trouble::fails;
                one.fitness = fitness(place);
                one.scores = {one.fitness / 2.0};
            }
        }
        double evaluate(Network& network, const Seeds& /*seeds*/) override {
            ++task_.alone;
            const std::size_t place = place_of(network);
            const bool breaks = task_.trouble_ == Trouble::throws || task_.trouble_ == Trouble::fails;
            if (place == troubled && breaks) throw Error("genome 19 broke it");
            half_ = fitness(place) / 2.0;
            return fitness(place);
        }
        [[nodiscard]] std::span<const double> scores() const override { return {&half_, 1}; }

    private:
        [[nodiscard]] double fitness(std::size_t place) const {
            const bool is_none = place == troubled && task_.trouble_ == Trouble::is_not_finite;
            return is_none ? std::nan("") : static_cast<double>(place);
        }
        const BatchTask& task_;
        double half_ = 0.0;
    };

    Trouble trouble_;
    TaskTraits traits_;
};

ScoreTable scores_of(const BatchTask& task, int threads = 1, OnFailure on_failure = OnFailure::stop) {
    const GenomeStore genomes = numbered_genomes();
    ThreadScorer scorer(task, {.parallel = Parallel(threads), .failure = {.on_failure = on_failure}});
    ScoreTable scores;
    scorer.score({.genomes = genomes, .number = 3, .seed = 1}, scores);
    return scores;
}

void expect_all_but(const ScoreTable& scores, std::optional<std::size_t> failed) {
    for (std::size_t n = 0; n < batch_population; ++n) {
        if (failed == n) {
            EXPECT_TRUE(std::isnan(scores.fitness[n]));
            EXPECT_TRUE(std::isnan(scores.columns[0].values[n]));
        } else {
            EXPECT_EQ(scores.fitness[n], static_cast<double>(n));
            EXPECT_EQ(scores.columns[0].values[n], static_cast<double>(n) / 2.0);
        }
    }
}

TEST(Batches, GiveEachGenomeItsOwnScoresForAnyNumberOfThreads) {
    for (const int threads : {1, 2, 5}) {
        const BatchTask task;
        const ScoreTable scores = scores_of(task, threads);
        expect_all_but(scores, std::nullopt);
        EXPECT_EQ(scores.evaluated, batch_population);
        EXPECT_LE(task.calls, batch_population / 2);
    }
}

TEST(Batches, AreNoLargerThanTheTaskAllows) {
    const BatchTask task(Trouble::none, 2);
    (void)scores_of(task);
    EXPECT_EQ(task.calls, batch_population / 2);
}

TEST(Batches, ThatFailFindTheGenomeThatIsToBlame) {
    for (const Trouble trouble : {Trouble::throws, Trouble::fails}) {
        for (const int threads : {1, 3}) {
            const ScoreTable scores = scores_of(BatchTask(trouble), threads, OnFailure::worst_fitness);
            expect_all_but(scores, BatchTask::troubled);
            ASSERT_EQ(scores.failures.size(), 1);
            EXPECT_EQ(scores.failures[0].genome, BatchTask::troubled);
            EXPECT_EQ(scores.failures[0].message, "genome 19 broke it");
        }
    }
}

TEST(Batches, ThatFailStopScoringWithTheGenomeNamed) {
    for (const int threads : {1, 3}) {
        try {
            (void)scores_of(BatchTask(Trouble::throws), threads);
            ADD_FAILURE() << "nothing was thrown";
        } catch (const ScoringError& error) {
            EXPECT_EQ(std::string(error.what()), "generation 3, position 19, task 'batches': genome 19 broke it");
        }
    }
}

TEST(Batches, ThatFailForNoGenomesFaultAreScoredAlone) {
    BatchTask task;
    task.batches_throw = true;
    expect_all_but(scores_of(task, 2), std::nullopt);
    EXPECT_EQ(task.alone, batch_population);
}

TEST(Batches, TryAgainWhatIsNoNumber) {
    const BatchTask task(Trouble::is_not_finite);
    expect_all_but(scores_of(task, 1, OnFailure::retry), BatchTask::troubled);
    EXPECT_EQ(task.alone, 2);
    const BatchTask accepted(Trouble::is_not_finite);
    expect_all_but(scores_of(accepted, 1, OnFailure::worst_fitness), BatchTask::troubled);
    EXPECT_EQ(accepted.alone, 0);
}

TEST(Batches, HaveAtLeastOneNetwork) {
    EXPECT_THROW(ThreadScorer(std::make_shared<BatchTask>(Trouble::none, 0)), Error);
}

}  // namespace
}  // namespace clade
