#include "terminal/safe_output.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <sstream>

namespace clade {
namespace {

TEST(SafeText, KeepsLinesAndItsOwnSequencesAlone) {
    EXPECT_EQ(safe_text("one\ntwo\n"), "one\ntwo\n");
    EXPECT_EQ(safe_text(""), "");
    EXPECT_EQ(safe_text("a\x1b[2J\tb\r\n"), "a\\u001b[2J\\tb\\r\n");
    EXPECT_EQ(safe_text("a" + control_sequence("\x1b[32m") + "b\x1b[0m" + control_sequence("\x1b[0m") + "\n"),
              "a\x1b[32mb\\u001b[0m\x1b[0m\n");
}

TEST(SafeText, OfAForgedSequenceIsEscaped) {
    std::string forged = control_sequence("\x1b[32m");
    forged[1] = forged[1] == '0' ? '1' : '0';  // a mark that is not that of this process
    EXPECT_EQ(safe_text(forged).find('\x1b'), std::string::npos);
    const std::string cut = control_sequence("\x1b[32m").substr(0, 20);
    EXPECT_EQ(safe_text(cut).find('\x1b'), std::string::npos);
}

TEST(OneLine, HasNoLineEndsAndKeepsSequences) {
    EXPECT_EQ(one_line(""), "");
    EXPECT_EQ(one_line("a b"), "a b");
    EXPECT_EQ(one_line("\na\n\nb\n"), "\\na\\n\\nb\\n");
    EXPECT_EQ(safe_text(one_line(control_sequence("\x1b[1m") + "a\n\x1b")), "\x1b[1ma\\n\\u001b");
}

TEST(SafeBuffer, SeesSequencesThatComeInPieces) {
    std::ostringstream plain;
    SafeBuffer buffer(plain.rdbuf());
    std::ostream out(&buffer);
    for (const char byte : "caf\xC3\xA9 " + control_sequence("\x1b[1m") + "bold\x1b") out << byte;
    out << std::flush;
    EXPECT_EQ(plain.str(), "caf\xC3\xA9 \x1b[1mbold\\u001b");
}

TEST(SafeBuffer, HoldsBackNoLine) {
    std::ostringstream plain;
    SafeBuffer buffer(plain.rdbuf());
    std::ostream out(&buffer);
    out << "one\ntw";
    EXPECT_EQ(plain.str(), "one\n");
    out << 'o' << std::flush;
    EXPECT_EQ(plain.str(), "one\ntwo");
}

TEST(SafeBuffer, SaysWhenNothingCanBeWritten) {
    class Full final : public std::streambuf {};  // takes no character
    Full full;
    SafeBuffer buffer(&full);
    std::ostream out(&buffer);
    out << "text" << std::flush;
    EXPECT_FALSE(out);
}

}  // namespace
}  // namespace clade
