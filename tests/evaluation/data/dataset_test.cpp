// From a table to what networks read: splits and encodings.
#include "tests/support/messages.hpp"

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/data/table_reader.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

using RowList = std::vector<std::size_t>;

DataTable iris_table() {
    return read_table(CLADE_SOURCE_DIR "/configs/data/iris.csv", {},
                      {.features = {}, .targets = {}, .labels = {"species"}});
}

DataTable one_column(std::vector<double> values) {
    DataTable table;
    table.inputs = {{.name = "x", .values = values}};
    table.targets = {{.name = "y", .values = std::move(values)}};
    return table;
}

DataTable counted_rows(std::size_t rows) {
    std::vector<double> values(rows);
    std::iota(values.begin(), values.end(), 0.0);
    return one_column(values);
}

RowList every_row(const DataTable& table) {
    RowList rows(table.row_count());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

std::vector<float> encoded_inputs(const DataColumn& column, bool standardise) {
    DataTable table;
    table.inputs = {column};
    table.targets = {{.name = "y", .values = std::vector<double>(column.values.size())}};
    const RowList rows = every_row(table);
    const DatasetSplit parts = encode(table, {rows, {}}, standardise);
    return {parts.training.inputs.values().begin(), parts.training.inputs.values().end()};
}

TEST(Split, TakesTheSamePartOfEveryClassAndLosesNoRow) {
    const DataTable table = iris_table();
    const RowSplit parts = split(table, {.validation = 0.2}, 7);
    EXPECT_EQ(parts.training.size(), 120U);
    for (std::uint32_t label = 0; label < 3; ++label) {
        EXPECT_EQ(std::ranges::count_if(parts.validation,
                                        [&](std::size_t row) { return table.labels[0].codes[row] == label; }),
                  10);
    }
    RowList both = parts.training;
    both.insert(both.end(), parts.validation.begin(), parts.validation.end());
    std::ranges::sort(both);
    EXPECT_EQ(both, every_row(table));
}

TEST(Split, IsDrawnBySeed) {
    const DataTable table = iris_table();
    EXPECT_EQ(split(table, {.validation = 0.2}, 7).training, split(table, {.validation = 0.2}, 7).training);
    EXPECT_NE(split(table, {.validation = 0.2}, 7).training, split(table, {.validation = 0.2}, 8).training);
    EXPECT_EQ(split(table, {.validation = 0.0}, 7).training, every_row(table)) << "rows keep their order";
}

TEST(Split, InOrderTakesTheLastRows) {
    const RowSplit parts = split(counted_rows(10), {.validation = 0.3}, 7, SplitKind::in_order);
    EXPECT_EQ(parts.training, (RowList{0, 1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(parts.validation, (RowList{7, 8, 9}));
    DataTable series = counted_rows(10);
    series.is_series = true;
    EXPECT_EQ(split(series, {.validation = 0.3}, 7).validation, parts.validation);
}

TEST(Split, FoldsInOrderTrainOnWhatComesBeforeAlone) {
    for (std::size_t fold = 0; fold < 4; ++fold) {
        const RowSplit parts = split_fold(counted_rows(50), {4, fold}, 7, SplitKind::in_order);
        EXPECT_EQ(parts.training.size(), 10 * (fold + 1));
        EXPECT_EQ(parts.test.size(), 10U);
        EXPECT_EQ(parts.training.back() + 1, parts.test.front());
    }
}

TEST(Split, SetsRowsForTheTestAsideFirstThenRowsForValidation) {
    DataTable table = counted_rows(100);
    table.labels = {{.classes = {"a", "b"}}};
    for (std::uint32_t row = 0; row < 100; ++row) table.labels[0].codes.push_back(row % 4 == 0 ? 0 : 1);
    const RowSplit parts = split(table, {.validation = 0.25, .test = 0.2}, 7);
    EXPECT_EQ(parts.test, split(table, {.validation = 0.2}, 7).validation) << "whatever is for validation";
    const auto count = [&](const RowList& rows, std::uint32_t label) {
        return std::ranges::count_if(rows, [&](std::size_t row) { return table.labels[0].codes[row] == label; });
    };
    EXPECT_EQ(count(parts.test, 0), 5);
    EXPECT_EQ(count(parts.test, 1), 15);
    EXPECT_EQ(count(parts.validation, 0), 5);
    EXPECT_EQ(count(parts.validation, 1), 15);
    RowList all = parts.training;
    all.insert(all.end(), parts.validation.begin(), parts.validation.end());
    all.insert(all.end(), parts.test.begin(), parts.test.end());
    std::ranges::sort(all);
    EXPECT_EQ(all, every_row(table));
}

TEST(Split, InOrderTestsOnTheLastRowsAndValidatesOnThoseBefore) {
    const RowSplit parts = split(counted_rows(10), {.validation = 0.25, .test = 0.2}, 7, SplitKind::in_order);
    EXPECT_EQ(parts.training, (RowList{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(parts.validation, (RowList{6, 7}));
    EXPECT_EQ(parts.test, (RowList{8, 9}));
    const RowSplit fold = split_fold(counted_rows(9), {2, 1, 0.5}, 7, SplitKind::in_order);
    EXPECT_EQ(fold.training, (RowList{0, 1, 2}));
    EXPECT_EQ(fold.validation, (RowList{3, 4, 5}));
    EXPECT_EQ(fold.test, (RowList{6, 7, 8}));
}

TEST(Split, OfGroupsPutsNoGroupIntoTwoParts) {
    DataTable table = counted_rows(100);
    for (std::uint32_t row = 0; row < 100; ++row) table.group.push_back(row % 10);
    const RowSplit parts = split(table, {.validation = 0.25, .test = 0.2}, 3);
    EXPECT_EQ(parts.test.size(), 20U);
    EXPECT_EQ(parts.validation.size(), 20U);
    std::size_t groups = 0;
    for (const RowList* rows : {&parts.training, &parts.validation, &parts.test}) {
        std::set<std::uint32_t> found;
        for (const std::size_t row : *rows) found.insert(table.group[row]);
        groups += found.size();
    }
    EXPECT_EQ(groups, 10U);
}

TEST(Split, KeepsGroupsWhole) {
    DataTable table = counted_rows(100);
    for (std::uint32_t row = 0; row < 100; ++row) table.group.push_back(row % 10);
    const auto groups_of = [&](const RowList& rows) {
        std::set<std::uint32_t> groups;
        for (const std::size_t row : rows) groups.insert(table.group[row]);
        return groups;
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const RowSplit parts = split(table, {.validation = 0.2}, seed);
        EXPECT_EQ(parts.validation.size(), 20U);
        EXPECT_EQ(groups_of(parts.validation).size() + groups_of(parts.training).size(), 10U);
        const RowSplit fold = split_fold(table, {5, 2}, seed);
        EXPECT_EQ(fold.test.size(), 20U);
        EXPECT_EQ(groups_of(fold.test).size() + groups_of(fold.training).size(), 10U);
    }
    EXPECT_NE(split(table, {.validation = 0.2}, 1).validation, split(table, {.validation = 0.2}, 2).validation);
    EXPECT_NE(
        message_of([] { (void)split(counted_rows(5), {.validation = 0.2}, 1, SplitKind::grouped); }).find("set group"),
        std::string::npos);
}

TEST(Split, NamesAClassWithoutATrainingRow) {
    DataTable table = counted_rows(10);
    table.targets.clear();
    table.labels = {{.classes = {"rare", "usual"}}};
    table.labels[0].codes.assign(10, 1);
    table.labels[0].codes[9] = 0;
    EXPECT_EQ(message_of([&] { (void)split(table, {.validation = 0.2}, 1, SplitKind::in_order); }),
              "validation_fraction: must leave a training row of every class, but leaves none of 'rare'; take another "
              "split, or leave the class out of the data");
    table.labels[0].codes[8] = 0;
    EXPECT_EQ(message_of([&] { (void)split(table, {.validation = 0.9}, 1); }), "nothing")
        << "a random split keeps a row of each";
}

TEST(Split, RefusesToLeaveNothingForTraining) {
    EXPECT_THROW((void)split(counted_rows(1), {.validation = 0.9}, 1), FieldError);
}

TEST(Encoding, StandardisesByTheTrainingRows) {
    DataTable table = one_column({1, 2, 3, 4, 10});
    table.inputs.push_back({.name = "same", .values = {5, 5, 5, 5, 6}});
    const DatasetSplit parts = encode(table, {{0, 1, 2, 3}, {4}}, true);
    const float deviation = std::sqrt(1.25F);
    EXPECT_FLOAT_EQ(parts.training.inputs(0, 0), -1.5F / deviation);
    EXPECT_FLOAT_EQ(parts.validation.inputs(0, 0), 7.5F / deviation);
    EXPECT_EQ(parts.training.inputs(0, 1), 0.0F) << "a constant column";
    EXPECT_EQ(parts.validation.inputs(0, 1), 1.0F);
}

TEST(Encoding, KeepsValuesApartWhateverTheirOffset) {
    for (const double offset : {0.0, 1e9, 1.7e9, 5.5e6, -4e12, 1e15}) {
        std::vector<double> values;
        for (int i = 0; i < 60; ++i) values.push_back(offset + i);
        const std::vector<float> inputs = encoded_inputs({.name = "x", .values = values}, true);
        for (int i = 0; i < 60; ++i)
            EXPECT_NEAR(inputs[static_cast<std::size_t>(i)], (i - 29.5) / std::sqrt(3599.0 / 12.0), 1e-6) << offset;
    }
}

TEST(Encoding, NamesAColumnWhoseValuesWouldMerge) {
    std::vector<double> values;
    for (int i = 0; i < 60; ++i) values.push_back(1.7e9 + i);
    EXPECT_EQ(message_of([&] { (void)encoded_inputs({.name = "at", .values = values}, false); }),
              "column 'at' must keep its values apart in single precision, but 60 different ones become 1; set "
              "standardise: true, or subtract an offset from it");
    values.push_back(1e20);
    EXPECT_NE(message_of([&] {
                  (void)encoded_inputs({.name = "at", .values = values}, true);
              }).find("a few values are far from all others"),
              std::string::npos);
    EXPECT_NE(message_of([&] {
                  (void)encoded_inputs({.name = "at", .values = {1e39, 1}}, false);
              }).find("within the range of single precision, got 1e+39"),
              std::string::npos);
}

TEST(Encoding, MakesAnInputOfEachCategory) {
    const DataColumn city{
        .name = "city", .values = {1, 0, 1}, .kind = ColumnKind::category, .categories = {"Bonn", "Rome"}};
    EXPECT_EQ(encoded_inputs(city, true), (std::vector<float>{0, 1, 0, 1, 0, 1}));
    EXPECT_EQ(fit_encoding(city, RowList{0, 1, 2}, true).input_names(),
              (std::vector<std::string>{"city=Bonn", "city=Rome"}));
}

TEST(Encoding, FillsMissingValuesFromTheTrainingRows) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    DataColumn values{.name = "x", .values = {1, 1, 4, 10, none, 1000}, .indicator = true};
    const RowList training{0, 1, 2, 3, 4};
    const auto fill = [&](MissingValues how) {
        values.fill = how;
        return fit_encoding(values, training, false).fill;
    };
    EXPECT_EQ(fill(MissingValues::mean), 4.0);
    EXPECT_EQ(fill(MissingValues::median), 2.5);
    EXPECT_EQ(fill(MissingValues::most_frequent), 1.0);
    EXPECT_EQ(encoded_inputs(values, false), (std::vector<float>{1, 1, 4, 10, 1, 1000, 0, 0, 0, 0, 1, 0}));
    EXPECT_EQ(fit_encoding(values, training, false).input_names(), (std::vector<std::string>{"x", "x missing"}));
    EXPECT_NE(message_of([&] {
                  (void)fit_encoding(values, RowList{4}, false);
              }).find("column 'x' must have a value in a training row"),
              std::string::npos);
}

TEST(Encoding, PutsWhatGoesRoundOnACircle) {
    const double day = 86400.0;
    const DataColumn time{.name = "t",
                          .values = {0.0, 6.0 * 3600.0, 31.0 * day},
                          .kind = ColumnKind::time,
                          .time_parts = {"hour", "year", "month"}};
    const std::vector<float> inputs = encoded_inputs(time, false);
    ASSERT_EQ(inputs.size(), 15U);
    EXPECT_NEAR(inputs[0], 0.0, 1e-6);
    EXPECT_NEAR(inputs[1], 1.0, 1e-6) << "six o'clock, a quarter of the day";
    EXPECT_NEAR(inputs[3], 1.0, 1e-6) << "cosine of midnight";
    EXPECT_EQ(inputs[6], 1970.0F);
    EXPECT_NEAR(inputs[11], 0.5, 1e-6) << "February, a twelfth of the year";
}

}  // namespace
}  // namespace clade
