// Choosing among candidates on held-out evaluations.
#include <clade/evaluation/scoring/held_out.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/seeds.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace clade {
namespace {

/// Candidates that a bias tells apart.
GenomeStore candidates_of(std::size_t count) {
    testing::RandomGenomeOptions options;
    GenomeStore all(options.shape);
    for (std::size_t i = 0; i < count; ++i) {
        all.append(testing::random_genome(options, 1)[0]);
        all.rows(i).bias[0] = static_cast<float>(i);
    }
    return all;
}

/// Fitness is the candidate's number, with noise by the held-out evaluation and candidate. Remembers who was scored by
/// which evaluations.
class NoisyScorer final : public Scorer {
public:
    explicit NoisyScorer(double noise) : noise_(noise) {}

    void score(const Generation& generation, ScoreTable& scores) override {
        scores.resize(generation.genomes.size());
        std::map<std::size_t, std::set<std::uint32_t>> call;
        for (std::size_t i = 0; i < generation.genomes.size(); ++i) {
            const auto candidate = static_cast<std::size_t>(generation.genomes[i].bias[0]);
            const std::uint32_t number = generation.held_out[i];
            Stream random({number, 0, Purpose::evaluation}, candidate);
            scores.fitness[i] = static_cast<double>(candidate) + noise_ * random.normal();
            if (candidate == failing) scores.fitness[i] = infinity;
            call[candidate].insert(number);
            ++evaluations[candidate];
        }
        calls.push_back(std::move(call));
    }

