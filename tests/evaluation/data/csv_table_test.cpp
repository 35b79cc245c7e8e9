#include "tests/support/messages.hpp"

#include <clade/evaluation/data/csv_table.hpp>

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace clade {
namespace {

/// What is said of a text that is no good; empty if it is read.
std::string complaint(const std::string& text, CsvSeparator separator = CsvSeparator::automatic) {
    try {
        parse_csv(text, "f.csv", separator).problems.finish();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// What is said of a column's numbers.
std::string number_complaint(const std::string& text, std::string_view column) {
    const CsvTable table = parse_csv(text, "f.csv");
    std::vector<float> numbers(table.row_count());
    CsvProblems problems(table.file);
    read_numbers(table, table.find_column(column, problems).value(), numbers, problems);
    try {
        problems.finish();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(CsvTable, ReadsAHeaderAndRows) {
    const CsvTable table = parse_csv("a,b\n1,2\n3,4\n", "f.csv");
    ASSERT_EQ(table.column_count(), 2U);
    ASSERT_EQ(table.row_count(), 2U);
    EXPECT_EQ(table.header[1].text, "b");
    EXPECT_EQ(table.cell(1, 0).text, "3");
    EXPECT_EQ(table.cell(1, 1).line, 3);
    EXPECT_EQ(table.cell(1, 1).column, 3);
    CsvProblems problems("f.csv");
    EXPECT_EQ(table.find_column("b", problems), 1U);
}

TEST(CsvTable, TellsSeparatorsApartByTheHeader) {
    for (const std::string separator : {",", ";", "\t"}) {
        const CsvTable table = parse_csv("a" + separator + "b\n1" + separator + "2\n", "f.csv");
        EXPECT_EQ(table.column_count(), 2U) << separator;
        EXPECT_EQ(table.cell(0, 1).text, "2");
    }
    EXPECT_EQ(parse_csv("\"a,x,y\";b\n1;2\n", "f.csv").column_count(), 2U) << "separators in quotes do not count";
    EXPECT_EQ(parse_csv("a,b;c\n1,2;3\n", "f.csv", CsvSeparator::semicolon).column_count(), 2U);
}

TEST(CsvTable, ReadsEveryLineEndAndAByteOrderMark) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const CsvTable table = parse_csv(
            "\xEF\xBB\xBF"
            "a,b" +
                end + "1,2" + end + "3,4",
            "f.csv");
        ASSERT_EQ(table.row_count(), 2U);
        EXPECT_EQ(table.header[0].text, "a");
        EXPECT_EQ(table.cell(1, 1).text, "4");
        EXPECT_EQ(table.cell(1, 1).line, 3);
    }
}

TEST(CsvTable, ReadsQuotedFields) {
    const CsvTable table = parse_csv("name,x\n\"a, \"\"b\"\"\nc\" ,1\n d e ,2\n", "f.csv");
    EXPECT_EQ(table.cell(0, 0).text, "a, \"b\"\nc");
    EXPECT_EQ(table.cell(1, 0).text, "d e") << "blanks around are no part of the field";
    EXPECT_EQ(table.cell(1, 1).line, 4);
}

TEST(CsvTable, CountsColumnsInCharacters) {
    const CsvTable table = parse_csv("größe,x\nü,1\n", "f.csv");
    EXPECT_EQ(table.header[1].column, 7);
    EXPECT_EQ(table.cell(0, 1).column, 3);
}

TEST(CsvTable, IgnoresBlankLinesAtTheEndOnly) {
    EXPECT_EQ(parse_csv("a,b\n1,2\n\n\n", "f.csv").row_count(), 1U);
    EXPECT_EQ(complaint("a,b\n1,2\n\n3,4\n"), "f.csv:3:1: a row must have 2 fields like the header, got a blank line");
}

TEST(CsvTable, SaysWhereARowHasAWrongNumberOfFields) {
    EXPECT_EQ(complaint("a,b\n1,2\n3\n4,5,6\n"),
              "f.csv:3:1: a row must have 2 fields like the header, got 1\n"
              "f.csv:4:1: a row must have 2 fields like the header, got 3");
}

TEST(CsvTable, RefusesHeadersWithoutOrWithEqualNames) {
    EXPECT_EQ(complaint("a,,b\n1,2,3\n"), "f.csv:1:3: a column name must not be empty");
    EXPECT_EQ(complaint("a,b,a\n1,2,3\n"), "f.csv:1:5: column names must be unique, got 'a' again");
}

TEST(CsvTable, RefusesTablesWithoutRows) {
    EXPECT_EQ(complaint(""), "f.csv:1:1: a header row must come first, got an empty file");
    EXPECT_EQ(complaint("a,b\n"), "f.csv:2:1: at least one row must follow the header, got none");
    EXPECT_EQ(complaint("a,b"), "f.csv:2:1: at least one row must follow the header, got none");
}

TEST(CsvTable, RefusesBrokenQuotes) {
    EXPECT_EQ(complaint("a,b\n1,\"2\n"), "f.csv:2:3: a quoted field must be closed, got the end of the file");
    EXPECT_EQ(complaint("a,b\n1,\"2\"x\n"), "f.csv:2:6: a separator must follow a quoted field, got other text");
    EXPECT_EQ(complaint("a,b\n1,2\"\n"), "f.csv:2:4: a quote must enclose the whole field, got one within it");
}

TEST(CsvTable, RefusesWhatIsNotText) {
    const std::string rule = ": the file must be UTF-8 text, got binary data or another encoding; save it as UTF-8";
    EXPECT_EQ(complaint(std::string("a,b\n1,\0\n", 8)), "f.csv:2:3" + rule);
    EXPECT_EQ(complaint("a,\xC3\xA9\n\xC3\xA9,caf\xE9\n"), "f.csv:2:6" + rule);
}

TEST(CsvTable, ShowsWhatItFoundOnOneLine) {
    EXPECT_EQ(number_complaint("a,b\n1,\"x\ny\t\x1b[31m\"\n", "b"),
              "f.csv:2:3: column 'b' must hold finite numbers, got 'x\\ny\\t\\u001b[31m'");
}

TEST(CsvTable, SaysHowToWriteNumbersWithCommas) {
    const std::string hint = "; numbers have a decimal point and no other separators";
    EXPECT_EQ(number_complaint("a;b\n1;2,5\n3;1,000,000\n4;a,b\n", "b"),
              "f.csv:2:3: column 'b' must hold finite numbers, got '2,5'" + hint +
                  "\nf.csv:3:3: column 'b' must hold finite numbers, got '1,000,000'" + hint +
                  "\nf.csv:4:3: column 'b' must hold finite numbers, got 'a,b'");
}

TEST(CsvTable, SaysWhichFieldsAreMissingOrNoNumbers) {
    EXPECT_EQ(number_complaint("a,b\n1,\n2,x\n3,1e999\n4,nan\n5,inf\n6,1e39\n7,1 2\n8,-1.5e3\n", "b"),
              "f.csv:2:3: column 'b' must have a number in every row, got a missing value\n"
              "f.csv:3:3: column 'b' must hold finite numbers, got 'x'\n"
              "f.csv:4:3: column 'b' must hold finite numbers, got '1e999'\n"
              "f.csv:5:3: column 'b' must hold finite numbers, got 'nan'\n"
              "f.csv:6:3: column 'b' must hold finite numbers, got 'inf'\n"
              "f.csv:7:3: column 'b' must hold finite numbers, got '1e39'\n"
              "f.csv:8:3: column 'b' must hold finite numbers, got '1 2'");
}

TEST(CsvTable, ReadsNumbersAsTheyAreWritten) {
    const CsvTable table = parse_csv("a\n-1.5\n+2\n3e2\n\"0.1\"\n 7 \n", "f.csv");
    std::vector<float> numbers(table.row_count());
    CsvProblems problems("f.csv");
    read_numbers(table, 0, numbers, problems);
    EXPECT_TRUE(problems.empty());
    EXPECT_EQ(numbers, (std::vector<float>{-1.5F, 2.0F, 300.0F, 0.1F, 7.0F}));
}

TEST(CsvTable, StopsListingAfterTwentyProblemsAndCountsTheRest) {
    std::string text = "a,b\n";
    for (int row = 0; row < 25; ++row) text += "1\n";
    const std::string said = complaint(text);
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 20);
    EXPECT_NE(said.find("and 5 more problems"), std::string::npos);
}

TEST(CsvTable, SuggestsColumnNames) {
    const CsvTable table = parse_csv("species,x\nsetosa,1\n", "f.csv");
    CsvProblems problems("f.csv");
    EXPECT_EQ(table.find_column("x", problems), 1U);
    for (const char* name : {"specis", "X", "z"}) EXPECT_EQ(table.find_column(name, problems), std::nullopt);
    try {
        problems.finish();
        FAIL();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(),
                     "f.csv:1:1: the header must name column 'specis'; did you mean 'species'?\n"
                     "f.csv:1:1: the header must name column 'X'; did you mean 'x'?\n"
                     "f.csv:1:1: the header must name column 'z', got: species x");
    }
}

TEST(CsvTable, ReadsFilesAndNamesThoseItCannot) {
    EXPECT_EQ(read_csv(CLADE_SOURCE_DIR "/configs/data/iris.csv").row_count(), 150U);
    EXPECT_EQ(message_of([] { (void)read_csv("/nowhere/f.csv"); }), "/nowhere/f.csv: must be a file that can be read");
}

}  // namespace
}  // namespace clade
