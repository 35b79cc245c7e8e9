// A generation that races: episodes counted by the task itself, the same for any number of threads.
#include <clade/evaluation/scoring/racing_scorer.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <numeric>
#include <stdexcept>

namespace clade {
namespace {

constexpr std::size_t episodes = 6;

/// Episodes of one step each that are counted; the return depends on network, seed and episode.
class PartsTask final : public Task {
public:
    [[nodiscard]] const TaskTraits& traits() const noexcept override { return traits_; }
    [[nodiscard]] std::unique_ptr<Evaluator> make_evaluator() const override { return std::make_unique<Player>(*this); }

    TaskTraits traits_{.name = "counting",
                       .input_count = 3,
                       .output_count = 2,
                       .deterministic = true,
                       .episodes = episodes,
                       .behaviour = {"first episode's return"}};
    std::size_t fails_from = episodes;  // the episode that throws
    mutable std::atomic<std::size_t> played = 0;

private:
    class Player final : public Evaluator {
    public:
        explicit Player(const PartsTask& task) : task_(task) {}

        double evaluate(Network& network, const Seeds& seeds) override {
            play(network, seeds, 0, returns_);
            return fitness_of(returns_);
        }
        void play(Network& network, const Seeds& seeds, std::size_t first, std::span<double> returns) override {
            task_.played += returns.size();
            for (std::size_t i = 0; i < returns.size(); ++i) {
                if (first + i >= task_.fails_from) throw std::runtime_error("fell over");
                const double noise = Stream({seeds.run, 0, Purpose::episode}, first + i).uniform(0.0, 2.0);
                std::array<float, 2> action{};
                network.reset();
                network.activate(std::array{static_cast<float>(noise), -1.0F, 0.25F}, action);
                returns[i] = double{action[0]} + noise;
            }
            behaviour_ = returns.front();
        }
        [[nodiscard]] double fitness_of(std::span<const double> returns) override {
            return std::accumulate(returns.begin(), returns.end(), 0.0) / static_cast<double>(returns.size());
        }
        [[nodiscard]] std::span<const double> behaviour() const override {
            return {&behaviour_, task_.traits_.behaviour.size()};
        }

    private:
        const PartsTask& task_;
        std::array<double, episodes> returns_{};
        double behaviour_ = 0.0;
    };
};

GenomeStore racers(std::size_t count) {
    testing::RandomGenomeOptions options;
    GenomeStore population(options.shape);
    for (std::size_t genome = 0; genome < count; ++genome) {
        options.hidden_count = static_cast<std::uint32_t>(genome % 5);
        population.append(testing::random_genome(options, genome)[0]);
    }
    return population;
}

/// Racing where it is on.
ScoreTable scored(const Task& task, const Generation& generation, RacingParams racing, int threads = 1) {
    ScoreTable scores;
    ThreadScorer scorer(task, {.parallel = Parallel(threads)});
    if (!racing.is_on()) {
        scorer.score(generation, scores);
    } else {
        RacingScorer(std::move(scorer), racing).score(generation, scores);
    }
    return scores;
}

ScoreTable scored(const Task& task, const GenomeStore& population, RacingParams racing, int threads = 1) {
    return scored(task, {.genomes = population, .number = 1, .seed = 3}, racing, threads);
}

TEST(Racing, CountsTheEpisodesThatWerePlayed) {
    const PartsTask task;
    const GenomeStore population = racers(50);
    const ScoreTable all = scored(task, population, {});
    EXPECT_EQ(task.played.exchange(0), 50 * episodes);
    EXPECT_TRUE(all.rounds.empty());
    for (const int first : {1, 2, 5}) {
        for (const double keep : {0.1, 0.5, 1.0}) {
            const ScoreTable raced = scored(task, population, {.first_episodes = first, .keep = keep});
            std::size_t played = 0;
            std::size_t of_each = 0;
            for (const EpisodeRound& round : raced.rounds) {
                played += round.genomes * round.episodes;
                of_each += round.episodes;
            }
            EXPECT_EQ(task.played.exchange(0), played) << first << ", " << keep;
            EXPECT_EQ(of_each, episodes);
            EXPECT_EQ(raced.evaluated, 50U);
            EXPECT_EQ(raced.reused, 0U);
            EXPECT_EQ(played == 50 * episodes, keep == 1.0);
        }
    }
}

TEST(Racing, ChangesNothingWhereNoneDropsOut) {
    const PartsTask task;
    const GenomeStore population = racers(50);
    const ScoreTable all = scored(task, population, {});
    const ScoreTable raced = scored(task, population, {.first_episodes = 1, .keep = 1.0});
    EXPECT_EQ(raced.fitness, all.fitness);
    EXPECT_EQ(raced.columns[0].values, all.columns[0].values);
}

TEST(Racing, HasTheFitnessOfAllEpisodesOfWhoPlayedThem) {
    const PartsTask task;
    const GenomeStore population = racers(50);
    const ScoreTable all = scored(task, population, {});
    const ScoreTable raced = scored(task, population, {.first_episodes = 1, .keep = 0.5});
    ASSERT_GT(raced.rounds.back().genomes, 0U);
    std::vector<std::size_t> order(50);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return raced.fitness[a] > raced.fitness[b]; });
    for (std::size_t rank = 0; rank < raced.rounds.back().genomes; ++rank) {
        EXPECT_EQ(raced.fitness[order[rank]], all.fitness[order[rank]]) << "rank " << rank;
    }
    EXPECT_NE(raced.fitness, all.fitness) << "some have dropped out";
    EXPECT_EQ(raced.columns[0].values, all.columns[0].values) << "of the first episode, which all have played";
}

