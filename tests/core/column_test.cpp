#include <clade/core/column.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <utility>

namespace clade {
namespace {

using Numbers = Column<std::uint32_t>;

constexpr std::size_t page = std::size_t{2} << 20;  // a huge one [bytes]
constexpr std::size_t page_numbers = page / sizeof(std::uint32_t);

void count_up(Numbers& column, std::size_t first = 0) {
    for (std::size_t i = first; i < column.size(); ++i) column[i] = static_cast<std::uint32_t>(i);
}

::testing::AssertionResult counts_up(const Numbers& column) {
    for (std::size_t i = 0; i < column.size(); ++i) {
        if (column[i] != i) return ::testing::AssertionFailure() << column[i] << " at " << i;
    }
    return ::testing::AssertionSuccess();
}

bool begins_with(const Numbers& column, std::size_t alignment) {
    return reinterpret_cast<std::uintptr_t>(column.data()) % alignment == 0;
}

TEST(Column, KeepsItsValuesWhileItGrowsFromACacheLineToSeveralHugePages) {
    Numbers column;
    std::size_t counted = 0;
    for (std::size_t size = 1; size < 4 * page_numbers; size += size / 3 + 1) {
        column.resize(size);
        count_up(column, counted);
        counted = size;
        ASSERT_TRUE(counts_up(column)) << size << " values";
        ASSERT_TRUE(begins_with(column, 64)) << size << " values";
        ASSERT_GE(column.capacity(), size);
    }
}

TEST(Column, FillsHugePagesIfItIsLargeAndNoMoreThanItsValuesIfItIsSmall) {
    Numbers large;
    large.resize(page_numbers / 2);
    EXPECT_TRUE(begins_with(large, page));
    EXPECT_EQ(large.capacity(), page_numbers);
    large.resize(page_numbers + 1);
    EXPECT_TRUE(begins_with(large, page));
    EXPECT_EQ(large.capacity(), 2 * page_numbers);
    Numbers small;
    small.resize(page_numbers / 2 - 1);
    EXPECT_EQ(small.capacity(), page_numbers / 2 - 1);
}

TEST(Column, HoldsValuesWhoseSizeDoesNotDivideAHugePage) {
    struct Edge {
        std::uint32_t from, to, row;
    };
    Column<Edge> column;
    for (const std::size_t size : {page / sizeof(Edge) / 2 + 1, page / sizeof(Edge) + 1, 3 * page / sizeof(Edge)}) {
        column.resize(size);
        column[size - 1] = {1, 2, static_cast<std::uint32_t>(size)};
        EXPECT_EQ(column[size - 1].row, size);
        EXPECT_GE(column.capacity(), size);
        EXPECT_LT((page - column.capacity() * sizeof(Edge) % page) % page, sizeof(Edge))
            << "no room for another in the page";
    }
}

TEST(Column, RefusesMoreThanThereCanBe) {
#ifdef CLADE_SANITIZED
    GTEST_SKIP() << "sanitizers end the program instead";
#endif
    Numbers column;
    EXPECT_THROW(column.resize(std::numeric_limits<std::size_t>::max() / sizeof(std::uint32_t)), std::bad_alloc);
    EXPECT_THROW(column.resize(std::numeric_limits<std::size_t>::max()), std::bad_alloc);
    EXPECT_EQ(column.size(), 0U);
}

TEST(Column, AllocatesNothingWithinItsCapacity) {
    Numbers column;
    column.resize(1000);
    const std::uint32_t* const data = column.data();
    column.resize(10);
    column.resize(1000);
    EXPECT_EQ(column.data(), data);
    EXPECT_EQ(column.capacity(), 1000U);
}

TEST(Column, CopiesItsValuesAndHandsThemOver) {
    Numbers column;
    column.resize(page_numbers);
    count_up(column);
    Numbers copy = column;
    EXPECT_TRUE(counts_up(copy));
    copy[0] = 7;
    EXPECT_EQ(column[0], 0U);
    Numbers heir = std::move(column);
    EXPECT_EQ(heir.size(), page_numbers);
    EXPECT_TRUE(counts_up(heir));
}

}  // namespace
}  // namespace clade
