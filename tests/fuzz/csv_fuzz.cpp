#include "tests/fuzz/fuzz_targets.hpp"

#include <clade/evaluation/data/dataset.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace clade::fuzz {
namespace {

/// One row with every field quoted.
std::string row_of(std::span<const CsvCell> cells) {
    std::string row;
    for (const CsvCell& cell : cells) {
        row += row.empty() ? "\"" : ",\"";
        for (const char c : cell.text) row += c == '"' ? std::string("\"\"") : std::string(1, c);
        row += '"';
    }
    return row + "\n";
}

bool same_text(std::span<const CsvCell> a, std::span<const CsvCell> b) {
    return std::ranges::equal(a, b, {}, &CsvCell::text, &CsvCell::text);
}

void require_reads_back(const CsvTable& table) {
    std::string written = row_of(table.header);
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        written += row_of(std::span(table.cells).subspan(row * table.column_count(), table.column_count()));
    }
    const CsvTable again = parse_csv(written, "written.csv");
    require(same_text(again.header, table.header) && same_text(again.cells, table.cells),
            "a written table must read back as it was");
}

bool use(const CsvTable& table, const DatasetColumns& columns) {
    Dataset data;
    try {
        data = make_dataset(table, columns);
    } catch (const Error&) {
        return false;
    }
    try {
        check_dataset(data);
    } catch (const Error& error) {
        throw LogicError(error.what());
    }
    require(data.row_count() == table.row_count(), "every row must be in the data set");
    try {
        const DatasetSplit parts = split(data, 0.25, 1);
        require(parts.training.row_count() + parts.validation.row_count() == data.row_count(), "no row may be lost");
        const DatasetSplit folds = split_fold(data, {.count = 3, .index = 1}, 1);
        require(folds.training.row_count() + folds.validation.row_count() == data.row_count(), "no row may be lost");
        DataMatrix inputs = data.inputs;
        measure_standardisation(parts.training.inputs).apply(inputs);
    } catch (const Error&) {  // fewer rows than folds
    }
    return true;
}

}  // namespace

bool csv(std::string_view input) {
    std::optional<CsvTable> parsed;
    try {
        parsed = parse_csv(input, "input.csv");
    } catch (const Error&) {
        return false;
    }
    const CsvTable& table = *parsed;
    require(table.cells.size() == table.row_count() * table.column_count(), "every row must have all cells");
    require_reads_back(table);
    const bool labelled = use(table, {.features = {}, .targets = {}, .label = table.header.front().text});
    const bool measured = use(table, {.features = {}, .targets = {table.header.back().text}, .label = {}});
    return labelled || measured;
}

}  // namespace clade::fuzz