TEST(Racing, IsTheSameForAnyNumberOfThreads) {
    const PartsTask task;
    const GenomeStore population = racers(200);
    const RacingParams racing{.first_episodes = 1, .keep = 0.3};
    const ScoreTable expected = scored(task, population, racing);
    for (const int threads : {2, 4, 7}) {
        const ScoreTable other = scored(task, population, racing, threads);
        EXPECT_EQ(other.fitness, expected.fitness);
        EXPECT_EQ(other.columns[0].values, expected.columns[0].values);
        EXPECT_EQ(other.rounds, expected.rounds);
    }
}

TEST(Racing, TakesOverNoFitness) {
    PartsTask task;
    task.traits_.behaviour.clear();
    const GenomeStore population = racers(4);
    const std::vector<double> known(4, 1e9);
    const Generation generation{.genomes = population, .number = 1, .seed = 3, .known_fitness = known};
    EXPECT_EQ(scored(task, generation, {}).reused, 4U);
    const ScoreTable raced = scored(task, generation, {.first_episodes = 1});
    EXPECT_EQ(raced.reused, 0U);
    EXPECT_EQ(std::count(raced.fitness.begin(), raced.fitness.end(), 1e9), 0);
}

TEST(Racing, LetsVariantsPlayAllEpisodes) {
    const PartsTask task;
    const GenomeStore population = racers(10);
    std::vector<std::size_t> origins(10);
    std::iota(origins.begin(), origins.end(), std::size_t{0});
    const Generation variants{.genomes = population, .number = 1, .seed = 3, .origins = origins};
    const ScoreTable scores = scored(task, variants, {.first_episodes = 1, .keep = 0.1});
    EXPECT_EQ(task.played.load(), 10 * episodes);
    EXPECT_EQ(scores.fitness, scored(task, population, {}).fitness);
}

TEST(Racing, NamesTheGenomeThatFailsInALaterRound) {
    PartsTask task;
    task.fails_from = 1;
    const GenomeStore population = racers(40);
    const auto failure = [&](int threads) -> std::string {
        try {
            (void)scored(task, population, {.first_episodes = 1, .keep = 0.5}, threads);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    const std::string expected = failure(1);
    EXPECT_TRUE(expected.starts_with("generation 1, position ")) << expected;
    EXPECT_TRUE(expected.ends_with(": fell over")) << expected;
    for (const int threads : {2, 5}) EXPECT_EQ(failure(threads), expected);
}

TEST(Racing, IsRefusedForATaskWithoutEpisodes) {
    const FunctionTask task({.name = "plain", .input_count = 3, .output_count = 2},
                            [](Network&, const Seeds&) { return 0.0; });
    EXPECT_THROW(RacingScorer(ThreadScorer(task), {.first_episodes = 1}), FieldError);
}

TEST(Racing, NeedsEvaluatorsThatPlay) {
    const FunctionTask task({.name = "promising", .input_count = 3, .output_count = 2, .episodes = 5},
                            [](Network&, const Seeds&) { return 0.0; });
    EXPECT_THROW((void)scored(task, racers(2), {.first_episodes = 1}), Error);
}

}  // namespace
}  // namespace clade
