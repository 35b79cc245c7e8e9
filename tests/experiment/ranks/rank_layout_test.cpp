#include <clade/experiment/ranks/rank_layout.hpp>

#include <gtest/gtest.h>

#include <numeric>

namespace clade {
namespace {

std::vector<int> cores(int first, int count) {
    std::vector<int> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), first);
    return all;
}

using Threads = std::vector<std::size_t>;

}  // namespace

TEST(RankLayout, ARankHasAsManyThreadsAsItIsBoundToCores) {
    const std::vector<RankPlace> places{{"a", cores(0, 4), 8}, {"a", cores(4, 2), 8}, {"b", cores(0, 1), 8}};
    EXPECT_EQ(threads_of_ranks(places, 0), (Threads{4, 2, 1}));
    EXPECT_EQ(threads_of_ranks(places, 3), (Threads{3, 3, 3}));
}

TEST(RankLayout, RanksThatAreBoundAlikeShareTheirCores) {
    const std::vector<RankPlace> places{{"a", cores(0, 8), 8}, {"a", cores(0, 8), 8}, {"b", cores(0, 8), 8}};
    EXPECT_EQ(threads_of_ranks(places, 0), (Threads{4, 4, 8}));
    const std::vector<RankPlace> crowd(3, {"a", cores(0, 2), 2});
    EXPECT_EQ(threads_of_ranks(crowd, 0), (Threads{1, 1, 1}));
}

TEST(RankLayout, MoreThreadsThanCoresOfAHostAreWarnedOfWithTheFlag) {
    const std::vector<RankPlace> places{{"a", cores(0, 4), 4}, {"b", cores(0, 1), 4}};
    EXPECT_EQ(layout_warnings(places, Threads{4, 4}).size(), 1U);
    const std::string warning = layout_warnings(places, Threads{4, 4}).front();
    EXPECT_EQ(warning.substr(0, 34), "b has 1 rank with 4 threads on 1 c");
    EXPECT_NE(warning.find("--map-by slot:PE=4 or --bind-to none"), std::string::npos) << warning;
}

TEST(RankLayout, CoresThatNoRankIsBoundToAreWarnedOf) {
    const std::vector<RankPlace> places{{"a", cores(0, 1), 4}, {"a", cores(1, 1), 4}};
    const auto warnings = layout_warnings(places, threads_of_ranks(places, 0));
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings.front().find("bound to 2 of its 4 cores"), std::string::npos) << warnings.front();
    EXPECT_NE(warnings.front().find("slot:PE=2"), std::string::npos) << warnings.front();
}

TEST(RankLayout, AGoodLayoutIsNotWarnedOf) {
    const std::vector<RankPlace> places{{"a", cores(0, 2), 4}, {"a", cores(2, 2), 4}, {"b", cores(0, 4), 4}};
    EXPECT_TRUE(layout_warnings(places, threads_of_ranks(places, 0)).empty());
    EXPECT_EQ(layout_text(places, threads_of_ranks(places, 0)).substr(0, 19), "3 ranks on 2 hosts;");
}

TEST(RankLayout, APlaceSurvivesAsBytes) {
    const RankPlace here = place_of_this_process();
    EXPECT_FALSE(here.cores.empty());
    ByteWriter out;
    write_place(here, out);
    ByteReader in(out.bytes());
    EXPECT_EQ(read_place(in), here);
}

}  // namespace clade
