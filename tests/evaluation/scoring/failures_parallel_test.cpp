// Genomes that cannot be scored: what becomes of them, the same for any number of threads, and what is said of each.
#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/scoring/racing_scorer.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>

#include "tests/support/messages.hpp"
#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <thread>

namespace clade {
namespace {

using Failures = std::vector<GenomeFailure>;

constexpr std::size_t genomes = 64;
constexpr std::uint32_t generation_number = 3;

GenomeStore unlucky_population() {
    const testing::RandomGenomeOptions options;
    GenomeStore population(options.shape);
    for (std::size_t genome = 0; genome < genomes; ++genome) {
        population.append(testing::random_genome(options, genome)[0]);
    }
    return population;
}

/// What happens to the genome at a place, and how often that place was scored.
class UnluckyTask final : public Task {
public:
    using Fate = std::function<double(std::size_t place, int attempt, const Evaluator& evaluator)>;

    explicit UnluckyTask(Fate what) : fate(std::move(what)) {
        for (std::size_t place = 0; place < genomes; ++place) {
            places[evaluation_seeds(1, generation_number, place).genome] = place;
        }
    }
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
        ++evaluators;
        return std::make_unique<Unlucky>(*this);
    }

    /// One evaluation; remembers it.
    double meet(const Seeds& seeds, const Evaluator& evaluator) const {
        const std::size_t place = places.at(seeds.genome);
        int attempt = 0;
        {
            const std::lock_guard lock(mutex);
            attempt = attempts[place]++;
        }
        return fate(place, attempt, evaluator);
    }

    Fate fate;
    TaskTraits traits_{.name = "unlucky",
                       .input_count = 3,
                       .output_count = 2,
                       .differentiable = true,
                       .episodes = 4,
                       .behaviour = {"place"}};
    std::map<std::uint64_t, std::size_t> places;
    mutable std::atomic<int> evaluators = 0;
    mutable std::mutex mutex;
    mutable std::map<std::size_t, int> attempts;

private:
    class Unlucky final : public Evaluator {
    public:
        explicit Unlucky(const UnluckyTask& task) : task_(task) {}
        double evaluate(Network&, const Seeds& seeds) override {
            place_ = static_cast<double>(task_.places.at(seeds.genome));
            return task_.meet(seeds, *this);
        }
        double gradient(Network& network, const Seeds& seeds, NetworkGradient& gradient) override {
            const std::array observation{0.5F, -1.0F, 0.25F};
            const std::array slopes{1.0F, 1.0F};
            gradient.backpropagate(network.program(), observation, slopes, 1);
            return evaluate(network, seeds);
        }
        void play(Network& network, const Seeds& seeds, std::size_t, std::span<double> returns) override {
            for (double& one : returns) one = evaluate(network, seeds);
        }
        [[nodiscard]] double fitness_of(std::span<const double> returns) override {
            return std::accumulate(returns.begin(), returns.end(), 0.0) / static_cast<double>(returns.size());
        }
        [[nodiscard]] std::span<const double> behaviour() const override { return {&place_, 1}; }

