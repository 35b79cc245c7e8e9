// The rule of a race: who goes on, and what becomes of the fitness of those who do not.
#include <clade/evaluation/scoring/racing.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/task.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace clade {
namespace {

using Genomes = std::vector<std::size_t>;

Genomes runners(const Race& race) { return {race.runners().begin(), race.runners().end()}; }

/// The fitness that a race of one episode, then all, comes to.
std::vector<double> settled(std::vector<double> first, const std::vector<double>& all,
                            FitnessDirection direction = FitnessDirection::maximise, double keep = 0.5) {
    Race race({.first_episodes = 1, .keep = keep}, first.size(), 2, direction);
    race.end_round(first);
    for (const std::size_t genome : race.runners()) first[genome] = all[genome];
    race.end_round(first);
    EXPECT_TRUE(race.finished());
    race.settle(first);
    return first;
}

TEST(Race, DoublesTheEpisodesAndHalvesTheGenomesUntilAllArePlayed) {
    Race race({.first_episodes = 1, .keep = 0.5}, 8, 7, FitnessDirection::maximise);
    const std::vector<double> fitness{0, 7, 1, 6, 2, 5, 3, 4};
    EXPECT_EQ(runners(race), (Genomes{0, 1, 2, 3, 4, 5, 6, 7}));
    race.end_round(fitness);
    EXPECT_EQ(runners(race), (Genomes{1, 3, 5, 7})) << "ascending";
    EXPECT_EQ(race.first_episode(), 1U);
    race.end_round(fitness);
    EXPECT_EQ(runners(race), (Genomes{1, 3}));
    EXPECT_EQ(race.first_episode(), 2U);
    race.end_round(fitness);
    EXPECT_EQ(race.first_episode(), 4U);
    EXPECT_FALSE(race.finished());
    race.end_round(fitness);
    EXPECT_TRUE(race.finished());
    EXPECT_EQ(race.rounds(), (std::vector<EpisodeRound>{{8, 1}, {4, 1}, {2, 2}, {1, 3}}))
        << "the last has what is left";
}

TEST(Race, LetsEqualGenomesGoOnOrDropOutTogether) {
    const auto left = [](const std::vector<double>& fitness) {
        Race race({.first_episodes = 2, .keep = 0.4}, fitness.size(), 3, FitnessDirection::maximise);
        race.end_round(fitness);
        return runners(race);
    };
    EXPECT_EQ(left({1, 3, 1, 0, 1}), (Genomes{1})) << "better ones go on without them";
    EXPECT_EQ(left({1, 0, 1, 0, 1}), (Genomes{0, 2, 4})) << "none is better";
    EXPECT_EQ(left({1, 0, 3, 0, 1}), (Genomes{2}));
    EXPECT_EQ(left({1, 0, 3, 0, 0}), (Genomes{0, 2})) << "the cut falls beside them";
    Race flat({.first_episodes = 1, .keep = 0.1}, 20, 3, FitnessDirection::minimise);
    flat.end_round(std::vector<double>(20, -200.0));
    EXPECT_EQ(flat.runners().size(), 20U) << "nothing says who is better";
}

TEST(Race, DropsFailedGenomesFirstAndKeepsNoneForBeingEqual) {
    Race race({.first_episodes = 1, .keep = 0.5}, 6, 3, FitnessDirection::maximise);
    race.end_round(std::vector<double>{infinity, nan, -5, infinity, nan, -infinity});
    EXPECT_EQ(runners(race), (Genomes{0, 1, 2}));
}

TEST(Race, KeepsTheLowestWhereLowIsGood) {
    Race race({.first_episodes = 1, .keep = 0.5}, 4, 3, FitnessDirection::minimise);
    race.end_round(std::vector<double>{4, 1, 3, 2});
    EXPECT_EQ(runners(race), (Genomes{1, 3}));
}

TEST(Race, PutsWhoDroppedOutBehindWhoWentOn) {
    // The second episode is harder: without the rule, genome 0 would be the best.
    const std::vector<double> fitness = settled({8, 10, 9, 7}, {0, 3, 2, 0});
    EXPECT_EQ(fitness[1], 3.0);
    EXPECT_EQ(fitness[2], 2.0);
    EXPECT_EQ(fitness[0], std::nextafter(2.0, 0.0));
    EXPECT_EQ(fitness[3], std::nextafter(fitness[0], 0.0)) << "they keep their order";
}

TEST(Race, LeavesAFitnessThatIsWorseAnyhow) {
    EXPECT_EQ(settled({8, 10, 9, 1}, {0, 9, 9, 0}), (std::vector<double>{8, 9, 9, 1}));
    EXPECT_EQ(settled({8, 10, 20, 9}, {0, 0, 0, 0}, FitnessDirection::minimise), (std::vector<double>{0, 10, 20, 0}));
}

TEST(Race, NeverLeavesEqualFitnessToWhoDroppedOutAndWhoWentOn) {
    const std::vector<double> fitness = settled({5, 4, 4, 6}, {5, 0, 0, 4});
    EXPECT_EQ(fitness[0], 5.0);
    EXPECT_EQ(fitness[3], 4.0);
    EXPECT_LT(fitness[1], 4.0);
    EXPECT_EQ(fitness[1], fitness[2]) << "equal ones stay equal";
}

TEST(Race, LeavesFailedGenomesFailed) {
    const std::vector<double> fitness = settled({nan, 3, 2, infinity}, {0, nan, 1, 0});
    EXPECT_TRUE(std::isnan(fitness[0]));
    EXPECT_TRUE(std::isnan(fitness[1])) << "failed in a later episode";
    EXPECT_EQ(fitness[2], 1.0);
    EXPECT_EQ(fitness[3], infinity);
    const std::vector<double> nobody = settled({1, 3, 2, 0}, {0, nan, nan, 0});
    EXPECT_EQ(nobody[0], 1.0) << "no genome has all episodes";
    EXPECT_EQ(nobody[3], 0.0);
}

TEST(Race, ChangesNothingWhereNoneDropsOut) {
    const std::vector<double> all{4, nan, -1, infinity, 4};
    const std::vector<double> fitness = settled({1, nan, 3, 2, 5}, all, FitnessDirection::maximise, 1.0);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(fitness[i] == all[i] || (std::isnan(fitness[i]) && std::isnan(all[i])));
    }
}

TEST(Race, HasNoRoundsWithoutGenomes) {
    EXPECT_TRUE(Race({.first_episodes = 1}, 0, 5, FitnessDirection::maximise).finished());
}

TEST(RacingParams, AreRefusedWhereThereIsNothingToRaceOver) {
    const auto refusal = [](std::size_t episodes, int first) -> std::string {
        const TaskTraits traits{.name = "test", .input_count = 1, .output_count = 1, .episodes = episodes};
        ThrowingSink sink;
        check({.first_episodes = first}, traits, "racing", sink);
        try {
            sink.finish();
        } catch (const FieldError& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_EQ(refusal(0, 0) + refusal(1, 0) + refusal(5, 0) + refusal(5, 4), "");
    EXPECT_EQ(refusal(0, 1), "racing: task 'test' has no repeated episodes to race over; leave out first_episodes");
    EXPECT_EQ(refusal(1, 1),
              "racing: task 'test' has no repeated episodes to race over: it plays one; leave out first_episodes");
    EXPECT_EQ(refusal(5, 5), "racing.first_episodes: must be less than the 5 episodes of task 'test', got 5");
}

}  // namespace
}  // namespace clade
