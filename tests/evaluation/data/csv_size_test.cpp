#include "tests/support/folder_test.hpp"

#include <clade/evaluation/data/csv_size.hpp>

#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>
#include <string>

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
        EXPECT_GE(size.rows, 3U) << text;
        EXPECT_LE(size.rows, 4U) << text;
        EXPECT_GE(size.cells, 6U) << text;
        EXPECT_GE(size.memory(), 6 * sizeof(double)) << text;
    }
}

TEST_F(CsvSizeTest, OfALargerFileIsItsBytesAlone) {
    const CsvSize size = size_of("a,b\n1,2\n", 7);
    EXPECT_EQ(size.bytes, 8U);
    EXPECT_EQ(size.cells, 0U);
    EXPECT_GT(size.memory(), 7U);
}

TEST_F(CsvSizeTest, OfAPackedFileCountsTheTextAndStopsAtTheLimit) {
    const std::string text(10000000, '1');
    gzFile file = gzopen((folder_ / "data.csv").c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    EXPECT_EQ(csv_size(folder_ / "data.csv", 20000000).text, 10000000U);
    const CsvSize size = csv_size(folder_ / "data.csv", any);
    EXPECT_LT(size.bytes, 20000U);
    EXPECT_GT(size.text, any);
    EXPECT_LT(size.text, 2 * any) << "no more is unpacked";
    EXPECT_GT(size.memory(), any);
}

}  // namespace
}  // namespace clade
