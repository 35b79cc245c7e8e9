#include "terminal/line_chart.hpp"

#include "terminal/wrapping.hpp"
#include "tests/support/lines.hpp"

#include <clade/core/special_values_internal.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace clade {
namespace {

std::vector<std::string> chart(const std::vector<ChartSeries>& series, const ChartFrame& frame) {
    return lines_of(line_chart(series, frame));
}

std::vector<double> ramp(std::size_t count) {
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(static_cast<double>(i));
    return values;
}

/// How often a character is drawn, legend left out.
long drawn(const std::vector<std::string>& lines, std::size_t height, char mark) {
    long count = 0;
    for (std::size_t i = 0; i < height; ++i) count += std::count(lines[i].begin(), lines[i].end(), mark);
    return count;
}

TEST(LineChart, DrawsARisingLineFromLowerLeftToUpperRight) {
    const auto lines = chart({{"best", {0, 1, 2, 3}}}, {.width = 7, .height = 4});
    EXPECT_EQ(lines, (std::vector<std::string>{"3 |   *", "  |  *", "  | *", "0 |*", "  +----", "   0  3",
                                               "   generation", "   * best"}))
        << "where a line of words is too wide, there are several";
}

TEST(LineChart, NumbersItsAxisAsTold) {
    ChartFrame frame{.width = 30, .height = 4, .axis = "x"};
    frame.first = -1.5;
    frame.step = 0.25;
    const auto lines = chart({{"y", ramp(13)}}, frame);
    EXPECT_EQ(lines[5], "    -1.5        0          1.5");
}

TEST(LineChart, JoinsNeighboursThatAreFarApart) {
    const auto lines = chart({{"best", {0, 3}}}, {.width = 5, .height = 4});
    EXPECT_EQ(drawn(lines, 4, '*'), 4);
}

TEST(LineChart, KeepsToItsWidthAndHeight) {
    for (const bool unicode : {false, true}) {
        for (std::size_t width = 30; width < 120; width += 7) {
            const auto lines =
                chart({{"best", ramp(500)}, {"mean", ramp(300)}}, {.width = width, .height = 9, .unicode = unicode});
            EXPECT_GE(lines.size(), 12U);
            for (const std::string& line : lines) EXPECT_LE(display_width(line), width) << line;
        }
    }
}

TEST(LineChart, SurvivesFramesThatAreTooSmall) {
    for (std::size_t size = 0; size < 12; ++size) {
        for (const bool unicode : {false, true}) {
            EXPECT_FALSE(chart({{"best", ramp(50)}}, {.width = size, .height = size, .unicode = unicode}).empty());
        }
    }
}

TEST(LineChart, LabelsLowestMiddleAndHighestValueAndTheEndsOfTheAxis) {
    const auto lines = chart({{"best", ramp(101)}}, {.width = 40, .height = 5});
    EXPECT_TRUE(lines[0].starts_with("100 |"));
    EXPECT_TRUE(lines[2].starts_with(" 50 |"));
    EXPECT_TRUE(lines[4].starts_with("  0 |"));
    EXPECT_TRUE(lines[6].starts_with("     0"));
    EXPECT_NE(lines[6].find(" 50"), std::string::npos);
    EXPECT_TRUE(lines[6].ends_with("  100"));
}

TEST(LineChart, GivesLabelsAsManyDigitsAsTellThemApart) {
    const auto lines = chart({{"best", {1.0, 1.0000001}}}, {.width = 40, .height = 5});
    EXPECT_TRUE(lines[0].starts_with(" 1.0000001 |")) << lines[0];
    EXPECT_TRUE(lines[4].starts_with("         1 |")) << lines[4];
}

TEST(LineChart, DrawsAConstantSeriesInTheMiddleWithItsOneLabel) {
    const auto lines = chart({{"best", {4.5, 4.5, 4.5}}}, {.width = 13, .height = 5});
    EXPECT_EQ(lines[2], "4.5 |********");
    EXPECT_EQ(drawn(lines, 5, '*'), 8);
}

TEST(LineChart, DrawsASinglePoint) {
    const auto lines = chart({{"best", {2.0}}}, {.width = 20, .height = 5});
    EXPECT_EQ(lines[2], "2 |*");
    EXPECT_EQ(drawn(lines, 5, '*'), 1);
}

TEST(LineChart, LeavesAGapWhereAValueIsNotFinite) {
    const auto lines = chart({{"best", {1, nan, infinity, -infinity, 1}}}, {.width = 8, .height = 3});
    EXPECT_EQ(lines[1], "1 |*   *");
}

TEST(LineChart, SaysSoIfThereIsNothingToDraw) {
    EXPECT_EQ(line_chart({}, {}), "no finite value to draw\n");
    EXPECT_EQ(chart({{"best", {}}}, {}), std::vector<std::string>{"no finite value to draw"});
    EXPECT_EQ(chart({{"best", {nan, infinity}}}, {}), std::vector<std::string>{"no finite value to draw"});
}

TEST(LineChart, PutsTheFirstSeriesOnTopAndNamesAllInTheLegend) {
    const auto lines = chart({{"best", {1, 1, 1, 2}}, {"mean", {1, 1, 1, 1}}}, {.width = 7, .height = 2});
    EXPECT_EQ(lines[1], "1 |***.");
    EXPECT_EQ((std::vector<std::string>(lines.end() - 3, lines.end())),
              (std::vector<std::string>{"   generation", "   * best", "   . mean"}));
    const auto wide = chart({{"best", {1, 2}}, {"mean", {1, 1}}}, {.width = 60, .height = 2});
    EXPECT_TRUE(wide.back().ends_with("generation     * best  . mean")) << wide.back();
}

TEST(LineChart, SpreadsAllSeriesOverTheSameAxis) {
    const auto lines = chart({{"best", {1, 1, 1, 1}}, {"mean", {0, 0}}}, {.width = 7, .height = 2});
    EXPECT_EQ(lines[1], "0 |..");
}

TEST(LineChart, IsPlainAsciiUnlessAskedForUnicode) {
    const std::string text = line_chart(std::vector<ChartSeries>{{"best", ramp(40)}, {"mean", ramp(10)}}, {});
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }));
}

