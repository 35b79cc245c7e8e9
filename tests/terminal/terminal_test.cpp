#include "terminal/terminal.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace clade {
namespace {

TEST(Terminal, GroupsTheDigitsOfANumber) {
    EXPECT_EQ(grouped(0.0), "0");
    EXPECT_EQ(grouped(999.4), "999");
    EXPECT_EQ(grouped(999.6), "1,000");
    EXPECT_EQ(grouped(12345.0), "12,345");
    EXPECT_EQ(grouped(1234567.0), "1,234,567");
    EXPECT_EQ(grouped(-999.0), "-999");
    EXPECT_EQ(grouped(-1000.0), "-1,000");
    EXPECT_EQ(grouped(std::numeric_limits<double>::infinity()), "inf");
}

TEST(Terminal, QuotesWhatAShellWouldTakeApart) {
    EXPECT_EQ(quoted("runs/xor-1"), "runs/xor-1");
    EXPECT_EQ(quoted("my runs"), "'my runs'");
    EXPECT_EQ(quoted("it's"), "'it'\\''s'");
}

}  // namespace
}  // namespace clade
