#include <clade/core/random/random.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evolution/select/ranking.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace clade {
namespace {

std::vector<std::uint32_t> sorted_by_key(const std::vector<double>& scores) {
    std::vector<RankedGenome> genomes(scores.size());
    std::vector<RankedGenome> space(scores.size());
    for (std::uint32_t i = 0; i < scores.size(); ++i) genomes[i] = {rank_key(scores[i]), i};
    std::vector<std::uint32_t> order;
    for (const RankedGenome& ranked : sort_ranked(genomes, space)) order.push_back(ranked.genome);
    return order;
}

std::vector<std::uint32_t> sorted_by_comparison(const std::vector<double>& scores) {
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] > scores[b]; });
    return order;
}

TEST(Ranking, OrdersAsComparingScoresDoes) {
    const std::vector<double> special{0.0, -0.0, infinity, -infinity, 1e-320, -1e-320, 1e308, -1e308, 1.0, -1.0};
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Stream random({seed, 0, Purpose::evaluation}, 0);
        std::vector<double> scores(random.below(1000));
        for (double& score : scores) {
            score = random.bernoulli(0.5) ? random.choice(std::span(special)) : random.uniform(-2.0, 2.0);
        }
        EXPECT_EQ(sorted_by_key(scores), sorted_by_comparison(scores)) << "seed " << seed;
    }
}

TEST(Ranking, KeepsTheOrderOfEqualScores) {
    for (const std::size_t count :
         {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{500}}) {
        const std::vector<double> scores(count, -3.5);
        EXPECT_EQ(sorted_by_key(scores), sorted_by_comparison(scores)) << count;
    }
}

}  // namespace
}  // namespace clade