TEST(LineChart, HasEightDotsACharacterInUnicode) {
    const auto lines = chart({{"best", {0, 1, 2, 3, 4, 5, 6, 7}}}, {.width = 7, .height = 2, .unicode = true});
    EXPECT_EQ(lines[0], "7 ┤  ⡠⠊");
    EXPECT_EQ(lines[1], "0 ┤⡠⠊");
}

TEST(LineChart, SurvivesTheWholeRangeOfDoubles) {
    const double largest = std::numeric_limits<double>::max();
    const auto lines = chart({{"best", {-largest, largest}}}, {.width = 30, .height = 5});
    EXPECT_TRUE(lines[0].ends_with("*"));
    EXPECT_FALSE(chart({{"best", {0.0, std::numeric_limits<double>::denorm_min()}}}, {}).empty());
}

TEST(LineChart, ShowsASpikeAmongAMillionValues) {
    std::vector<double> values(1'000'000, 1.0);
    values[600'001] = 9.0;
    const auto begin = std::chrono::steady_clock::now();
    const auto lines = chart({{"best", values}}, {.width = 80, .height = 9});
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
    EXPECT_EQ(lines[0].find('*'), 3U + 46U);
}

TEST(LocaleIsUtf8, FollowsTheVariableThatRulesTheOthers) {
    ::setenv("LC_ALL", "", 1);
    ::setenv("LC_CTYPE", "", 1);
    ::setenv("LANG", "de_DE.UTF-8", 1);
    EXPECT_TRUE(locale_is_utf8());
    ::setenv("LC_CTYPE", "C.utf8", 1);
    EXPECT_TRUE(locale_is_utf8());
    ::setenv("LC_ALL", "C", 1);
    EXPECT_FALSE(locale_is_utf8());
}

}  // namespace
}  // namespace clade
