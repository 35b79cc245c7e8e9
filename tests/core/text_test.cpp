#include <clade/core/text.hpp>

#include <gtest/gtest.h>

namespace clade {
namespace {

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
    EXPECT_EQ(printable("a\nb\tc\rd\x1b"), "a\\nb\\tc\\rd\\x1b");
    EXPECT_EQ(printable("\xC3\xA9"), "\xC3\xA9");
}

TEST(Text, IsShortenedBetweenCharacters) {
    EXPECT_EQ(printable("abcdef", 3), "abc...");
    EXPECT_EQ(printable("ab\xC3\xA9", 3), "ab...");
    EXPECT_EQ(printable("ab\xC3\xA9", 4), "ab\xC3\xA9");
}

}  // namespace
}  // namespace clade
