// Reading files as people have them.
#include "tests/support/folder_test.hpp"
#include "tests/support/messages.hpp"

#include <clade/evaluation/data/table_reader.hpp>

#include <clade/core/random/random.hpp>

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

namespace clade {
namespace {

using Doubles = std::vector<double>;

/// All columns are inputs but the last, which is the target.
DataTable number_table(const std::string& text, const std::string& target, const CsvFormat& format = {},
                       const ColumnOptions& options = {}) {
    return parse_table(text, "f.csv", format, {.features = {}, .targets = {target}, .labels = {}, .options = options});
}

DataTable labelled_table(const std::string& text, const std::string& label, const CsvFormat& format = {},
                         const ColumnOptions& options = {}) {
    return parse_table(text, "f.csv", format, {.features = {}, .targets = {}, .labels = {label}, .options = options});
}

/// What is said of a file; empty if it is read.
std::string reading_complaint(const std::string& text, const std::string& target, const CsvFormat& format = {},
                              const ColumnOptions& options = {}) {
    try {
        (void)number_table(text, target, format, options);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

TEST(TableReader, KeepsNumbersInDoublePrecision) {
    const DataTable table = number_table("t,y\n1700000001,1000000001\n1700000002,1000000002\n0.1,1e150\n", "y");
    EXPECT_EQ(table.inputs[0].values, (Doubles{1700000001.0, 1700000002.0, 0.1}));
    EXPECT_EQ(table.targets[0].values, (Doubles{1000000001.0, 1000000002.0, 1e150}));
}

TEST(TableReader, JudgesTheSeparatorByHeaderAndRowsTogether) {
    for (const std::string separator : {",", ";", "\t", "|", " ", "   "}) {
        const DataTable table = number_table("a" + separator + "y\n1" + separator + "2\n3" + separator + "4\n", "y");
        EXPECT_EQ(table.inputs[0].values, (Doubles{1, 3})) << separator;
    }
    EXPECT_EQ(number_table("\"a,x,z\";y\n1;2\n", "y").inputs[0].name, "a,x,z") << "separators in quotes do not count";
    EXPECT_EQ(number_table("size (m, s, l);y\n1;2\n3;4\n", "y").inputs[0].name, "size (m, s, l)")
        << "rows have no comma";
    EXPECT_EQ(number_table("my column;y\n1;2\n3;4\n", "y").inputs[0].name, "my column") << "texts have blanks too";
    EXPECT_EQ(number_table("a;y\n1,5;2,5\n", "y", {.decimal = DecimalMark::comma}).targets[0].values, Doubles{2.5});
}

TEST(TableReader, ReadsAlignedColumns) {
    const DataTable table = number_table("  a     y\n  1.5   2\n 10   -3\n", "y");
    EXPECT_EQ(table.inputs[0].values, (Doubles{1.5, 10}));
    EXPECT_EQ(table.targets[0].values, (Doubles{2, -3}));
}

TEST(TableReader, ReadsEveryLineEndAndAByteOrderMark) {
    for (const std::string end : {"\n", "\r\n", "\r\r\n", "\r"}) {
        for (const std::string& last : {std::string(), end, end + end}) {
            const DataTable table = number_table(
                "\xEF\xBB\xBF"
                "a,y" +
                    end + "1,2" + end + end + "3,4" + last,
                "y");
            EXPECT_EQ(table.inputs[0].values, (Doubles{1, 3}));
        }
    }
}

TEST(TableReader, LeavesEmptyRowsAtTheEndOut) {
    EXPECT_EQ(number_table("a,y\n1,2\n3,4\n,\n,\n\n", "y").row_count(), 2U);
    EXPECT_EQ(reading_complaint("a,y\n1,2\n,\n3,4\n", "y").substr(0, 58),
              "f.csv:4:1: column 'y' must have a number in every row, got");
}

TEST(TableReader, ReadsQuotedFields) {
    const DataTable table = labelled_table("x,name\n\"  1.5\",\"a, \"\"b\"\"\nc\" \n2, d e \n\"\",f\n", "name", {},
                                           {.fill = MissingValues::mean});
    EXPECT_EQ(table.labels[0].classes, (std::vector<std::string>{"a, \"b\"\nc", "d e", "f"}))
        << "blanks around are no part";
    EXPECT_EQ(table.inputs[0].values[0], 1.5);
    EXPECT_TRUE(std::isnan(table.inputs[0].values[2]));
}

TEST(TableReader, RefusesBrokenQuotes) {
    EXPECT_EQ(reading_complaint("a,y\n1,\"2\n", "y"),
              "f.csv:2:3: a quoted field must be closed, got the end of the file");
    EXPECT_EQ(reading_complaint("a,y\n1,\"2\"x\n", "y"),
              "f.csv:2:6: a separator must follow a quoted field, got other text");
    EXPECT_NE(reading_complaint("a,y\n1\",2\n", "y")
                  .find("f.csv:2:2: a quote must enclose the whole field, got one within it"),
              std::string::npos);
}

TEST(TableReader, ReadsFilesWithoutAHeader) {
    const DataTable table = number_table("1,2\n3,4\n", "c2", {.header = CsvHeader::no});
    EXPECT_EQ(table.inputs[0].name, "c1");
    EXPECT_EQ(table.inputs[0].values, (Doubles{1, 3}));
    EXPECT_EQ(number_table("1,2\n3,4\n", "y", {.names = {"x", "y"}}).inputs[0].values, (Doubles{1, 3}));
    EXPECT_EQ(number_table("a,b\n3,4\n", "y", {.header = CsvHeader::yes, .names = {"x", "y"}}).inputs[0].values,
              Doubles{3});
    EXPECT_NE(reading_complaint("1,2\n3,4\n", "y", {.names = {"y"}})
                  .find("names must have a name for each of 2 columns, got 1"),
              std::string::npos);
}

TEST(TableReader, NoticesAHeaderThatIsData) {
    const std::string flowers = "5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n";
    EXPECT_EQ(
        message_of([&] { (void)labelled_table(flowers, "setosa"); }),
        "f.csv:1:1: a header row must come first, got one that looks like data; set header: false (columns c1, c2, "
        "...) or names, or header: true if it is one");
    EXPECT_EQ(labelled_table(flowers, "c3", {.header = CsvHeader::no}).row_count(), 3U);
    EXPECT_EQ(number_table("2019,2020,2021\n1,2,3\n", "2021").inputs[1].name, "2020")
        << "numbers that count up are names";
}

TEST(TableReader, LeavesOutWhatIsExcluded) {
    const std::string text = "id,,name,x_1,x_2,name,y\n7,u,a,1,2,b,3\n8,v,a,4,5,b,6\n";
    const DataTable table = number_table(text, "y", {}, {.exclude = {"id", "", "name"}});
    ASSERT_EQ(table.inputs.size(), 2U);
    EXPECT_EQ(table.inputs[1].values, (Doubles{2, 5}));
    EXPECT_EQ(number_table(text, "y", {}, {.exclude = {"i?", "", "na*", "x_*1"}}).inputs.size(), 1U);
    EXPECT_EQ(reading_complaint(text, "y"),
              "f.csv:1:4: a column name must not be empty; set exclude: [''] or names\n"
              "f.csv:1:18: column names must be unique, got 'name' again; exclude it, or set names");
    EXPECT_NE(reading_complaint(text, "y", {}, {.exclude = {"id", "", "name", "x_3"}})
                  .find("exclude: the header must name column 'x_3'; did you mean"),
              std::string::npos);
}

TEST(TableReader, ReadsCategoriesBooleansRanksAndTimes) {
    const DataTable table = number_table(
        "city,size,paid,at,y\nRome,small,yes,1970-01-02,1\nBonn,large,No,1970-01-01T01:00:00.5+01:00,2\nRome,medium,1,"
        "1969-12-31 23:59,3\n",
        "y", {},
        {.categorical = {"city"}, .ordinal = {"size=small<medium<large"}, .boolean = {"paid"}, .time = {"a*"}});
    EXPECT_EQ(table.inputs[0].categories, (std::vector<std::string>{"Bonn", "Rome"}));
    EXPECT_EQ(table.inputs[0].values, (Doubles{1, 0, 1}));
    EXPECT_EQ(table.inputs[1].values, (Doubles{0, 2, 1}));
    EXPECT_EQ(table.inputs[2].values, (Doubles{1, 0, 1}));
    EXPECT_EQ(table.inputs[3].values, (Doubles{86400, 0.5, -60}));
}

TEST(TableReader, RefusesTimesThatAreNone) {
    for (const std::string time :
         {"2023-02-29", "2024-13-01", "2024-01-01T25:00", "2024-01-01T10", "01/02/2024", "2024-01-01 10:00x"}) {
        EXPECT_EQ(reading_complaint("t,y\n" + time + ",1\n", "y", {}, {.time = {"t"}}),
                  "f.csv:2:1: column 't' must hold ISO 8601 dates or times, got '" + time +
                      "'; write 2024-02-29 or 2024-02-29T13:30:05, or exclude it");
    }
    EXPECT_EQ(reading_complaint("t,y\n2024-02-29T24:00Z,1\n", "y", {}, {.time = {"t"}}), "");
}

TEST(TableReader, KnowsMissingValues) {
    const std::string text = "a,y\n1,1\n?,2\nNA,3\n-999,4\n,5\n";
    EXPECT_EQ(
        reading_complaint(text, "y"),
        "f.csv:3:1: column 'a' must have a number in every row, got '?', a missing value (the first of 3); set fill: "
        "median or another, or exclude the column");
    CsvFormat format;
    format.missing.emplace_back("-999");
    const DataTable table = number_table(text, "y", format, {.fill = MissingValues::median});
    EXPECT_EQ(std::ranges::count_if(table.inputs[0].values, [](double v) { return std::isnan(v); }), 4);
    EXPECT_EQ(number_table(text, "y", format, {.fill = MissingValues::drop_row}).inputs[0].values, Doubles{1});
    EXPECT_EQ(number_table(text, "y", format, {.column_fill = {"a=drop_row"}}).targets[0].values, Doubles{1});
}

TEST(TableReader, NeverTakesAMissingLabelForAClass) {
    const std::string text = "a,l\n1,u\n2,?\n3,v\n4,\n";
    EXPECT_EQ(message_of([&] { (void)labelled_table(text, "l", {}, {.fill = MissingValues::mean}); }),
              "f.csv:3:3: column 'l' must have a label in every row, got '?', a missing value (the first of 2); set "
              "column_fill: ['l=drop_row'], or take it out of missing");
    const DataTable table = labelled_table(text, "l", {}, {.column_fill = {"l=drop_row"}});
    EXPECT_EQ(table.labels[0].classes, (std::vector<std::string>{"u", "v"}));
    EXPECT_EQ(table.labels[0].codes, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(labelled_table("a,l\n1,u\n2,?\n", "l", {.missing = {}}).labels[0].classes.size(), 2U)
        << "unless it is said to be one";
}

TEST(TableReader, ReadsNumbersAsTheyAreWrittenElsewhere) {
    EXPECT_EQ(number_table("a;y\n1.234,5;2\n", "y", {.decimal = DecimalMark::comma, .thousands = "."}).inputs[0].values,
              Doubles{1234.5});
    EXPECT_EQ(number_table("a;y\n1,234,567;2\n", "y", {.thousands = ","}).inputs[0].values, Doubles{1234567});
    EXPECT_EQ(number_table("a;y\n$1.50;12 %\n-$2;-3%\n", "y", {.strip = {"$", "%"}}).inputs[0].values,
              (Doubles{1.5, -2}));
    EXPECT_EQ(
        number_table("a;y\n1 234;2\n", "y", {.separator = CsvSeparator::semicolon, .thousands = " "}).inputs[0].values,
        Doubles{1234});
    EXPECT_NE(reading_complaint("a;y\n1,23;2\n", "y", {.thousands = ","}), "") << "no group of three";
}

TEST(TableReader, SaysWhichKeyReadsWhatIsNoNumber) {
    const auto way = [](const std::string& text) {
        const std::string said = reading_complaint("a;y\n" + text + ";1\n", "y");
        return said.substr(said.find("; ") + 2);
    };
    EXPECT_EQ(way("1,5"), "set decimal: comma");
    EXPECT_EQ(way("1,000,000"), "set thousands: ','");
    EXPECT_EQ(way("1.000,5"), "set decimal: comma and thousands: '.'");
    EXPECT_EQ(way("12%"), "set strip: ['%']");
    EXPECT_EQ(way("$1,200"), "set strip: ['$'] and thousands: ','");
    EXPECT_EQ(way("2024-02-29"), "name the column under time");
    EXPECT_EQ(way("yes"), "name the column under boolean");
    EXPECT_EQ(way("29/2/2024"), "write dates as 2024-02-29 (ISO 8601) and name the column under time, or exclude it");
    EXPECT_EQ(way("29.02.24 13:30"),
              "write dates as 2024-02-29 (ISO 8601) and name the column under time, or exclude it");
    EXPECT_EQ(way("1/2"), "name the column under categorical or exclude, or the text under missing");
    EXPECT_EQ(way("red"), "name the column under categorical or exclude, or the text under missing");
}

TEST(TableReader, RefusesNumbersWhoseSquaresWouldOverflow) {
    EXPECT_EQ(reading_complaint("a,y\n1e150,-1e150\n", "y"), "");
    EXPECT_EQ(reading_complaint("a,y\n1,1\n2e150,1\n1,-1e200\n", "y"),
              "f.csv:3:1: column 'a' must hold numbers up to 1e150, got '2e150'; divide them, or exclude the column\n"
              "f.csv:4:3: column 'y' must hold numbers up to 1e150, got '-1e200'; divide them, or exclude the column");
}

TEST(TableReader, TellsLikeProblemsOnceWithTheirCount) {
    std::string text = "a,b,y\n";
    for (int row = 0; row < 300; ++row) text += "x,1,1\n";
    text += "1,2\n1,2,inf\n";
    EXPECT_EQ(
        reading_complaint(text, "y"),
        "f.csv:2:1: column 'a' must hold finite numbers, got 'x' (the first of 300); name the column under categorical "
        "or exclude, or the text under missing\n"
        "f.csv:302:1: a row must have 3 fields like the header, got 2\n"
        "f.csv:303:5: column 'y' must hold finite numbers, got 'inf'; to predict classes use label instead of "
        "targets (--label), or name the text under missing");
}

TEST(TableReader, LeavesCommentsOut) {
    const std::string text = "# made by hand\na,y\n1,2\n# half way\n3,4\n";
    EXPECT_EQ(number_table(text, "y", {.comment = "#"}).targets[0].values, (Doubles{2, 4}));
    EXPECT_NE(reading_complaint("a,y\n1,2\n# half way\n3,4\n", "y").find("got 1; set comment: '#'"), std::string::npos);
}

TEST(TableReader, CountsPlacesInCharactersAndLines) {
    EXPECT_EQ(reading_complaint("größe,y\n1,2\n\"ü\nü\",x\n", "y", {}, {.categorical = {"größe"}}).substr(0, 10),
              "f.csv:4:4:");
}

TEST(TableReader, RefusesWhatIsNotText) {
    const std::string rule = ": the file must be UTF-8 text, got binary data or another encoding; save it as UTF-8";
    EXPECT_EQ(reading_complaint(std::string("a,b\n1,\0\n", 8), "b"), "f.csv:2:3" + rule);
    EXPECT_EQ(reading_complaint("a,\xC3\xA9\n\xC3\xA9,caf\xE9\n", "a"), "f.csv:2:6" + rule);
}

TEST(TableReader, RefusesTablesWithoutRows) {
    EXPECT_EQ(reading_complaint("", "a"), "f.csv:1:1: a header row must come first, got an empty file");
    EXPECT_EQ(reading_complaint("a,b\n", "a"), "f.csv:2:1: at least one row must follow the header, got none");
}

TEST(TableReader, ReportsEveryWrongColumnTogetherWithWhatIsWrongInTheOthers) {
    const auto said = [](const std::string& text, const DatasetColumns& columns) {
        try {
            (void)parse_table(text, "f.csv", {}, columns);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_EQ(said("a,b,kind\n1,x,p\n3,4,q\n", {.features = {"aa", "b", "b"}, .targets = {}, .labels = {"Kind"}}),
              "f.csv:1:1: the header must name column 'Kind'; did you mean 'kind'?\n"
              "f.csv:1:1: the header must name column 'aa'; did you mean 'a'?\n"
              "f.csv:1:3: column 'b' must serve once, got it twice\n"
              "f.csv:2:3: column 'b' must hold finite numbers, got 'x'; name the column under categorical or exclude, "
              "or the text under missing");
    EXPECT_EQ(said("a,b,kind\n1,2,p\n3,4,q\n", {.features = {}, .targets = {}, .labels = {"species"}}),
              "f.csv:1:1: the header must name column 'species', got: a b kind");
    EXPECT_EQ(said("a,l\n1,u\n2,u\n", {.features = {}, .targets = {}, .labels = {"l"}}),
              "f.csv:1:3: a label column must have at least two classes, got 'u' only");
}

/// `text` in UTF-16, little or big endian; it has characters of ASCII and é alone.
std::string utf16(const std::string& text, bool big) {
    std::string coded = big ? "\xFE\xFF" : "\xFF\xFE";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool accent = text[i] == '\xC3';
        const char low = accent ? '\xE9' : text[i];
        if (accent) ++i;
        coded += big ? '\0' : low;
        coded += big ? low : '\0';
    }
    return coded;
}

class PackedFiles : public FolderTest {
protected:
    [[nodiscard]] DataTable read_file() const {
        return read_table(folder_ / "data.csv", {}, {.features = {}, .targets = {"y"}, .labels = {}});
    }
    void write_gzip(const std::string& text, const char* mode) const {
        gzFile file = gzopen((folder_ / "data.csv").c_str(), mode);
        gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
        gzclose(file);
    }
    void write(const std::string& bytes) const { std::ofstream(folder_ / "data.csv", std::ios::binary) << bytes; }
};

TEST_F(PackedFiles, AreReadAsTheTextInThem) {
    std::string text = "é,y\n";
    for (int row = 0; row < 200000; ++row)
        text += std::to_string(row * 7919 % 100003) + "," + std::to_string(row) + "\n";
    write(text);
    const DataTable plain = read_file();
    ASSERT_EQ(plain.row_count(), 200000U);
    const auto same = [&] {
        const DataTable table = read_file();
        return table.inputs[0].values == plain.inputs[0].values && table.inputs[0].name == "é";
    };
    for (const bool big : {false, true}) {
        write(utf16(text, big));
        EXPECT_TRUE(same()) << "UTF-16 " << big;
    }
    write_gzip(text.substr(0, 500000), "wb");
    write_gzip(text.substr(500000), "ab");
    EXPECT_TRUE(same()) << "gzip of two members";
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 1));
    write(packed);
    EXPECT_TRUE(same()) << "zstd";
    for (const std::size_t length : {packed.size() / 2, packed.size() - 1}) {
        write(packed.substr(0, length));
        EXPECT_NE(message_of([&] { (void)read_file(); }).find("must be a whole zstd file"), std::string::npos);
    }
}

TEST_F(PackedFiles, ThatAreCutOffAreRefused) {
    write_gzip("a,y\n1,2\n3,4\n", "wb");
    std::ifstream stream(folder_ / "data.csv", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), {});
    write(bytes.substr(0, bytes.size() - 3));
    EXPECT_NE(
        message_of([&] { (void)read_file(); }).find("must be a whole gzip file, got one that is damaged or cut off"),
        std::string::npos);
}

TEST(Series, HaveLagsMeansAndHorizonsWithinTheirGroups) {
    const std::string text = "s,x,y\na,1,10\nb,5,50\na,2,20\na,3,30\nb,6,60\na,4,40\n";
    const DataTable lagged = number_table(text, "y", {}, {.group = "s", .lags = {1}, .rolling = {2}});
    std::vector<std::string> names;
    for (const DataColumn& column : lagged.inputs) names.push_back(column.name);
    EXPECT_EQ(names, (std::vector<std::string>{"x", "x lag 1", "x mean 2", "y lag 1", "y mean 2"}));
    EXPECT_EQ(lagged.inputs[0].values, (Doubles{3, 4})) << "rows with all of their history";
    EXPECT_EQ(lagged.inputs[3].values, (Doubles{20, 30}));
    EXPECT_EQ(lagged.inputs[4].values, (Doubles{15, 25})) << "before the row: its own target is to be learnt";
    EXPECT_TRUE(lagged.is_series);
    const DataTable ahead = number_table(text, "y", {}, {.group = "s", .lags = {0}, .horizon = 1});
    EXPECT_EQ(ahead.inputs[0].values, (Doubles{1, 5, 2, 3}));
    EXPECT_EQ(ahead.inputs[1].values, (Doubles{10, 50, 20, 30})) << "y lag 0";
    EXPECT_EQ(ahead.targets[0].values, (Doubles{20, 60, 30, 40}));
}

/// A file of random numbers in a random form, and the numbers.
struct GeneratedFile {
    std::string text;
    CsvFormat format;
    std::vector<Doubles> columns;
    bool has_missing = false;
};

GeneratedFile generate_file(std::uint64_t seed) {
    Stream random({seed, 0, Purpose::data_noise}, 0);
    const auto below = [&](std::uint32_t count) { return random.below(count); };
    const std::array<std::string, 5> separators{",", ";", "\t", "|", " "};
    const std::array<std::string, 4> ends{"\n", "\r\n", "\r\r\n", "\r"};
    GeneratedFile file;
    const std::string separator = separators[below(5)];
    const std::string end = ends[below(4)];
    const bool comma = separator != "," && below(2) == 0;
    const bool thousands = below(3) == 0 && separator != ",";
    const bool percent = below(4) == 0;
    file.format.decimal = comma ? DecimalMark::comma : DecimalMark::point;
    if (thousands) file.format.thousands = comma ? "." : ",";
    if (percent) file.format.strip = {"%"};
    const bool header = below(4) != 0;
    file.format.header = header ? CsvHeader::automatic : CsvHeader::no;
    const std::size_t width = 2 + below(6);
    file.columns.resize(width);
    for (std::size_t c = 0; header && c < width; ++c)
        file.text += (c > 0 ? separator : "") + "c" + std::to_string(c + 1);
    if (header) file.text += end;
    const std::size_t rows = 1 + below(60);
    for (std::size_t row = 0; row < rows; ++row) {
        if (below(20) == 0) file.text += end;
        for (std::size_t c = 0; c < width; ++c) {
            const bool missing = c + 1 < width && below(10) == 0;
            const auto whole = static_cast<std::int64_t>(below(4000000)) - 2000000;
            const auto cents = static_cast<std::int64_t>(below(100));
            std::string digits = std::to_string(std::abs(whole));
            for (std::size_t at = digits.size(); thousands && at > 3;) digits.insert(at -= 3, file.format.thousands);
            const std::string part = std::to_string(100 + cents).substr(1);
            std::string field = (whole < 0 ? "-" : "") + digits + (comma ? "," : ".") + part + (percent ? "%" : "");
            file.columns[c].push_back(
                missing ? std::nan("")
                        : std::stod((whole < 0 ? "-" : "") + std::to_string(std::abs(whole)) + "." + part));
            if (missing) field = below(2) == 0 ? "NA" : "?";
            if (below(5) == 0) field = "\"" + std::string(below(2), ' ') + field + "\"";
            if (c > 0) file.text += separator;
            file.text += field;
        }
        if (row + 1 < rows || below(2) == 0) file.text += end;
    }
    const std::uint32_t coding = below(4);
    if (coding == 1) file.text = "\xEF\xBB\xBF" + file.text;
    if (coding > 1) file.text = utf16(file.text, coding == 2);
    return file;
}

TEST(TableReader, ReadsGeneratedFilesOfEveryFormValueByValue) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const GeneratedFile file = generate_file(seed);
        const std::string target = "c" + std::to_string(file.columns.size());
        const DataTable table = number_table(file.text, target, file.format, {.fill = MissingValues::mean});
        ASSERT_EQ(table.inputs.size() + 1, file.columns.size()) << "seed " << seed << "\n" << file.text;
        EXPECT_EQ(table.targets[0].values, file.columns.back()) << "seed " << seed << "\n" << file.text;
        for (std::size_t c = 0; c < table.inputs.size(); ++c) {
            ASSERT_EQ(table.inputs[c].values.size(), file.columns[c].size());
            for (std::size_t row = 0; row < file.columns[c].size(); ++row) {
                const double found = table.inputs[c].values[row];
                const double known = file.columns[c][row];
                ASSERT_TRUE(found == known || (std::isnan(found) && std::isnan(known)))
                    << seed << ": " << found << " " << known;
            }
        }
    }
}

TEST(TableReader, ReadsFilesAndNamesThoseItCannot) {
    const DatasetColumns species{.features = {}, .targets = {}, .labels = {"species"}};
    const DataTable iris = read_table(CLADE_SOURCE_DIR "/configs/data/iris.csv", {}, species);
    EXPECT_EQ(iris.row_count(), 150U);
    EXPECT_EQ(iris.labels[0].classes, (std::vector<std::string>{"setosa", "versicolor", "virginica"}));
    EXPECT_EQ(iris.inputs[0].values[0], 5.1);
    EXPECT_EQ(message_of([&] { (void)read_table("/nowhere/f.csv", {}, species); }),
              "/nowhere/f.csv: must be a file that can be read");
}

}  // namespace
}  // namespace clade
