#include "terminal/river_chart.hpp"

#include "tests/support/lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace clade {
namespace {

TEST(RiverChart, HeightsAreShares) {
    const std::string text = river_chart({{'a', 0, {3, 1}}, {'b', 1, {3}}}, {.width = 3, .height = 4, .axis = "x"});
    EXPECT_EQ(text, "|ab\n|ab\n|ab\n|aa\n+--\n 0\nx\n");
}

TEST(RiverChart, IsAtMostAsWideAsAsked) {
    const std::vector<double> amounts(1000, 1.0);
    for (const std::size_t width : {5U, 40U, 100U}) {
        for (const std::string& line : lines_of(river_chart({{'a', 0, amounts}}, {.width = width, .axis = ""}))) {
            EXPECT_LE(line.size(), width);
        }
    }
}

TEST(RiverChart, APlaceWithoutAmountsIsEmpty) {
    const std::string text = river_chart({{'a', 1, {1}}}, {.width = 3, .height = 1, .axis = "x"});
    EXPECT_EQ(text.substr(0, 3), "| a");
    EXPECT_EQ(river_chart({}, {}), "");
}

}  // namespace
}  // namespace clade
