#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"
#include "tests/support/lines.hpp"

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace clade {
namespace {

using Align = TextTable::Align;

std::size_t widest(const std::string& text) {
    std::size_t width = 0;
    for (const std::string& line : lines_of(text)) width = std::max(width, display_width(line));
    return width;
}

TextTable reference_of(const std::string& meaning) {
    TextTable table;
    table.column("key", Align::left);
    table.column("meaning", Align::left, true);
    table.row({"seed", meaning});
    return table;
}

TEST(TextTable, AlignsNumbersRightAndWordsLeftUnderARuledHeader) {
    TextTable table;
    table.column("name", Align::left);
    table.column("size");
    table.row({"a", "7"});
    table.row({"longer", "1234"});
    EXPECT_EQ(table.text(80),
              "name    size\n"
              "------  ----\n"
              "a          7\n"
              "longer  1234\n");
}

TEST(TextTable, IsAHeaderAloneWithoutRowsAndNothingWithoutColumns) {
    TextTable table;
    EXPECT_EQ(table.text(80), "");
    table.column("name");
    EXPECT_EQ(table.text(80), "name\n----\n");
    EXPECT_EQ(table.row_count(), 0U);
}

TEST(TextTable, EndsNoLineWithSpaces) {
    TextTable table = reference_of("");
    for (const std::string& line : lines_of(table.text(80))) EXPECT_FALSE(line.ends_with(' ')) << line;
}

TEST(TextTable, BreaksWrappingColumnsBetweenWordsWhereTheTableIsTooWide) {
    const TextTable table = reference_of("Seed of all random numbers, drawn from the system if null.");
    EXPECT_EQ(table.text(30),
              "key   meaning\n"
              "----  ------------------------\n"
              "seed  Seed of all random\n"
              "      numbers, drawn from the\n"
              "      system if null.\n");
}

TEST(TextTable, FitsEveryWidthThatLeavesRoomForWrapping) {
    const TextTable table = reference_of("Seed of all random numbers, drawn from the system if null.");
    for (std::size_t width = 20; width < 100; ++width) EXPECT_LE(widest(table.text(width)), width);
}

TEST(TextTable, LosesNoWordByWrapping) {
    const std::string meaning = "one two three four five six seven eight nine ten eleven twelve";
    for (std::size_t width = 1; width < 80; ++width) {
        std::string text = reference_of(meaning).text(width);
        std::istringstream words(text.substr(text.find("seed") + 4));
        std::string joined;
        for (std::string word; words >> word;) joined += (joined.empty() ? "" : " ") + word;
        EXPECT_EQ(joined, meaning) << width;
    }
}

TEST(TextTable, CutsAWordThatIsLongerThanItsColumn) {
    const std::string word(60, 'x');
    const TextTable table = reference_of(word);
    const std::string text = table.text(30);
    EXPECT_LE(widest(text), 30U);
    EXPECT_EQ(std::count(text.begin(), text.end(), 'x'), 60);
}

TEST(TextTable, NeverCutsAMultibyteCharacter) {
    std::string word;
    for (int i = 0; i < 60; ++i) word += "é";
    for (const std::string& line : lines_of(reference_of(word).text(30))) {
        const auto lead = std::count(line.begin(), line.end(), '\xc3');
        EXPECT_EQ(lead, std::count(line.begin(), line.end(), '\xa9')) << line;
    }
}

TEST(TextTable, StaysWiderThanAskedRatherThanBreakColumnsThatDoNotWrap) {
    TextTable table;
    table.column("a long header");
    table.row({"0123456789012345678901234567890123456789"});
    EXPECT_EQ(widest(table.text(10)), 40U);
}

TEST(TextTable, LeavesOutTheLeastImportantColumnsWhereItIsTooWide) {
    TextTable table;
    table.column("generation");
    table.columns({{"best", 3}, {"mean", 1}, {"species", 2}, {"hidden", 1}});
    table.row({"12", "15.9", "4.5", "7", "2"});
    const auto header = [&](std::size_t width) { return lines_of(table.text(width)).front(); };
    EXPECT_EQ(header(80), "generation  best  mean  species  hidden");
    EXPECT_EQ(header(39), "generation  best  mean  species  hidden");
    EXPECT_EQ(header(38), "generation  best  mean  species") << "of equals the last";
    EXPECT_EQ(header(30), "generation  best  species");
    EXPECT_EQ(header(20), "generation  best");
    EXPECT_EQ(header(5), "generation") << "is never left out";
    EXPECT_EQ(table.text(16), "generation  best\n----------  ----\n        12  15.9\n");
}

TEST(TextTable, WrapsBeforeItLeavesAColumnOut) {
    TextTable table;
    table.column("name", Align::left, true);
    table.column("value", Align::right, false, 1);
    table.row({"a name of several words that wraps", "1"});
    EXPECT_EQ(lines_of(table.text(20)).front(), "name           value");
    EXPECT_EQ(lines_of(table.text(14)).front(), "name");
}

TEST(TextTable, KeepsTheLineBreaksAndLeadingSpaceOfACell) {
    TextTable table;
    table.column("key", Align::left);
    table.column("value");
    table.row({"  nested", "1\n23"});
    EXPECT_EQ(table.text(80),
              "key       value\n"
              "--------  -----\n"
              "  nested      1\n"
              "             23\n");
}

TEST(TextTable, RefusesARowWithTooFewCells) {
    TextTable table;
    table.column("a");
    table.column("b");
    EXPECT_THROW(table.row({"1"}), LogicError);
}

TEST(CsvCell, QuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(csv_cell("plain text"), "plain text");
    EXPECT_EQ(csv_cell(""), "");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_cell(" edge"), "\" edge\"");
}

}  // namespace
}  // namespace clade