    std::size_t failing = 1'000'000;
    std::vector<std::map<std::size_t, std::set<std::uint32_t>>> calls{};  // [call]: candidate -> numbers
    std::map<std::size_t, std::size_t> evaluations{};

private:
    double noise_;
};

HeldOutChoice choice_of(Scorer& scorer, std::size_t count, const ChampionParams& params, std::uint64_t budget,
                        FitnessDirection direction = FitnessDirection::maximise) {
    const GenomeStore candidates = candidates_of(count);
    return choose_on_held_out(scorer, {.genomes = candidates}, direction, params, budget);
}

TEST(HeldOut, ChoosesTheBestInEitherDirection) {
    NoisyScorer scorer(1.0);
    EXPECT_EQ(choice_of(scorer, 20, {}, 1000).best, 19U);
    EXPECT_EQ(choice_of(scorer, 20, {}, 1000, FitnessDirection::minimise).best, 0U);
}

TEST(HeldOut, NeverChoosesACandidateThatFailed) {
    NoisyScorer scorer(0.1);
    scorer.failing = 7;
    for (const FitnessDirection direction : {FitnessDirection::maximise, FitnessDirection::minimise}) {
        EXPECT_NE(choice_of(scorer, 8, {}, 500, direction).best, 7U);
    }
}

TEST(HeldOut, ReportsEvaluationsThatDidNotChooseAndScoresAllOfARoundAlike) {
    NoisyScorer scorer(5.0);
    const HeldOutChoice choice = choice_of(scorer, 8, {}, 400);
    ASSERT_EQ(scorer.calls.size(), 4U) << "three halvings and the report";
    std::set<std::uint32_t> before;
    for (const auto& call : scorer.calls) {
        const std::set<std::uint32_t>& numbers = call.begin()->second;
        for (const auto& [candidate, own] : call) EXPECT_EQ(own, numbers) << "the same episodes for all";
        for (const std::uint32_t number : numbers) EXPECT_TRUE(before.insert(number).second) << number;
    }
    EXPECT_EQ(scorer.calls.back().size(), 1U);
    EXPECT_EQ(scorer.calls.back().begin()->first, choice.best);
    EXPECT_EQ(scorer.calls.back().begin()->second.size(), choice.fitness.evaluations);
}

TEST(HeldOut, ReportsAMeanThatIsNotTooGood) {
    // All candidates are equal: the mean of those evaluations that chose the winner is above 0, the reported one is not.
    const FunctionTask own_luck(
        {.name = "luck", .input_count = 3, .output_count = 2, .deterministic = false},
        [](Network& network, const Seeds& seeds) {
            std::array<float, 2> out{};
            network.activate(std::array{0.1F, 0.2F, 0.3F}, out);
            return Stream({seeds.genome, 0, {}}, static_cast<std::uint64_t>(out[0] * 1e6F)).normal();
        });
    testing::RandomGenomeOptions options;
    GenomeStore candidates(options.shape);
    for (std::size_t i = 0; i < 32; ++i) candidates.append(testing::random_genome(options, i)[0]);
    ThreadScorer scorer(own_luck);
    double chosen_by = 0.0;
    double reported = 0.0;
    constexpr int runs = 60;
    for (std::uint64_t seed = 1; seed <= runs; ++seed) {
        const HeldOutChoice choice =
            choose_on_held_out(scorer, {.genomes = candidates, .seed = seed}, FitnessDirection::maximise, {}, 600);
        chosen_by += choice.candidates[choice.best].mean / runs;
        reported += choice.fitness.mean / runs;
    }
    EXPECT_GT(chosen_by, 0.1);
    EXPECT_LT(std::fabs(reported), 0.05);
}

TEST(HeldOut, KeepsToTheBudgetAndToTheEvaluationsPerCandidate) {
    for (const int wanted : {1, 2, 3, 7, 32, 100}) {
        for (const int most : {2, 5, 100}) {
            const ChampionParams params{.candidates = wanted, .evaluations = most};
            for (const std::uint64_t budget : {0U, 1U, 2U, 3U, 9U, 50U, 333U, 5000U}) {
                const std::size_t count = candidate_count(params, 40, budget);
                EXPECT_LE(count, static_cast<std::size_t>(wanted));
                EXPECT_EQ(count == 0, budget < 2) << "one can be measured at least";
                if (count == 0) continue;
                NoisyScorer scorer(1.0);
                const HeldOutChoice choice = choice_of(scorer, count, params, budget);
                std::uint64_t spent = 0;
                for (const auto& [candidate, evaluations] : scorer.evaluations) {
                    spent += evaluations;
                    EXPECT_LE(evaluations, static_cast<std::size_t>(candidate == choice.best ? 2 * most : most));
                }
                EXPECT_EQ(spent, choice.evaluations);
                EXPECT_LE(spent, budget) << wanted << " candidates";
                EXPECT_GE(choice.fitness.evaluations, 2U);
                for (const MeanFitness& candidate : choice.candidates) {
                    EXPECT_GE(candidate.evaluations, count > 1 ? 2U : 0U);
                }
            }
        }
    }
}

TEST(HeldOut, UsesRandomNumbersApartFromThoseOfGenerations) {
    constexpr std::uint64_t run = 7;
    std::set<std::uint64_t> of_generations;
    for (std::uint32_t generation = 0; generation < 200; ++generation) {
        for (std::size_t genome = 0; genome < 20; ++genome) {
            const Seeds seeds = evaluation_seeds(run, generation, genome);
            of_generations.insert({seeds.generation, seeds.genome});
        }
    }
    for (std::uint32_t number = 0; number < 200; ++number) {
        const Seeds seeds = held_out_seeds(run, number);
        EXPECT_EQ(seeds.run, evaluation_seeds(run, 0, 0).run) << "what is the same in every generation stays";
        EXPECT_FALSE(of_generations.contains(seeds.generation));
        EXPECT_FALSE(of_generations.contains(seeds.genome));
    }
}

TEST(HeldOut, TellsADifferenceBeyondChance) {
    const std::vector<double> values{1.0, 2.0, 3.0, 4.0};
    const MeanFitness fitness = mean_fitness(values);
    EXPECT_DOUBLE_EQ(fitness.mean, 2.5);
    EXPECT_NEAR(fitness.deviation, 1.2909944487, 1e-9);
    EXPECT_NEAR(fitness.standard_error(), 0.6454972244, 1e-9);
    EXPECT_FALSE(fitness.excludes(4.5));
    EXPECT_TRUE(fitness.excludes(5.5));
    EXPECT_TRUE(fitness.excludes(-0.5));
    EXPECT_FALSE(mean_fitness(std::vector<double>{2.0, 2.0}).excludes(2.0));
    EXPECT_TRUE(std::isnan(mean_fitness(std::vector<double>{2.0, infinity}).mean));
}

TEST(HeldOut, ScorerRefusesNumbersForOtherThanAllGenomes) {
    const FunctionTask task({.name = "test", .input_count = 3, .output_count = 2},
                            [](Network&, const Seeds&) { return 0.0; });
    const GenomeStore genomes = candidates_of(3);
    const std::vector<std::uint32_t> numbers{0, 1};
    ScoreTable scores;
    EXPECT_THROW(ThreadScorer(task).score({.genomes = genomes, .held_out = numbers}, scores), Error);
}

}  // namespace
}  // namespace clade
