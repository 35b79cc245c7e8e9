#include "tests/support/folder_test.hpp"

#include <clade/evaluation/data/csv_size.hpp>
#include <clade/evaluation/data/csv_table.hpp>

#include <gtest/gtest.h>

#include <fstream>

namespace clade {
namespace {

constexpr std::uint64_t any = 1000000;

class CsvSizeTest : public FolderTest {
protected:
    [[nodiscard]] CsvSize size_of(const std::string& text, std::uint64_t most_bytes = any) const {
        std::ofstream(folder_ / "data.csv") << text;
        return csv_size(folder_ / "data.csv", most_bytes);
    }
};

TEST_F(CsvSizeTest, CountsAtLeastTheCellsThatAreRead) {
    for (const char* text : {"a,b\n1,2\n3,4\n", "a;b\r\n1;2\r\n3;4", "a\tb\r1\t2\r3\t4\r"}) {
        const CsvSize size = size_of(text);
        const CsvTable table = read_csv(folder_ / "data.csv");
        EXPECT_GE(size.rows, table.row_count() + 1) << text;
        EXPECT_LE(size.rows, table.row_count() + 2) << text;
        EXPECT_GE(size.cells, table.cells.size() + table.header.size()) << text;
        EXPECT_GE(size.memory(), table.cells.size() * sizeof(CsvCell)) << text;
    }
}

TEST_F(CsvSizeTest, OfALargerFileIsItsBytesAlone) {
    const CsvSize size = size_of("a,b\n1,2\n", 7);
    EXPECT_EQ(size.bytes, 8U);
    EXPECT_EQ(size.cells, 0U);
    EXPECT_GT(size.memory(), 7U);
}

}  // namespace
}  // namespace clade
