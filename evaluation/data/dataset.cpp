#include <clade/evaluation/data/dataset.hpp>

#include <clade/core/random/random.hpp>
#include <clade/evaluation/data/class_names_internal.hpp>
#include <clade/evaluation/data/sequences_internal.hpp>
#include <clade/evaluation/data/shuffle_internal.hpp>

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

std::vector<LabelColumn> take_rows(const std::vector<LabelColumn>& labels, std::span<const std::size_t> rows) {
    std::vector<LabelColumn> part;
    for (const LabelColumn& label : labels) {
        LabelColumn& taken = part.emplace_back(LabelColumn{label.name, label.classes, {}});
        for (const std::size_t row : rows) taken.codes.push_back(label.codes[row]);
    }
    return part;
}

/// A part without its inputs.
Dataset part_without_inputs(const DataTable& table, std::span<const std::size_t> rows) {
    Dataset part{.features = {},
                 .outputs = class_names(table.labels),
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
    part.labels = take_rows(table.labels, rows);
    return part;
}

/// Whole sequences, until they have `count` rows.
Dataset draw_sequences(const Dataset& data, std::size_t count, std::uint64_t seed) {
    std::vector<std::size_t> sequences(data.step_end(0));
    std::iota(sequences.begin(), sequences.end(), std::size_t{0});
    shuffle(sequences, Stream({seed, 0, Purpose::episode}, 0));
    const auto length_of = [&](std::size_t sequence) {
        std::size_t steps = 0;
        while (steps < data.step_begin.size() && sequence < data.step_end(steps) - data.step_begin[steps]) ++steps;
        return steps;
    };
    std::size_t chosen = 0;
    for (std::size_t drawn = 0; drawn < count; ++chosen) drawn += length_of(sequences[chosen]);
    sequences.resize(chosen);
    std::ranges::sort(sequences);  // so the longest come first
    StepRows rows;
    for (std::size_t step = 0; step < length_of(sequences.front()); ++step) {
        rows.begin.push_back(rows.rows.size());
        for (const std::size_t sequence : sequences) {
            const std::size_t row = data.step_begin[step] + sequence;
            if (row < data.step_end(step)) rows.rows.push_back(row);
        }
    }
    Dataset part = take_rows(data, rows.rows);
    part.step_begin = std::move(rows.begin);
    return part;
}

}  // namespace

Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows) {
    Dataset part{data.features, data.outputs, take_rows(data.inputs, rows), take_rows(data.targets, rows)};
    part.labels = take_rows(data.labels, rows);
    if (!data.weight.empty()) {
        for (const std::size_t row : rows) part.weight.push_back(data.weight[row]);
    }
    return part;
}

DatasetSplit encode(DataTable table, const RowSplit& rows, bool standardise) {
    const StepRows training = rows_by_step(table, rows.training);
    const StepRows validation = rows_by_step(table, rows.validation);
    const StepRows test = rows_by_step(table, rows.test);
    DatasetSplit parts{part_without_inputs(table, training.rows),
                       part_without_inputs(table, validation.rows),
                       part_without_inputs(table, test.rows),
                       {}};
    parts.training.step_begin = training.begin;
    parts.validation.step_begin = validation.begin;
    parts.test.step_begin = test.begin;
    std::vector<std::string> features;
    for (const DataColumn& column : table.inputs)
        parts.encodings.push_back(fit_encoding(column, training.rows, standardise));
    for (const ColumnEncoding& encoding : parts.encodings) {
        for (std::string& name : encoding.input_names()) features.push_back(std::move(name));
    }
    for (Dataset* part : {&parts.training, &parts.validation, &parts.test}) {
        part->features = features;
        part->inputs.reserve(features.size());
    }
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const std::vector<double> values = std::exchange(table.inputs[i].values, {});
        append_inputs(parts.encodings[i], values, training.rows, parts.training.inputs);
        append_inputs(parts.encodings[i], values, validation.rows, parts.validation.inputs);
        append_inputs(parts.encodings[i], values, test.rows, parts.test.inputs);
    }
    return parts;
}

Dataset draw_rows(const Dataset& data, std::size_t count, std::uint64_t seed) {
    if (data.has_sequences()) return draw_sequences(data, count, seed);
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
