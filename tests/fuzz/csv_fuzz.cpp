#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/evaluation/data/dataset.hpp>
#include <clade/evaluation/data/table_reader.hpp>

#include <string>
#include <utility>

namespace clade::fuzz {
namespace {

/// Splits and encodes what was read.
void use(DataTable table) {
    try {
        check_table(table);
    } catch (const Error& error) {
        throw LogicError(error.what());
    }
    try {
        for (const SplitKind kind : {SplitKind::random, SplitKind::in_order}) {
            const RowSplit folds = split_fold(table, {.count = 3, .index = 1}, 1, kind);
            if (kind == SplitKind::random) {
                require(folds.training.size() + folds.test.size() == table.row_count(), "no row may be lost");
            }
        }
        const RowSplit parts = split(table, {.validation = 0.25}, 1);
        require(parts.training.size() + parts.validation.size() == table.row_count(), "no row may be lost");
        const DatasetSplit encoded = encode(std::move(table), parts, true);
        require(encoded.training.inputs.columns() == encoded.training.features.size(), "an input must have a name");
    } catch (const Error&) {  // fewer rows than folds, values too far apart
    }
}

bool reads(std::string_view input, const CsvFormat& format, const DatasetColumns& columns) {
    try {
        use(parse_table(input, "input.csv", format, columns));
        return true;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

bool csv(std::string_view input) {
    const CsvFormat plain{.header = CsvHeader::no};
    const CsvFormat other{
        .header = CsvHeader::no, .comment = "#", .decimal = DecimalMark::comma, .thousands = ".", .strip = {"%", "$"}};
    const ColumnOptions anything{
        .categorical = {"c3"}, .time = {"c4"}, .fill = MissingValues::mean, .indicator = {"*"}};
    const ColumnOptions series{.exclude = {"c3*"}, .fill = MissingValues::drop_row, .lags = {1}, .horizon = 1};
    const bool labelled = reads(input, {}, {.features = {}, .targets = {}, .labels = {"y"}});
    const bool measured = reads(input, {}, {.features = {}, .targets = {"y"}, .labels = {}});
    const bool mixed = reads(input, plain, {.features = {}, .targets = {}, .labels = {"c1"}, .options = anything});
    const bool lagged = reads(input, other, {.features = {}, .targets = {"c1"}, .labels = {}, .options = series});
    return labelled || measured || mixed || lagged;
}

}  // namespace clade::fuzz
