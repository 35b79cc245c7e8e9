// Search quality: not one lucky seed, but twenty.
#include <clade/evaluation/scoring/thread_scorer.hpp>
#include <clade/evaluation/tasks/builtin_tasks.hpp>
#include <clade/evolution/evolver.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

bool solves_xor(const Task& task, std::uint64_t seed) {
    Evolver evolver({.input_count = 2, .output_count = 1, .seed = seed});
    ThreadScorer scorer(task);
    ScoreTable scores;
    for (int generation = 0; generation < 100; ++generation) {
        scorer.score(evolver.ask(), scores);
        Network network = make_network({evolver.tell(scores).champion_genome});
        if (task.solves(network, evolver.record().fitness.best, {})->solved) return true;
    }
    return false;
}

TEST(SearchQuality, SolvesXorOnAtLeast18Of20SeedsWithin100Generations) {
    const auto task = builtin_tasks().at("xor").blueprint()->make({});
    int solved = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) solved += solves_xor(*task, seed) ? 1 : 0;
    EXPECT_GE(solved, 18);
}

}  // namespace
}  // namespace clade