    private:
        const UnluckyTask& task_;
        double place_ = 0.0;
    };
};

ThreadScorerSetup scored_by(int threads, OnFailure on_failure, double seconds = 0.0) {
    return {.parallel = Parallel(threads), .failure = {on_failure, seconds}};
}

ScoreTable scored(const Task& task, ThreadScorerSetup setup) {
    const GenomeStore population = unlucky_population();
    ScoreTable scores;
    ThreadScorer(task, std::move(setup)).score({.genomes = population, .number = generation_number, .seed = 1}, scores);
    return scores;
}

double throws_at_seven(std::size_t place, int, const Evaluator&) {
    if (place % 10 == 7) throw std::runtime_error("the sensor of\n" + std::to_string(place) + " is unplugged");
    return static_cast<double>(place);
}

TEST(FailedGenome, AnExceptionGivesTheWorstFitnessAndNothingElseChanges) {
    for (const int threads : {1, 4}) {
        const UnluckyTask task(throws_at_seven);
        const ScoreTable scores = scored(task, scored_by(threads, OnFailure::worst_fitness));
        Failures expected;
        for (std::size_t place = 0; place < genomes; ++place) {
            if (place % 10 == 7) {
                EXPECT_TRUE(std::isnan(scores.fitness[place]));
                EXPECT_TRUE(std::isnan(scores.columns[0].values[place]));
                expected.push_back(
                    {place, FailureKind::exception, "the sensor of\\n" + std::to_string(place) + " is unplugged"});
            } else {
                EXPECT_EQ(scores.fitness[place], static_cast<double>(place));
                EXPECT_EQ(scores.columns[0].values[place], static_cast<double>(place));
            }
            EXPECT_EQ(task.attempts.at(place), 1);
        }
        EXPECT_EQ(scores.failures, expected);
        EXPECT_EQ(scores.evaluated, genomes);
    }
}

TEST(FailedGenome, StopsWithTheLowestGenomeAndSaysWhich) {
    for (const int threads : {1, 4}) {
        const UnluckyTask task(throws_at_seven);
        try {
            (void)scored(task, scored_by(threads, OnFailure::stop));
            FAIL() << "nothing was thrown";
        } catch (const ScoringError& error) {
            EXPECT_EQ(error.failure().genome, 7U);
            EXPECT_EQ(error.failure().kind, FailureKind::exception);
            EXPECT_EQ(error.failure().message, "the sensor of\\n7 is unplugged");
            EXPECT_TRUE(std::string(error.what()).starts_with("generation 3, position 7, task 'unlucky': "));
        }
    }
}

TEST(FailedGenome, IsTriedOnceMoreWithTheSameSeedsAndThenFails) {
    for (const int threads : {1, 4}) {
        const UnluckyTask task([](std::size_t place, int attempt, const Evaluator&) {
            if (place == 5 && attempt == 0) throw std::runtime_error("the server is busy");
            if (place == 6) throw 42;  // NOLINT(hicpp-exception-baseclass)
            if (place == 8 && attempt == 0) return std::numeric_limits<double>::quiet_NaN();
            if (place == 9) return -std::numeric_limits<double>::infinity();
            return static_cast<double>(place);
        });
        const ScoreTable scores = scored(task, scored_by(threads, OnFailure::retry));
        EXPECT_EQ(scores.failures, (Failures{{6, FailureKind::exception, "unknown exception"},
                                             {9, FailureKind::not_finite, "the fitness is -inf"}}));
        for (const std::size_t place : {5U, 8U, 10U}) EXPECT_EQ(scores.fitness[place], static_cast<double>(place));
        for (std::size_t place = 0; place < genomes; ++place) {
            const bool again = place == 5 || place == 6 || place == 8 || place == 9;
            EXPECT_EQ(task.attempts.at(place), again ? 2 : 1) << place;
        }
        EXPECT_EQ(scores.evaluated, genomes) << "an evaluation counts once";
    }
}

TEST(FailedGenome, AFitnessThatIsNotFiniteIsAFailureThatNeverStops) {
    const UnluckyTask task([](std::size_t place, int, const Evaluator&) {
        if (place == 2) return std::numeric_limits<double>::quiet_NaN();
        return place == 3 ? std::numeric_limits<double>::infinity() : 1.0;
    });
    for (const int threads : {1, 4}) {
        const ScoreTable scores = scored(task, scored_by(threads, OnFailure::stop));
        EXPECT_EQ(scores.failures, (Failures{{2, FailureKind::not_finite, "the fitness is nan"},
                                             {3, FailureKind::not_finite, "the fitness is inf"}}));
        EXPECT_TRUE(std::isinf(scores.fitness[3])) << "it is kept as it is";
    }
}

TEST(FailedGenome, GetsAnEvaluatorOfItsOwnAfterAnException) {
    const UnluckyTask task(throws_at_seven);
    (void)scored(task, scored_by(1, OnFailure::worst_fitness));
    EXPECT_EQ(task.evaluators, 7) << "one, and one more after each of six exceptions";
}

TEST(FailedGenome, IsOneWhoseEvaluationAsksForTheTimeAndHasNone) {
    for (const int threads : {1, 4}) {
        const UnluckyTask task([](std::size_t place, int, const Evaluator& evaluator) {
            while (place == 11) evaluator.check_deadline();  // without end
            return static_cast<double>(place);
        });
        const ScoreTable scores = scored(task, scored_by(threads, OnFailure::worst_fitness, 0.5));
        ASSERT_EQ(scores.failures.size(), 1U);
        EXPECT_EQ(scores.failures[0].genome, 11U);
        EXPECT_EQ(scores.failures[0].kind, FailureKind::time);
        expect_contains(scores.failures[0].message, " s, more than seconds_per_genome: 0.5");
        EXPECT_TRUE(std::isnan(scores.fitness[11]));
        EXPECT_EQ(scores.fitness[12], 12.0);
    }
}

TEST(FailedGenome, IsOneWhoseEvaluationReturnsTooLate) {
    const UnluckyTask task([](std::size_t place, int, const Evaluator& evaluator) {
        while (place == 11 && !evaluator.deadline()->passed()) std::this_thread::yield();
        return static_cast<double>(place);
    });
    const ScoreTable scores = scored(task, scored_by(2, OnFailure::worst_fitness, 0.5));
    ASSERT_EQ(scores.failures.size(), 1U);
    EXPECT_EQ(scores.failures[0].kind, FailureKind::time);
    const std::string stopped = message_of([&] { (void)scored(task, scored_by(2, OnFailure::stop, 0.5)); });
    expect_contains(stopped, "generation 3, position 11, task 'unlucky': the evaluation took ");
}

TEST(FailedGenome, WithoutALimitNoEvaluationIsTooLong) {
    const UnluckyTask task([](std::size_t place, int, const Evaluator& evaluator) {
        evaluator.check_deadline();
        return evaluator.deadline()->passed() ? -1.0 : static_cast<double>(place);
    });
    const ScoreTable scores = scored(task, scored_by(2, OnFailure::worst_fitness));
    EXPECT_TRUE(scores.failures.empty());
    EXPECT_EQ(scores.fitness[11], 11.0);
}

TEST(FailedGenome, AnEvaluationThatAsksIsCancelledInItsMiddle) {
    std::stop_source stop;
    const UnluckyTask task([&](std::size_t place, int, const Evaluator& evaluator) {
        if (place == 11) stop.request_stop();
        while (place == 11) evaluator.check_deadline();  // without end
        return static_cast<double>(place);
    });
    for (const OnFailure on_failure : {OnFailure::stop, OnFailure::worst_fitness, OnFailure::retry}) {
        stop = {};
        const GenomeStore population = unlucky_population();
        ThreadScorer scorer(task, scored_by(2, on_failure));
        scorer.cancel_with(stop.get_token());
        ScoreTable scores;
        EXPECT_THROW(scorer.score({.genomes = population, .number = generation_number, .seed = 1}, scores), Cancelled);
    }
}

TEST(FailedGenome, AMistakeInTheProgramStopsWhateverTheSettings) {
    struct Broken final : Task {
        [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
        [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override {
            throw std::runtime_error("no licence");
        }
        TaskTraits traits_{.name = "broken", .input_count = 3, .output_count = 2};
    } broken;
    expect_contains(message_of([&] { (void)scored(broken, scored_by(2, OnFailure::worst_fitness)); }), "no licence");
    UnluckyTask wrong([](std::size_t, int, const Evaluator&) { return 1.0; });
    wrong.traits_.behaviour = {};
    expect_contains(message_of([&] { (void)scored(wrong, scored_by(2, OnFailure::retry)); }),
                    "the evaluator gives 1 numbers of behaviour, task 'unlucky' names 0");
}

TEST(FailedGenome, HasNoDerivatives) {
    const GenomeStore population = unlucky_population();
    const UnluckyTask task(throws_at_seven);
    ThreadScorer scorer(task, scored_by(2, OnFailure::worst_fitness));
    ScoreTable scores;
    PopulationGradient gradient;
    scorer.score_with_gradient({.genomes = population, .number = generation_number, .seed = 1}, scores, gradient);
    EXPECT_EQ(scores.failures.size(), 6U);
    EXPECT_TRUE(std::isnan(scores.fitness[7]));
    for (std::size_t row = population.connection_begin(7); row < population.connection_begin(8); ++row) {
        EXPECT_EQ(gradient.weight[row], 0.0);
    }
}

TEST(FailedGenome, PlaysNoFurtherRoundOfARace) {
    std::vector<double> expected;
    for (const int threads : {1, 4}) {
        const UnluckyTask task(throws_at_seven);
        const GenomeStore population = unlucky_population();
        RacingScorer scorer(ThreadScorer(task, scored_by(threads, OnFailure::worst_fitness)),
                            {.first_episodes = 1, .keep = 1.0});
        ScoreTable scores;
        scorer.score({.genomes = population, .number = generation_number, .seed = 1}, scores);
        EXPECT_EQ(scores.failures.size(), 6U);
        EXPECT_EQ(scores.failures[1].genome, 17U);
        EXPECT_TRUE(std::isnan(scores.fitness[17]));
        EXPECT_EQ(task.attempts.at(17), 1);
        EXPECT_EQ(task.attempts.at(18), 4);
    }
}

/// A corridor without an end.
class EndlessCorridor final : public Environment {
public:
    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }
    void reset(std::uint64_t, std::span<float> observation) override { std::ranges::fill(observation, 0.5F); }
    Step step(std::span<const float>, std::span<float> observation) override {
        std::ranges::fill(observation, 0.5F);
        return {.reward = 1.0};
    }

private:
    EnvironmentTraits traits_{
        .name = "corridor",
        .observations = {{.name = "a"}, {.name = "b"}, {.name = "c"}},
        .actions = continuous_actions({{.name = "x", .low = -1, .high = 1}, {.name = "y", .low = -1, .high = 1}}),
        .step_limit = 1'000'000'000'000};
};

TEST(FailedGenome, AnEpisodeOfAControlTaskEndsBetweenItsSteps) {
    const ControlTask task(
        [] { return std::make_unique<EnvironmentLanes>([] { return std::make_unique<EndlessCorridor>(); }); }, {});
    GenomeStore population = unlucky_population();
    GenomeStore two(population.shape());
    for (std::size_t genome = 0; genome < 2; ++genome) two.append(population[genome]);
    ThreadScorer scorer(task, scored_by(2, OnFailure::worst_fitness, 0.1));
    ScoreTable scores;
    scorer.score({.genomes = two, .seed = 1}, scores);
    ASSERT_EQ(scores.failures.size(), 2U);
    EXPECT_EQ(scores.failures[0].kind, FailureKind::time);
    EXPECT_EQ(scores.failures[1].kind, FailureKind::time);
}

TEST(ScoringSlot, ShowsTheGenomeThatItsThreadIsScoring) {
    std::array<ScoringSlot, 2> slots;
    std::atomic<int> shown = 0;
    const UnluckyTask task([&](std::size_t place, int, const Evaluator&) {
        const GenomeInScoring now{generation_number, static_cast<std::uint32_t>(place)};
        if (slots[0].genome() == now || slots[1].genome() == now) ++shown;
        if (place == 3) throw std::runtime_error("broke");
        return 1.0;
    });
    const GenomeStore population = unlucky_population();
    ThreadScorer scorer(task, scored_by(2, OnFailure::worst_fitness, 1000.0));
    scorer.show_in(slots);
    ScoreTable scores;
    scorer.score({.genomes = population, .number = generation_number, .seed = 1}, scores);
    EXPECT_EQ(shown, static_cast<int>(genomes));
    EXPECT_EQ(slots[0].evaluations() + slots[1].evaluations(), genomes);
    for (const ScoringSlot& slot : slots) EXPECT_EQ(slot.genome(), std::nullopt);
    scorer.show_in({});
    scorer.score({.genomes = population, .number = generation_number, .seed = 1}, scores);
    EXPECT_EQ(shown, static_cast<int>(genomes)) << "nobody asked";
}

TEST(ScoreTable, CompletesItsFailuresFromTheFitness) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    ScoreTable scores{.fitness = {1.0, nan, 2.0, nan, -std::numeric_limits<double>::infinity()},
                      .failures = {{0, FailureKind::exception, "was refined since"}, {3, FailureKind::time, "slow"}}};
    scores.complete_failures();
    EXPECT_EQ(scores.failures, (Failures{{1, FailureKind::not_finite, "the fitness is nan"},
                                         {3, FailureKind::time, "slow"},
                                         {4, FailureKind::not_finite, "the fitness is -inf"}}));
}

}  // namespace
}  // namespace clade
