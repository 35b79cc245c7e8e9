#include <clade/core/text.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

TEST(Listed, NamesTheFirstOnesAndHowManyMoreThereAre) {
    EXPECT_EQ(listed({}, ", ", 2), "");
    EXPECT_EQ(listed({"a", "b"}, ", ", 2), "a, b");
    EXPECT_EQ(listed({"a", "b", "c", "d"}, " ", 2), "a b and 2 more");
}

TEST(Text, KnowsTheLengthOfUtf8Characters) {
    EXPECT_EQ(utf8_length(""), 0U);
    EXPECT_EQ(utf8_length("ab"), 1U);
    EXPECT_EQ(utf8_length("\xC3\xA9"), 2U);
    EXPECT_EQ(utf8_length("\xE2\x82\xAC"), 3U);
    EXPECT_EQ(utf8_length("\xF0\x9F\x8C\xB3"), 4U);
}

TEST(Text, RefusesWhatIsNoUtf8) {
    for (const char* bytes : {"\xE9", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x80"}) {
        EXPECT_EQ(utf8_length(bytes), 0U);
    }
}

TEST(Text, IsPrintedOnOneLine) {
    EXPECT_EQ(printable("a\nb\tc\rd\x1b"), "a\\nb\\tc\\rd\\u001b");
    EXPECT_EQ(printable("\xC3\xA9"), "\xC3\xA9");
}

TEST(Text, ThatSteersATerminalIsEscaped) {
    EXPECT_EQ(escaped("a\x1b]0;title\x07"), "a\\u001b]0;title\\u0007");
    EXPECT_EQ(escaped(std::string_view("\0\x7F", 2)), "\\u0000\\u007f");
    EXPECT_EQ(escaped("\xC2\x9B\x33\x31m"), "\\u009b31m");
    EXPECT_EQ(escaped("\xE2\x80\xAE,\xE2\x81\xA6,\xD8\x9C,\xE2\x80\xA8"), "\\u202e,\\u2066,\\u061c,\\u2028");
    EXPECT_EQ(escaped("\xFF\x9B caf\xE9"), "\\xff\\x9b caf\\xe9");
}

TEST(Text, ThatIsOrdinaryStaysAsItIs) {
    EXPECT_EQ(escaped("a \\ \" \xC2\xA0 \xC3\xA9 \xE2\x80\x93 \xF0\x9F\x8C\xB3"),
              "a \\ \" \xC2\xA0 \xC3\xA9 \xE2\x80\x93 \xF0\x9F\x8C\xB3");
    EXPECT_EQ(escaped(""), "");
}

TEST(Text, IsShortenedBetweenCharacters) {
    EXPECT_EQ(printable("abcdef", 3), "abc...");
    EXPECT_EQ(printable("ab\xC3\xA9", 3), "ab...");
    EXPECT_EQ(printable("ab\xC3\xA9", 4), "ab\xC3\xA9");
}

}  // namespace
}  // namespace clade
