#include "clade/output/live_line.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace clade {
namespace {

TEST(FittedLine, LeavesOutTheLeastImportantFieldsWhole) {
    const std::vector<LineField> fields{{"generations 12/100", 10}, {"best 12.25", 8}, {"mean 4.5", 3}, {"1.0 s", 6}};
    EXPECT_EQ(fitted_line(fields, 80), "generations 12/100  best 12.25  mean 4.5  1.0 s");
    EXPECT_EQ(fitted_line(fields, 47), "generations 12/100  best 12.25  mean 4.5  1.0 s");
    EXPECT_EQ(fitted_line(fields, 46), "generations 12/100  best 12.25  1.0 s");
    EXPECT_EQ(fitted_line(fields, 36), "generations 12/100  best 12.25");
    EXPECT_EQ(fitted_line(fields, 18), "generations 12/100");
    EXPECT_EQ(fitted_line(fields, 17), "") << "never a part of a number";
    EXPECT_EQ(fitted_line(fields, 0), "");
    EXPECT_EQ(fitted_line({}, 10), "");
}

TEST(FittedLine, HasNoGapForAnEmptyField) {
    EXPECT_EQ(fitted_line({{"", 9}, {"a", 1}, {"", 1}, {"b", 1}}, 10), "a  b");
    EXPECT_EQ(fitted_line({{"a", 1}, {"b", 1}}, 3), "a") << "of equals the last goes first";
    EXPECT_EQ(fitted_line({{"\u00e4\u00e4", 1}}, 2), "\u00e4\u00e4");
}

TEST(NextLineAt, ComesMoreSeldomTheLongerItTakes) {
    std::vector<double> moments{0.0};
    while (moments.back() < 1800.0) moments.push_back(next_line_at(moments.back()));
    EXPECT_EQ(moments, (std::vector<double>{0, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800}));
    EXPECT_EQ(next_line_at(7.5), 10.0) << "after a line that was late";
}

}  // namespace
}  // namespace clade
