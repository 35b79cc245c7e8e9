// An episode as CSV, as SVG and in characters.
#include "clade/output/trace_output.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace clade {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// A point that goes from left to right over a ground, so many steps.
Trace ride(std::size_t steps) {
    Trace trace{.columns = {"time", "x", "reward"}, .low = {0.0, 0.0}, .high = {10.0, 2.0}};
    for (std::size_t i = 0; i < steps; ++i) {
        const double x = 10.0 * static_cast<double>(i) / static_cast<double>(std::max<std::size_t>(steps - 1, 1));
        trace.rows.push_back({0.5 * static_cast<double>(i), x, -1.0});
        trace.drawings.push_back({{{.role = Shape::Role::scenery, .points = {{0.0, 0.0}, {10.0, 0.0}}},
                                   {.role = Shape::Role::body, .points = {{x, 1.0}}}}});
    }
    return trace;
}

TEST(TraceOutput, WritesARowAStepAsCsv) {
    EXPECT_EQ(trace_csv(ride(3)), "time,x,reward\n0,0,-1\n0.5,5,-1\n1,10,-1\n");
    Trace named = ride(1);
    named.columns[1] = "speed, forward";
    EXPECT_TRUE(trace_csv(named).starts_with("time,\"speed, forward\",reward\n"));
}

TEST(TraceOutput, DrawsTheFirstMiddleAndLastMomentInCharacters) {
    const std::string text = trace_text(ride(101), 40);
    EXPECT_NE(text.find("time 0\n"), std::string::npos) << text;
    EXPECT_NE(text.find("time 25\n"), std::string::npos);
    EXPECT_NE(text.find("time 50\n"), std::string::npos);
    EXPECT_EQ(count_of(text, "#"), 3U);
    EXPECT_EQ(count_of(text, std::string(40, '.')), 3U) << "the ground is as wide as the picture";
    std::size_t line = 0;
    for (const char c : text) {
        line = c == '\n' ? 0 : line + 1;
        ASSERT_LE(line, 40U);
    }
}

TEST(TraceOutput, CutsOffWhatLiesOutsideThePicture) {
    Trace trace = ride(1);
    trace.drawings[0].shapes = {{.role = Shape::Role::part, .points = {{-50.0, 90.0}, {5.0, 1.0}}},
                                {.points = {{1e300, -1e300}}, .radius = 1e300}};
    EXPECT_GT(count_of(trace_text(trace, 60), "o"), 0U);
    EXPECT_EQ(count_of(trace_text(trace, 60), "#"), 0U);
}

TEST(TraceOutput, ShowsAtMostTwelveMomentsAsSvg) {
    EXPECT_EQ(count_of(trace_svg(ride(500)), "<text"), 12U);
    EXPECT_EQ(count_of(trace_svg(ride(5)), "<text"), 5U);
    const std::string svg = trace_svg(ride(5));
    EXPECT_EQ(count_of(svg, "<circle"), 5U);
    EXPECT_EQ(count_of(svg, "<polyline"), 5U);
    EXPECT_EQ(count_of(svg, "<g "), count_of(svg, "</g>"));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST(TraceOutput, IsEmptyWhereThereIsNoPicture) {
    Trace trace = ride(3);
    trace.drawings.clear();
    EXPECT_EQ(trace_svg(trace), "");
    EXPECT_EQ(trace_text(trace, 80), "");
    EXPECT_NE(trace_csv(trace), "");
}

}  // namespace
}  // namespace clade
