// Rows of sequences: how they are read, which of them are held out, and in which order networks see them.
#include "tests/support/messages.hpp"

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/data/sequences_internal.hpp>
#include <clade/evaluation/data/table_reader.hpp>

#include <clade/core/error.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace clade {
namespace {

using RowNumbers = std::vector<std::size_t>;

DataTable table_of_visits(const std::string& text, const std::string& order = "day",
                          const std::vector<std::string>& times = {}) {
    DatasetColumns columns{.features = {}, .targets = {"y"}, .labels = {}};
    columns.options.sequence = {"patient", order};
    columns.options.time = times;
    return parse_table(text, "visits.csv", {}, columns);
}

const std::string visits = "patient,day,x,y\nb,2,20,0\na,3,12,0\na,1,10,0\nc,9,30,0\nb,1,21,0\na,2,11,0\n";

/// Sequence s has s % 4 + 1 rows; those of all sequences take turns in the table. Input x is the row's number.
DataTable interleaved(std::size_t sequences) {
    DataTable table;
    table.inputs = {{.name = "x"}};
    table.targets = {{.name = "y"}};
    for (std::size_t turn = 0; turn < 4; ++turn) {
        for (std::size_t s = 0; s < sequences; ++s) {
            if (turn > s % 4) continue;
            table.inputs[0].values.push_back(static_cast<double>(table.sequence.size()));
            table.targets[0].values.push_back(static_cast<double>(s));
            table.sequence.push_back(static_cast<std::uint32_t>(s));
        }
    }
    return table;
}

RowNumbers rows_from_zero(std::size_t count) {
    RowNumbers rows(count);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    return rows;
}

TEST(Sequences, AreReadByTheirColumnsWhichAreNoInputs) {
    const DataTable table = table_of_visits(visits);
    ASSERT_EQ(table.inputs.size(), 1U);
    EXPECT_EQ(table.inputs[0].name, "x");
    EXPECT_EQ(table.sequence, (std::vector<std::uint32_t>{1, 0, 0, 2, 1, 0}));
    EXPECT_EQ(table.order, (std::vector<double>{2, 3, 1, 9, 1, 2}));
    EXPECT_TRUE(table_of_visits("patient,x,y\na,1,0\nb,2,0\n", "").order.empty());
}

TEST(Sequences, AreOrderedByTimesThatTimeNames) {
    const std::string text = "patient,day,x,y\na,2024-03-01,1,0\na,2024-02-29,2,0\n";
    EXPECT_EQ(table_of_visits(text, "day", {"day"}).order, (std::vector<double>{1709251200, 1709164800}));
    expect_contains(message_of([&] { (void)table_of_visits(text); }), "name the column under time");
}

TEST(Sequences, LackNoColumnAndNoValue) {
    expect_contains(message_of([] { (void)table_of_visits("patient,date,x,y\na,1,2,3\n"); }),
                    "the header must name column 'day'");
    const std::string no_key = message_of([] { (void)table_of_visits("patient,day,x,y\na,1,2,3\n,2,2,3\n"); });
    expect_contains(no_key, "column 'patient' must have a sequence in every row");
    const std::string no_time = message_of([] { (void)table_of_visits("patient,day,x,y\na,1,2,3\na,?,2,3\n"); });
    expect_contains(no_time, "column 'day' must have a number in every row");
    expect_contains(no_time, "set column_fill: ['day=drop_row']");
}

TEST(Sequences, LieStepByStepTheLongestFirst) {
    const DataTable table = table_of_visits(visits);
    const StepRows steps = rows_by_step(table, rows_from_zero(6));
    EXPECT_EQ(steps.rows, (RowNumbers{2, 4, 3, 5, 0, 1})) << "a 10, b 21, c 30 | a 11, b 20 | a 12";
    EXPECT_EQ(steps.begin, (RowNumbers{0, 3, 5}));
    const Dataset data = encode(table, {rows_from_zero(6), {}, {}}, false).training;
    const std::vector<float> inputs{data.observations().begin(), data.observations().end()};
    EXPECT_EQ(inputs, (std::vector<float>{10, 21, 30, 11, 20, 12}));
    EXPECT_EQ(data.step_begin, steps.begin);
}

TEST(Sequences, KeepTheOrderOfTheFileWhereNoOtherIsGivenAndWhereRowsAreEqual) {
    DataTable table = table_of_visits(visits, "");
    EXPECT_EQ(rows_by_step(table, rows_from_zero(6)).rows, (RowNumbers{1, 0, 3, 2, 4, 5}));
    table.order.assign(6, 7.0);
    EXPECT_EQ(rows_by_step(table, rows_from_zero(6)).rows, (RowNumbers{1, 0, 3, 2, 4, 5}));
}

TEST(Sequences, AreHeldOutWhole) {
    const DataTable table = interleaved(40);
    const auto sequences_of = [&](const RowNumbers& rows) {
        std::set<std::uint32_t> sequences;
        for (const std::size_t row : rows) sequences.insert(table.sequence[row]);
        return sequences;
    };
    const auto expect_whole = [&](const RowSplit& parts) {
        const std::size_t sequences = sequences_of(parts.training).size() + sequences_of(parts.validation).size() +
                                      sequences_of(parts.test).size();
        EXPECT_EQ(sequences, 40U) << "none is in two parts";
        EXPECT_EQ(parts.training.size() + parts.validation.size() + parts.test.size(), table.row_count());
    };
    const RowSplit parts = split(table, {0.25, 0.2}, 3);
    expect_whole(parts);
    EXPECT_NEAR(static_cast<double>(parts.test.size()), 20.0, 2.0);
    std::multiset<std::size_t> tested;
    for (std::size_t fold = 0; fold < 5; ++fold) {
        const RowSplit folded = split_fold(table, {5, fold, 0.2}, 3);
        expect_whole(folded);
        tested.insert(folded.test.begin(), folded.test.end());
    }
    EXPECT_EQ(tested.size(), table.row_count());
    EXPECT_EQ(std::set(tested.begin(), tested.end()).size(), table.row_count()) << "each row is tested once";
}

TEST(Sequences, AreNotCutByAnotherSplit) {
    for (const SplitKind kind : {SplitKind::random, SplitKind::in_order}) {
        EXPECT_EQ(message_of([&] {
                      (void)split(interleaved(9), {0.2, 0.2}, 1, kind);
                  }),
                  "split: must be grouped or automatic where sequence.by is set: sequences are held out whole, got '" +
                      std::string(name_of(kind)) + "'");
    }
    DataTable one = interleaved(9);
    one.sequence.assign(one.sequence.size(), 0);
    expect_contains(message_of([&] { (void)split(one, {0.2, 0.0}, 1); }), "must tell at least two sequences");
    EXPECT_EQ(split(one, {0.0, 0.0}, 1).training.size(), one.row_count());
}

TEST(Sequences, OfOneGroupAreHeldOutTogether) {
    DataTable table = interleaved(40);
    for (const std::uint32_t sequence : table.sequence) table.group.push_back(sequence / 4);
    const RowSplit parts = split(table, {0.0, 0.3}, 3);
    std::set<std::uint32_t> tested;
    for (const std::size_t row : parts.test) tested.insert(table.group[row]);
    for (const std::size_t row : parts.training) EXPECT_FALSE(tested.contains(table.group[row]));
    EXPECT_NO_THROW(check_table(table));
    table.group[1] = 9;
    expect_contains(message_of([&] { check_table(table); }), "all rows of a sequence must be of one group");
}

TEST(Sequences, OfATableAreAsManyAsItsRowsAndOrderedByFiniteNumbers) {
    DataTable table = interleaved(4);
    table.order.assign(table.row_count(), std::numeric_limits<double>::quiet_NaN());
    expect_contains(message_of([&] { check_table(table); }), "must be finite");
    table.order.assign(3, 1.0);
    expect_contains(message_of([&] { check_table(table); }), "a number to order");
    table.order.clear();
    table.sequence.pop_back();
    expect_contains(message_of([&] { check_table(table); }), "a sequence for each of 10 rows, got 9");
}

TEST(Sequences, OfABatchAreWholeAndAsManyAsHaveTheRowsWanted) {
    const DataTable table = interleaved(40);
    const Dataset all = encode(table, {rows_from_zero(table.row_count()), {}, {}}, false).training;
    const Dataset batch = draw_rows(all, 30, 5);
    EXPECT_GE(batch.row_count(), 30U);
    EXPECT_LE(batch.row_count(), 33U);
    std::map<double, std::size_t> rows;
    for (std::size_t row = 0; row < batch.row_count(); ++row) ++rows[batch.targets(row, 0)];
    for (const auto& [sequence, count] : rows) EXPECT_EQ(count, static_cast<std::size_t>(sequence) % 4 + 1);
    for (std::size_t step = 1; step < batch.step_begin.size(); ++step) {
        for (std::size_t row = batch.step_begin[step]; row < batch.step_end(step); ++row) {
            const std::size_t before = batch.step_begin[step - 1] + row - batch.step_begin[step];
            EXPECT_EQ(batch.targets(row, 0), batch.targets(before, 0))
                << "a sequence keeps its place from step to step";
            EXPECT_GT(batch.inputs(row, 0), batch.inputs(before, 0));
        }
    }
    EXPECT_NE(draw_rows(all, 30, 6).inputs, batch.inputs);
    EXPECT_EQ(draw_rows(all, table.row_count(), 6).inputs, all.inputs);
}

TEST(Sequences, HaveTheirTargetsFromLaterInTheirOwnOrder) {
    DatasetColumns columns{.features = {}, .targets = {"x"}, .labels = {}};
    columns.options.sequence = {"patient", "day"};
    columns.options.horizon = 1;
    columns.options.lags = {0};
    const DataTable table = parse_table(visits, "visits.csv", {}, columns);
    ASSERT_EQ(table.inputs.at(1).name, "x lag 0");
    EXPECT_EQ(table.inputs[1].values, (std::vector<double>{10, 21, 11}));
    EXPECT_EQ(table.targets[0].values, (std::vector<double>{11, 20, 12}));
    EXPECT_EQ(table.sequence, (std::vector<std::uint32_t>{0, 1, 0}));
    EXPECT_EQ(table.order, (std::vector<double>{1, 1, 2}));
}

}  // namespace
}  // namespace clade
