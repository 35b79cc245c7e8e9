#include <clade/evaluation/scoring/batch_evaluator.hpp>

#include <clade/core/error.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>

#include "tests/support/random_genomes.hpp"
#include "tests/support/special_values.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace clade {
namespace {

/// Genomes of very different sizes.
GenomeStore population_of(std::size_t count) {
    testing::RandomGenomeOptions options;
    GenomeStore population(options.shape);
    for (std::size_t genome = 0; genome < count; ++genome) {
        options.hidden_count = static_cast<std::uint32_t>(genome % 17 == 0 ? 40 : genome % 5);
        population.append(testing::random_genome(options, genome)[0]);
    }
    return population;
}

TaskTraits traits(bool deterministic = true) {
    return {.name = "test", .input_count = 3, .output_count = 2, .solved_fitness = {}, .deterministic = deterministic};
}

double first_output(Network& network) {
    const std::array<float, 3> observation{0.5F, -1.0F, 0.25F};
    std::array<float, 2> action{};
    network.activate(observation, action);
    return double{action[0]};
}

/// Depends on the network and on the seed.
FunctionTask seeded_task(bool deterministic = true) {
    return FunctionTask(traits(deterministic), [](Network& network, const Seeds& seeds) {
        return first_output(network) + static_cast<double>(seeds.genome >> 40);
    });
}

BatchEvaluator::Setup setup(int threads, std::uint64_t seed = 1) {
    return {.network = NetworkKind::feed_forward, .seed = seed, .functions = {}, .parallel = Parallel(threads)};
}

std::vector<double> fitness_of(const Task& task, const GenomeStore& population, BatchEvaluator::Setup how,
                               std::uint32_t generation = 0) {
    std::vector<double> fitness;
    BatchEvaluator(task, std::move(how)).evaluate(population, generation, {}, fitness);
    return fitness;
}

std::string failure_of(BatchEvaluator& evaluator, const GenomeStore& population) {
    std::vector<double> fitness;
    try {
        evaluator.evaluate(population, 3, {}, fitness);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(BatchEvaluator, GoesOnWithTheOthersWhileOneThreadIsAtALongEvaluation) {
    if (std::thread::hardware_concurrency() < 2) GTEST_SKIP() << "one core";
    constexpr std::size_t count = 2000;
    constexpr std::size_t nearly_all = count * 9 / 10;
    std::atomic<std::size_t> begun = 0;
    std::atomic<bool> others_went_on = false;
    const FunctionTask task(traits(), [&](Network& network, const Seeds&) {
        if (begun++ == 0) {  // the long one ends when nearly all others have, which takes another thread
            const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
            while (begun < nearly_all && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
            others_went_on = begun >= nearly_all;
        }
        return first_output(network);
    });
    fitness_of(task, population_of(count), setup(2));
    EXPECT_TRUE(others_went_on);
}

TEST(BatchEvaluator, GivesTheSameFitnessForAnyNumberOfThreadsAndSimdLevel) {
    const GenomeStore population = population_of(300);
    const FunctionTask task = seeded_task();
    const std::vector<double> expected = fitness_of(task, population, setup(1));
    for (const int threads : {2, 3, 8}) EXPECT_EQ(fitness_of(task, population, setup(threads)), expected);
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        BatchEvaluator::Setup at_level = setup(1);
        at_level.parallel = Parallel(2, level);
        EXPECT_EQ(fitness_of(task, population, std::move(at_level)), expected);
    }
}

TEST(BatchEvaluator, SeedsDependOnRunGenerationAndGenomeAlone) {
    const GenomeStore population = population_of(50);
    const FunctionTask task(traits(),
                            [](Network&, const Seeds& seeds) { return static_cast<double>(seeds.genome >> 11); });
    const std::vector<double> fitness = fitness_of(task, population, setup(2, 9), 4);
    for (std::size_t genome = 0; genome < population.size(); ++genome) {
        EXPECT_EQ(fitness[genome], static_cast<double>(evaluation_seeds(9, 4, genome).genome >> 11));
    }
    std::set<std::uint64_t> seeds;
    for (std::uint64_t run = 0; run < 5; ++run) {
        for (std::uint32_t generation = 0; generation < 5; ++generation) {
            for (std::size_t genome = 0; genome < 5; ++genome)
                seeds.insert(evaluation_seeds(run, generation, genome).genome);
        }
    }
    EXPECT_EQ(seeds.size(), 125U);
}

TEST(BatchEvaluator, ScoresVariantsWithTheSeedsOfTheGenomeTheyAreOf) {
    const GenomeStore variants = population_of(6);
    const FunctionTask task(traits(),
                            [](Network&, const Seeds& seeds) { return static_cast<double>(seeds.genome >> 11); });
    const std::vector<std::size_t> origins{7, 7, 2, 2, 2, 40};
    std::vector<double> fitness;
    BatchEvaluator evaluator(task, setup(2, 9));
    const EvaluationCount count = evaluator.evaluate_variants(variants, 4, origins, fitness);
    EXPECT_EQ(count.evaluated, 6U);
    EXPECT_EQ(count.reused, 0U);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        EXPECT_EQ(fitness[i], static_cast<double>(evaluation_seeds(9, 4, origins[i]).genome >> 11));
    }
    EXPECT_THROW(evaluator.evaluate_variants(variants, 4, std::span(origins).first(5), fitness), Error);
}

TEST(BatchEvaluator, NamesTheGenomeThatAFailedVariantIsOf) {
    const GenomeStore variants = population_of(3);
    const FunctionTask task(traits(), [](Network&, const Seeds&) -> double { throw std::runtime_error("broke"); });
    BatchEvaluator evaluator(task, setup(1));
    std::vector<double> fitness;
    try {
        evaluator.evaluate_variants(variants, 2, std::vector<std::size_t>{9, 9, 9}, fitness);
        FAIL() << "nothing was thrown";
    } catch (const Error& error) {
        EXPECT_EQ(std::string(error.what()), "generation 2, genome 9, task 'test': broke");
    }
}

TEST(BatchEvaluator, IsCalledOffBetweenGenomesAndGoesOnAfterwards) {
    const GenomeStore population = population_of(200);
    std::stop_source source;
    std::atomic<int> scored = 0;
    const FunctionTask task(traits(), [&](Network&, const Seeds&) {
        if (++scored == 5) source.request_stop();
        return 1.0;
    });
    BatchEvaluator evaluator(task, setup(3));
    evaluator.cancel_with(source.get_token());
    std::vector<double> fitness;
    try {
        evaluator.evaluate(population, 4, {}, fitness);
        FAIL() << "it went on";
    } catch (const Cancelled& error) {
        EXPECT_STREQ(error.what(), "the evaluation of generation 4 was called off");
    }
    EXPECT_LT(scored, 20);
    evaluator.cancel_with({});
    EXPECT_EQ(evaluator.evaluate(population, 4, {}, fitness).evaluated, 200U);
}

TEST(BatchEvaluator, TakesOverKnownFitnessOfADeterministicTask) {
    const GenomeStore population = population_of(20);
    std::atomic<int> calls = 0;
    const auto count_calls = [&](Network& network, const Seeds&) {
        ++calls;
        return first_output(network);
    };
    std::vector<double> known(20, nan);
    known[3] = -7.0;
    known[11] = 8.0;
    std::vector<double> fitness;

    const FunctionTask task(traits(), count_calls);
    const EvaluationCount count = BatchEvaluator(task, setup(2)).evaluate(population, 1, known, fitness);
    EXPECT_EQ(count.evaluated, 18U);
    EXPECT_EQ(count.reused, 2U);
    EXPECT_EQ(calls, 18);
    EXPECT_EQ(fitness[3], -7.0);
    EXPECT_EQ(fitness[11], 8.0);
    EXPECT_FALSE(std::isnan(fitness[4]));

    const FunctionTask noisy(traits(false), count_calls);
    EXPECT_EQ(BatchEvaluator(noisy, setup(2)).evaluate(population, 1, known, fitness).reused, 0U);
    EXPECT_NE(fitness[3], -7.0);
}

/// A task that gives two numbers beside the fitness, or as many as it is told to.
class TellingTask final : public Task {
public:
    explicit TellingTask(std::size_t given = 1) : given_(given) {
        traits_ = clade::traits();
        traits_.scores = {"doubled"};
        traits_.behaviour = {"output"};
    }
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        class Telling final : public Evaluator {
        public:
            explicit Telling(std::size_t given) : scores_(given) {}
            double evaluate(Network& network, const Seeds&) override {
                output_ = first_output(network);
                for (double& score : scores_) score = 2.0 * output_;
                return output_;
            }
            [[nodiscard]] std::span<const double> scores() const override { return scores_; }
            [[nodiscard]] std::span<const double> behaviour() const override { return {&output_, 1}; }

        private:
            double output_ = 0.0;
            std::vector<double> scores_;
        };
        return std::make_unique<Telling>(given_);
    }

private:
    TaskTraits traits_;
    std::size_t given_;
};

TEST(BatchEvaluator, KeepsWhatATaskFindsBesideTheFitness) {
    const GenomeStore population = population_of(40);
    const TellingTask task;
    for (const int threads : {1, 3}) {
        BatchEvaluator evaluator(task, setup(threads));
        std::vector<double> fitness;
        const std::vector<double> known(40, 1.0);
        EXPECT_EQ(evaluator.evaluate(population, 0, known, fitness).reused, 0U) << "a reused genome would lack them";
        ASSERT_EQ(evaluator.values().size(), 2U);
        EXPECT_EQ(evaluator.values()[0].name, "score.doubled");
        EXPECT_EQ(evaluator.values()[1].name, "behaviour.output");
        for (std::size_t genome = 0; genome < 40; ++genome) {
            EXPECT_EQ(evaluator.values()[0].values[genome], 2.0 * fitness[genome]);
            EXPECT_EQ(evaluator.values()[1].values[genome], fitness[genome]);
        }
    }
}

TEST(BatchEvaluator, RefusesAnEvaluatorThatGivesOtherNumbersThanItsTaskNames) {
    const TellingTask task(3);
    BatchEvaluator evaluator(task, setup(1));
    EXPECT_EQ(failure_of(evaluator, population_of(2)),
              "generation 3, genome 0, task 'test': the evaluator gives 3 numbers of scores, task 'test' names 1");
}

TEST(BatchEvaluator, PassesNanAndInfiniteFitnessOn) {
    const GenomeStore population = population_of(3);
    std::atomic<int> calls = 0;
    const FunctionTask task(traits(), [&](Network&, const Seeds&) {
        const std::array<double, 3> values{nan, std::numeric_limits<double>::infinity(), 1.0};
        return values[static_cast<std::size_t>(calls++)];
    });
    const std::vector<double> fitness = fitness_of(task, population, setup(1));
    EXPECT_TRUE(std::isnan(fitness[0]));
    EXPECT_TRUE(std::isinf(fitness[1]));
    EXPECT_EQ(fitness[2], 1.0);
}

TEST(BatchEvaluator, NamesGenerationAndLowestGenomeOfAnExceptionWhateverTheThreads) {
    const GenomeStore population = population_of(200);
    std::set<std::uint64_t> failing;
    for (const std::size_t genome : {57U, 58U, 120U, 199U}) failing.insert(evaluation_seeds(1, 3, genome).genome);
    const FunctionTask task(traits(), [&](Network&, const Seeds& seeds) -> double {
        if (failing.contains(seeds.genome)) throw std::runtime_error("the pole broke");
        return 0.0;
    });
    for (const int threads : {1, 2, 3, 8}) {
        BatchEvaluator evaluator(task, setup(threads));
        for (int repeat = 0; repeat < 20; ++repeat) {
            ASSERT_EQ(failure_of(evaluator, population), "generation 3, genome 57, task 'test': the pole broke");
        }
    }
}

TEST(BatchEvaluator, NestsTheExceptionOfTheTask) {
    const GenomeStore population = population_of(2);
    const FunctionTask task(traits(), [](Network&, const Seeds&) -> double { throw std::out_of_range("far"); });
    try {
        (void)fitness_of(task, population, setup(1));
        FAIL();
    } catch (const Error& error) {
        EXPECT_THROW(std::rethrow_if_nested(error), std::out_of_range);
    }
    const FunctionTask odd(traits(), [](Network&, const Seeds&) -> double { throw 5; });
    BatchEvaluator evaluator(odd, setup(1));
    EXPECT_EQ(failure_of(evaluator, population), "generation 3, genome 0, task 'test': unknown exception");
}

TEST(BatchEvaluator, WorksAgainAfterAnException) {
    const GenomeStore population = population_of(10);
    bool broken = true;
    const FunctionTask task(traits(), [&](Network& network, const Seeds&) {
        if (broken) throw std::runtime_error("broken");
        return first_output(network);
    });
    BatchEvaluator evaluator(task, setup(2));
    std::vector<double> fitness;
    EXPECT_THROW(evaluator.evaluate(population, 0, {}, fitness), Error);
    broken = false;
    EXPECT_EQ(evaluator.evaluate(population, 0, {}, fitness).evaluated, 10U);
}

TEST(BatchEvaluator, RefusesAPopulationThatDoesNotFitTheTask) {
    const FunctionTask task = seeded_task();
    std::vector<double> fitness;
    BatchEvaluator evaluator(task, setup(1));
    EXPECT_THROW(evaluator.evaluate(GenomeStore(GenomeShape{3, 1, true}), 0, {}, fitness), Error);
    const std::vector<double> known(5);
    EXPECT_THROW(evaluator.evaluate(population_of(4), 0, known, fitness), Error);
    EXPECT_EQ(evaluator.evaluate(population_of(0), 0, {}, fitness).evaluated, 0U);
}

/// Counts its evaluators, and notices one being used by two threads at once.
class CountingTask final : public Task {
public:
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<clade::Evaluator> make_evaluator() const override {
        ++evaluators;
        return std::make_unique<Evaluator>();
    }

