#include <clade/evaluation/data/dataset.hpp>

#include <clade/core/random/random.hpp>

#include <algorithm>
#include <numeric>
#include <utility>

namespace clade {
namespace {

template <class Number>
ColumnMatrix<Number> take_rows(const ColumnMatrix<Number>& matrix, std::span<const std::size_t> rows) {
    ColumnMatrix<Number> part(rows.size(), matrix.columns());
    for (std::size_t column = 0; column < matrix.columns(); ++column) {
        for (std::size_t i = 0; i < rows.size(); ++i) part(i, column) = matrix(rows[i], column);
    }
    return part;
}

Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows) {
    Dataset part{data.features, data.outputs, take_rows(data.inputs, rows), take_rows(data.targets, rows), {}};
    if (!data.weight.empty()) {
        for (const std::size_t row : rows) part.weight.push_back(data.weight[row]);
    }
    if (!data.is_classification()) return part;
    for (const std::size_t row : rows) part.label.push_back(data.label[row]);
    return part;
}

/// A part without its inputs.
Dataset part_without_inputs(const DataTable& table, std::span<const std::size_t> rows) {
    Dataset part{.features = {},
                 .outputs = table.classes,
                 .inputs = DataMatrix(rows.size(), 0),
                 .targets = TargetMatrix(rows.size(), 0)};
    for (const DataColumn& target : table.targets) {
        part.outputs.push_back(target.name);
        const std::span<double> values = part.targets.add_column();
        for (std::size_t i = 0; i < rows.size(); ++i) values[i] = target.values[rows[i]];
    }
    if (!table.weight.empty()) {
        for (const std::size_t row : rows) part.weight.push_back(table.weight[row]);
    }
    if (!table.is_classification()) return part;
    for (const std::size_t row : rows) part.label.push_back(table.label[row]);
    return part;
}

}  // namespace

DatasetSplit encode(DataTable table, const RowSplit& rows, bool standardise) {
    DatasetSplit parts{part_without_inputs(table, rows.training),
                       part_without_inputs(table, rows.validation),
                       part_without_inputs(table, rows.test),
                       {}};
    std::vector<std::string> features;
    for (const DataColumn& column : table.inputs)
        parts.encodings.push_back(fit_encoding(column, rows.training, standardise));
    for (const ColumnEncoding& encoding : parts.encodings) {
        for (std::string& name : encoding.input_names()) features.push_back(std::move(name));
    }
    for (Dataset* part : {&parts.training, &parts.validation, &parts.test}) {
        part->features = features;
        part->inputs.reserve(features.size());
    }
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const std::vector<double> values = std::exchange(table.inputs[i].values, {});
        append_inputs(parts.encodings[i], values, rows.training, parts.training.inputs);
        append_inputs(parts.encodings[i], values, rows.validation, parts.validation.inputs);
        append_inputs(parts.encodings[i], values, rows.test, parts.test.inputs);
    }
    return parts;
}

Dataset draw_rows(const Dataset& data, std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> rows(data.row_count());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    Stream stream({seed, 0, Purpose::episode}, 0);
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(rows[i], rows[i + stream.below(static_cast<std::uint32_t>(rows.size() - i))]);
    }
    rows.resize(count);
    std::sort(rows.begin(), rows.end());
    return take_rows(data, rows);
}

}  // namespace clade
