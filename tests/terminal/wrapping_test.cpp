#include "terminal/wrapping.hpp"
#include "terminal/safe_output.hpp"

#include <gtest/gtest.h>

namespace clade {
namespace {

std::string green(const std::string& text) { return control_sequence("\x1b[32m") + text + control_sequence("\x1b[0m"); }

TEST(DisplayWidth, CountsCharactersNotBytesNorStyles) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("äöü €"), 5U);
    EXPECT_EQ(display_width(green("solved") + " in"), 9U);
    EXPECT_EQ(display_width("\x1b[ no end"), 9U);  // none of the program's own
}

TEST(WidestLine, IsOfAllItsLines) {
    EXPECT_EQ(widest_line(""), 0U);
    EXPECT_EQ(widest_line("a\nbcd\n"), 3U);
    EXPECT_EQ(widest_line("abcd\nb"), 4U);
}

TEST(WrappedLines, BreaksAtLineBreaksThenBetweenWordsThenWithinAWord) {
    EXPECT_EQ(wrapped_lines("", 5), std::vector<std::string>{""});
    EXPECT_EQ(wrapped_lines("one two three", 7), (std::vector<std::string>{"one two", "three"}));
    EXPECT_EQ(wrapped_lines("one\n\ntwo", 7), (std::vector<std::string>{"one", "", "two"}));
    EXPECT_EQ(wrapped_lines("abcdefgh ij", 5), (std::vector<std::string>{"abcde", "fgh", "ij"}));
    EXPECT_EQ(wrapped_lines("ab", 0), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(wrapped("one two three\n", 7), "one two\nthree\n");
    EXPECT_EQ(wrapped("", 7), "");
}

TEST(WrappedLines, LeavesAStyleWhole) {
    EXPECT_EQ(wrapped(green("solved") + " in two", 9), green("solved") + " in\ntwo");
    EXPECT_EQ(wrapped(green("abcd"), 2), green("ab\ncd"));
}

TEST(WrappedLines, ReadsALongTextOnce) {
    // Read once a line, it would take 5e10 steps.
    const std::string text(1'000'000, 'x');
    const std::vector<std::string> lines = wrapped_lines(text, 10);
    EXPECT_EQ(lines.size(), 100'000U);
    EXPECT_EQ(lines.back(), "xxxxxxxxxx");
}

TEST(Paragraphs, AreBrokenBetweenWordsAlone) {
    EXPECT_EQ(paragraphs("one two three\nfour", 7), "one two\nthree\nfour");
    EXPECT_EQ(paragraphs("run: runs/xor-20260101-120000-42 is done", 12), "run:\nruns/xor-20260101-120000-42\nis done");
    EXPECT_EQ(paragraphs("runs/xor-20260101\n", 5), "runs/xor-20260101\n");
    EXPECT_EQ(paragraphs("", 5), "");
    EXPECT_EQ(paragraphs("a b", 0), "a\nb");
}

TEST(Paragraphs, LeaveCommandsToCopyAsTheyAre) {
    EXPECT_EQ(paragraphs("go on with\n  clade resume runs/x --set a=b\n", 10),
              "go on with\n  clade resume runs/x --set a=b\n");
}

}  // namespace
}  // namespace clade