    mutable std::atomic<int> evaluators = 0;

private:
    class Evaluator final : public clade::Evaluator {
    public:
        double evaluate(Network& network, const Seeds&) override {
            if (busy_.exchange(true)) throw std::logic_error("used by two threads at once");
            const double fitness = first_output(network);
            busy_ = false;
            return fitness;
        }

    private:
        std::atomic<bool> busy_ = false;
    };

    TaskTraits traits_ = clade::traits();
};

TEST(BatchEvaluator, MakesAtMostOneEvaluatorAThreadAndKeepsIt) {
    const GenomeStore population = population_of(500);
    const CountingTask task;
    BatchEvaluator evaluator(task, setup(4));
    EXPECT_EQ(task.evaluators, 0) << "not before it is needed";
    std::vector<double> fitness;
    for (std::uint32_t generation = 0; generation < 5; ++generation)
        evaluator.evaluate(population, generation, {}, fitness);
    EXPECT_GE(task.evaluators, 1);
    EXPECT_LE(task.evaluators, 4);
}

TEST(BatchEvaluator, GivesTheSameGradientsForAnyNumberOfThreadsAndSimdLevel) {
    RegressionTask::Params params;
    params.function = RegressionFunction::pagie;
    params.samples = 400;
    const RegressionTask task(params, {});
    testing::RandomGenomeOptions options;
    options.shape = {2, 1, true};
    options.activations = {Activation::tanh, Activation::relu, Activation::gauss};
    options.aggregations = {Aggregation::sum, Aggregation::mean};
    GenomeStore population(options.shape);
    for (std::uint64_t seed = 0; seed < 100; ++seed) population.append(testing::random_genome(options, seed)[0]);
    const auto found = [&](const Parallel& parallel) {
        BatchEvaluator::Setup how;
        how.parallel = parallel;
        BatchEvaluator evaluator(task, how);
        std::vector<double> fitness;
        PopulationGradient gradient;
        EXPECT_EQ(evaluator.evaluate_gradients(population, 0, {}, fitness, gradient).evaluated, 100U);
        EXPECT_EQ(fitness, fitness_of(task, population, how));
        EXPECT_TRUE(std::all_of(gradient.bias.begin(), gradient.bias.end(), [](double x) { return std::isfinite(x); }));
        return std::pair(gradient.bias, gradient.weight);
    };
    const auto expected = found(Parallel(1, SimdLevel::baseline));
    EXPECT_EQ(expected.first.size(), population.node_count());
    EXPECT_EQ(expected.second.size(), population.connection_count());
    for (const int threads : {1, 2, 3, 8}) {
        for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
            EXPECT_EQ(found(Parallel(threads, level)), expected);
        }
    }
}

}  // namespace
}  // namespace clade
