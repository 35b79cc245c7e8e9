#include <clade/evaluation/scoring/thread_scorer.hpp>

#include <clade/core/error.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/data/regression.hpp>

#include "tests/support/random_genomes.hpp"

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

ThreadScorerSetup setup(int threads) { return {.parallel = Parallel(threads)}; }

/// What a scorer is asked: generation 0 of a run with seed 1, unless told otherwise.
Generation asked(const GenomeStore& population, std::uint32_t number = 0, std::uint64_t seed = 1) {
    return {.genomes = population, .number = number, .seed = seed};
}

ScoreTable scores_of(const Task& task, const Generation& generation, ThreadScorerSetup how) {
    ScoreTable scores;
    ThreadScorer(task, std::move(how)).score(generation, scores);
    return scores;
}

std::vector<double> fitness_of(const Task& task, const Generation& generation, ThreadScorerSetup how) {
    return scores_of(task, generation, std::move(how)).fitness;
}

/// What scoring throws.
std::string failure_of(ThreadScorer& scorer, const Generation& generation) {
    ScoreTable scores;
    try {
        scorer.score(generation, scores);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(ThreadScorer, GoesOnWithTheOthersWhileOneThreadIsAtALongEvaluation) {
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
    const GenomeStore population = population_of(count);
    (void)fitness_of(task, asked(population), setup(2));
    EXPECT_TRUE(others_went_on);
}

TEST(ThreadScorer, GivesTheSameFitnessForAnyNumberOfThreadsAndSimdLevel) {
    const GenomeStore population = population_of(300);
    const FunctionTask task = seeded_task();
    const std::vector<double> expected = fitness_of(task, asked(population), setup(1));
    for (const int threads : {2, 3, 8}) EXPECT_EQ(fitness_of(task, asked(population), setup(threads)), expected);
    for (const SimdLevel level : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
        EXPECT_EQ(fitness_of(task, asked(population), {.parallel = Parallel(2, level)}), expected);
    }
}

TEST(ThreadScorer, SeedsDependOnRunGenerationAndGenomeAlone) {
    const GenomeStore population = population_of(50);
    const FunctionTask task(traits(),
                            [](Network&, const Seeds& seeds) { return static_cast<double>(seeds.genome >> 11); });
    const std::vector<double> fitness = fitness_of(task, asked(population, 4, 9), setup(2));
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

TEST(ThreadScorer, ScoresVariantsWithTheSeedsOfTheGenomeTheyAreOf) {
    const GenomeStore variants = population_of(6);
    const FunctionTask task(traits(),
                            [](Network&, const Seeds& seeds) { return static_cast<double>(seeds.genome >> 11); });
    const std::vector<std::size_t> origins{7, 7, 2, 2, 2, 40};
    Generation generation = asked(variants, 4, 9);
    generation.origins = origins;
    const ScoreTable scores = scores_of(task, generation, setup(2));
    EXPECT_EQ(scores.evaluated, 6U);
    EXPECT_EQ(scores.reused, 0U);
    for (std::size_t i = 0; i < origins.size(); ++i) {
        EXPECT_EQ(scores.fitness[i], static_cast<double>(evaluation_seeds(9, 4, origins[i]).genome >> 11));
    }
    generation.origins = generation.origins.first(5);
    EXPECT_THROW((void)scores_of(task, generation, setup(2)), Error);
}

TEST(ThreadScorer, NamesTheGenomeThatAFailedVariantIsOf) {
    const GenomeStore variants = population_of(3);
    const FunctionTask task(traits(), [](Network&, const Seeds&) -> double { throw std::runtime_error("broke"); });
    ThreadScorer scorer(task, setup(1));
    const std::vector<std::size_t> origins{9, 9, 9};
    Generation generation = asked(variants, 2);
    generation.origins = origins;
    EXPECT_EQ(failure_of(scorer, generation), "generation 2, position 9, task 'test': broke");
}

TEST(ThreadScorer, IsCancelledBetweenGenomesAndGoesOnAfterwards) {
    const GenomeStore population = population_of(200);
    std::stop_source source;
    std::atomic<int> scored = 0;
    const FunctionTask task(traits(), [&](Network&, const Seeds&) {
        if (++scored == 5) source.request_stop();
        return 1.0;
    });
    ThreadScorer scorer(task, setup(3));
    scorer.cancel_with(source.get_token());
    ScoreTable scores;
    try {
        scorer.score(asked(population, 4), scores);
        FAIL() << "it went on";
    } catch (const Cancelled& error) {
        EXPECT_STREQ(error.what(), "the evaluation of generation 4 was cancelled");
    }
    EXPECT_LT(scored, 20);
    scorer.cancel_with({});
    scorer.score(asked(population, 4), scores);
    EXPECT_EQ(scores.evaluated, 200U);
}

TEST(ThreadScorer, TakesOverKnownFitnessOfADeterministicTask) {
    const GenomeStore population = population_of(20);
    std::atomic<int> calls = 0;
    const auto count_calls = [&](Network& network, const Seeds&) {
        ++calls;
        return first_output(network);
    };
    std::vector<double> known(20, nan);
    known[3] = -7.0;
    known[11] = 8.0;
    Generation generation = asked(population, 1);
    generation.known_fitness = known;

    const FunctionTask task(traits(), count_calls);
    const ScoreTable scores = scores_of(task, generation, setup(2));
    EXPECT_EQ(scores.evaluated, 18U);
    EXPECT_EQ(scores.reused, 2U);
    EXPECT_EQ(calls, 18);
    EXPECT_EQ(scores.fitness[3], -7.0);
    EXPECT_EQ(scores.fitness[11], 8.0);
    EXPECT_FALSE(std::isnan(scores.fitness[4]));

    const FunctionTask noisy(traits(false), count_calls);
    const ScoreTable of_noisy = scores_of(noisy, generation, setup(2));
    EXPECT_EQ(of_noisy.reused, 0U);
    EXPECT_NE(of_noisy.fitness[3], -7.0);
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

TEST(ThreadScorer, KeepsWhatATaskFindsBesideTheFitness) {
    const GenomeStore population = population_of(40);
    const TellingTask task;
    for (const int threads : {1, 3}) {
        const std::vector<double> known(40, 1.0);
        Generation generation = asked(population);
        generation.known_fitness = known;
        const ScoreTable scores = scores_of(task, generation, setup(threads));
        EXPECT_EQ(scores.reused, 0U) << "a reused genome would lack them";
        ASSERT_EQ(scores.columns.size(), 2U);
        EXPECT_EQ(scores.columns[0].name, "score.doubled");
        EXPECT_EQ(scores.columns[1].name, "behaviour.output");
        for (std::size_t genome = 0; genome < 40; ++genome) {
            EXPECT_EQ(scores.columns[0].values[genome], 2.0 * scores.fitness[genome]);
            EXPECT_EQ(scores.columns[1].values[genome], scores.fitness[genome]);
        }
    }
}

TEST(ThreadScorer, RefusesAnEvaluatorThatGivesOtherNumbersThanItsTaskNames) {
    const TellingTask task(3);
    const GenomeStore two = population_of(2);
    ThreadScorer scorer(task, setup(1));
    EXPECT_EQ(failure_of(scorer, asked(two, 3)),
              "generation 3, position 0, task 'test': the evaluator gives 3 numbers of scores, task 'test' names 1");
}

TEST(ThreadScorer, PassesNanAndInfiniteFitnessOn) {
    const GenomeStore population = population_of(3);
    std::atomic<int> calls = 0;
    const FunctionTask task(traits(), [&](Network&, const Seeds&) {
        const std::array<double, 3> values{nan, infinity, 1.0};
        return values[static_cast<std::size_t>(calls++)];
    });
    const std::vector<double> fitness = fitness_of(task, asked(population), setup(1));
    EXPECT_TRUE(std::isnan(fitness[0]));
    EXPECT_TRUE(std::isinf(fitness[1]));
    EXPECT_EQ(fitness[2], 1.0);
}

TEST(ThreadScorer, NamesGenerationAndLowestGenomeOfAnExceptionWhateverTheThreads) {
    const GenomeStore population = population_of(200);
    std::set<std::uint64_t> failing;
    for (const std::size_t genome : {57U, 58U, 120U, 199U}) failing.insert(evaluation_seeds(1, 3, genome).genome);
    const FunctionTask task(traits(), [&](Network&, const Seeds& seeds) -> double {
        if (failing.contains(seeds.genome)) throw std::runtime_error("the pole broke");
        return 0.0;
    });
    for (const int threads : {1, 2, 3, 8}) {
        ThreadScorer scorer(task, setup(threads));
        for (int repeat = 0; repeat < 20; ++repeat) {
            ASSERT_EQ(failure_of(scorer, asked(population, 3)),
                      "generation 3, position 57, task 'test': the pole broke");
        }
    }
}

TEST(ThreadScorer, NestsTheExceptionOfTheTask) {
    const GenomeStore population = population_of(2);
    const FunctionTask task(traits(), [](Network&, const Seeds&) -> double { throw std::out_of_range("far"); });
    try {
        (void)fitness_of(task, asked(population), setup(1));
        FAIL();
    } catch (const Error& error) {
        EXPECT_THROW(std::rethrow_if_nested(error), std::out_of_range);
    }
    const FunctionTask odd(traits(), [](Network&, const Seeds&) -> double { throw 5; });
    ThreadScorer scorer(odd, setup(1));
    EXPECT_EQ(failure_of(scorer, asked(population, 3)), "generation 3, position 0, task 'test': unknown exception");
}

TEST(ThreadScorer, WorksAgainAfterAnException) {
    const GenomeStore population = population_of(10);
    bool broken = true;
    const FunctionTask task(traits(), [&](Network& network, const Seeds&) {
        if (broken) throw std::runtime_error("broken");
        return first_output(network);
    });
    ThreadScorer scorer(task, setup(2));
    EXPECT_NE(failure_of(scorer, asked(population)), "");
    broken = false;
    EXPECT_EQ(failure_of(scorer, asked(population)), "");
}

TEST(ThreadScorer, RefusesAPopulationThatDoesNotFitTheTask) {
    const FunctionTask task = seeded_task();
    const GenomeStore other(GenomeShape{3, 1, true});
    const GenomeStore four = population_of(4);
    const GenomeStore none = population_of(0);
    ThreadScorer scorer(task, setup(1));
    EXPECT_NE(failure_of(scorer, asked(other)), "");
    const std::vector<double> known(5);
    Generation generation = asked(four);
    generation.known_fitness = known;
    EXPECT_NE(failure_of(scorer, generation), "");
    EXPECT_EQ(failure_of(scorer, asked(none)), "");
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

TEST(ThreadScorer, MakesAtMostOneEvaluatorAThreadAndKeepsIt) {
    const GenomeStore population = population_of(500);
    const CountingTask task;
    ThreadScorer scorer(task, setup(4));
    EXPECT_EQ(task.evaluators, 0) << "not before it is needed";
    for (std::uint32_t number = 0; number < 5; ++number) EXPECT_EQ(failure_of(scorer, asked(population, number)), "");
    EXPECT_GE(task.evaluators, 1);
    EXPECT_LE(task.evaluators, 4);
}

/// Remembers which generations its evaluators were told of.
class CurriculumTask final : public Task {
public:
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<clade::Evaluator> make_evaluator() const override {
        class Evaluator final : public clade::Evaluator {
        public:
            void begin_generation(std::uint32_t number) override { number_ = number; }
            double evaluate(Network&, const Seeds&) override { return static_cast<double>(number_); }

        private:
            std::uint32_t number_ = 0;
        };
        return std::make_unique<Evaluator>();
    }

private:
    TaskTraits traits_ = clade::traits(false);
};

TEST(ThreadScorer, TellsEvaluatorsTheNumberOfTheGeneration) {
    const GenomeStore population = population_of(64);
    const CurriculumTask task;
    ThreadScorer scorer(task, setup(4));
    for (const std::uint32_t number : {3U, 4U, 9U}) {
        ScoreTable scores;
        scorer.score(asked(population, number), scores);
        EXPECT_EQ(scores.fitness, std::vector<double>(64, number));
    }
}

/// Genomes of one input and one output, the weights between them 0, 1, 2, ...
GenomeStore lines(std::size_t count) {
    GenomeStore population({1, 1, false});
    population.place(std::vector<GenomeSize>(count, GenomeSize{1, 1}));
    for (std::size_t genome = 0; genome < count; ++genome) {
        set_node(population.rows(genome), 0, {.node_id = NodeId{1}, .activation = Activation::identity});
        set_connection(population.rows(genome), 0,
                       {Innovation{0}, NodeId{0}, NodeId{1}, static_cast<float>(genome), 1});
    }
    return population;
}

/// Reads such genomes: their weight is that of every connection of a 3-2 network.
class PaintingDecoder final : public Decoder {
public:
    [[nodiscard]] std::unique_ptr<Decoder> clone() const override { return std::make_unique<PaintingDecoder>(); }
    [[nodiscard]] const GenomeShape& genome_shape() const noexcept override { return shape_; }
    void decode(const GenomeView& genome, const NetworkParams& network, NetworkProgram& program) override {
        GenomeStore painted({3, 2, false});
        const GenomeSize size{2, 6};
        painted.place({&size, 1});
        for (std::uint32_t o = 0; o < 2; ++o) {
            set_node(painted.rows(0), o, {.node_id = NodeId{3 + o}, .activation = Activation::identity});
            for (std::uint32_t i = 0; i < 3; ++i) {
                set_connection(painted.rows(0), 3 * o + i,
                               {Innovation{3 * o + i}, NodeId{i}, NodeId{3 + o}, genome.weight[0], 1});
            }
        }
        compiler_.compile(painted[0], painted.shape(), network, program);
    }

private:
    GenomeShape shape_{1, 1, false};
    NetworkCompiler compiler_;
};

TEST(ThreadScorer, RunsWhatADecoderMakesOfGenomesOfAnotherShape) {
    const GenomeStore population = lines(20);
    const FunctionTask task(traits(), [](Network& network, const Seeds&) { return first_output(network); });
    const auto decoder = std::make_shared<PaintingDecoder>();
    for (const int threads : {1, 3}) {
        const ScoreTable scores = scores_of(task, asked(population), {Parallel(threads), decoder});
        for (std::size_t genome = 0; genome < 20; ++genome) {
            EXPECT_EQ(scores.fitness[genome], -0.25 * static_cast<double>(genome)) << "0.5 - 1 + 0.25 times the weight";
        }
    }
    ThreadScorer scorer(task, {Parallel(1), decoder});
    const GenomeStore direct = population_of(2);
    EXPECT_EQ(
        failure_of(scorer, asked(direct)),
        "the decoder reads genomes with inputs: 1, outputs: 1, bias_input: false, these have inputs: 3, outputs: 2, "
        "bias_input: " +
            std::string(direct.shape().bias_input ? "true" : "false"));
}

TEST(ThreadScorer, RefusesGradientsThroughADecoderThatDoesNotTraceThem) {
    const GenomeStore population = lines(1);
    RegressionTask::Params params;
    params.samples = 4;
    const RegressionTask task(params, {});
    class Untraced final : public Decoder {
    public:
        [[nodiscard]] std::unique_ptr<Decoder> clone() const override { return std::make_unique<Untraced>(); }
        [[nodiscard]] const GenomeShape& genome_shape() const noexcept override { return direct_.genome_shape(); }
        void decode(const GenomeView& genome, const NetworkParams& network, NetworkProgram& program) override {
            direct_.decode(genome, network, program);
        }

    private:
        DirectDecoder direct_{GenomeShape{1, 1, false}};
    };
    ScoreTable scores;
    PopulationGradient gradient;
    ThreadScorer scorer(task, {Parallel(1), std::make_shared<Untraced>()});
    EXPECT_THROW(scorer.score_with_gradient(asked(population), scores, gradient), Error);
    EXPECT_NO_THROW(ThreadScorer(task).score_with_gradient(asked(population), scores, gradient));
}

TEST(ThreadScorer, GivesTheSameGradientsForAnyNumberOfThreadsAndSimdLevel) {
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
        ScoreTable scores;
        PopulationGradient gradient;
        ThreadScorer(task, {.parallel = parallel}).score_with_gradient(asked(population), scores, gradient);
        EXPECT_EQ(scores.evaluated, 100U);
        EXPECT_EQ(scores.fitness, fitness_of(task, asked(population), {.parallel = parallel}));
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
