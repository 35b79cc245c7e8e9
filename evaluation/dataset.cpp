#include <clade/evaluation/dataset.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

Eigen::Index to_index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// A column as a contiguous span.
std::span<float> column_of(DataMatrix& matrix, std::size_t column) {
    const auto rows = static_cast<std::size_t>(matrix.rows());
    return {matrix.data() + column * rows, rows};
}
std::span<const float> column_of(const DataMatrix& matrix, std::size_t column) {
    const auto rows = static_cast<std::size_t>(matrix.rows());
    return {matrix.data() + column * rows, rows};
}

/// The columns named, or all that are not `used` if none is named; none may serve twice.
std::vector<std::size_t> feature_columns(const CsvTable& table, const std::vector<std::string>& names,
                                         std::vector<bool>& used) {
    std::vector<std::size_t> found;
    for (const std::string& name : names) {
        const std::size_t column = table.column(name);
        if (used[column]) throw Error(table.file + ": column '" + name + "' must serve once, got it twice");
        used[column] = true;
        found.push_back(column);
    }
    if (!names.empty()) return found;
    for (std::size_t column = 0; column < used.size(); ++column) {
        if (!used[column]) found.push_back(column);
    }
    return found;
}

DataMatrix read_columns(const CsvTable& table, std::span<const std::size_t> columns, CsvProblems& problems) {
    DataMatrix values = DataMatrix::Zero(to_index(table.row_count()), to_index(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        read_numbers(table, columns[i], column_of(values, i), problems);
    }
    return values;
}

void read_labels(const CsvTable& table, std::size_t column, Dataset& data, CsvProblems& problems) {
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const CsvCell& cell = table.cell(row, column);
        if (cell.text.empty()) {
            problems.add(
                cell, "column '" + table.header[column].text + "' must have a label in every row, got a missing value");
        }
        data.outputs.push_back(cell.text);
    }
    std::sort(data.outputs.begin(), data.outputs.end());
    data.outputs.erase(std::unique(data.outputs.begin(), data.outputs.end()), data.outputs.end());
    if (problems.empty() && data.outputs.size() < 2) {
        problems.add(table.header[column],
                     "a label column must have at least two classes, got '" + data.outputs.front() + "' only");
    }
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const auto at = std::lower_bound(data.outputs.begin(), data.outputs.end(), table.cell(row, column).text);
        data.label.push_back(static_cast<std::uint32_t>(at - data.outputs.begin()));
    }
}

DataMatrix take_rows(const DataMatrix& matrix, std::span<const std::size_t> rows) {
    DataMatrix part(to_index(rows.size()), matrix.cols());
    for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
        for (std::size_t i = 0; i < rows.size(); ++i) part(to_index(i), column) = matrix(to_index(rows[i]), column);
    }
    return part;
}

Dataset take_rows(const Dataset& data, std::span<const std::size_t> rows) {
    Dataset part{data.features, data.outputs, take_rows(data.inputs, rows), take_rows(data.targets, rows), {}};
    if (!data.is_classification()) return part;
    for (const std::size_t row : rows) part.label.push_back(data.label[row]);
    return part;
}

void shuffle(std::span<std::size_t> values, Stream stream) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
    }
}

}  // namespace

Dataset make_dataset(const CsvTable& table, const DatasetColumns& columns) {
    std::vector<bool> used(table.column_count(), false);
    CsvProblems problems = table.problems;
    Dataset data;
    if (!columns.label.empty()) {
        const std::size_t column = table.column(columns.label);
        used[column] = true;
        read_labels(table, column, data, problems);
    } else {
        if (columns.targets.empty()) throw Error(table.file + ": a label or a target column must be named");
        data.targets = read_columns(table, feature_columns(table, columns.targets, used), problems);
        data.outputs = columns.targets;
    }
    const std::vector<std::size_t> features = feature_columns(table, columns.features, used);
    if (features.empty()) throw Error(table.file + ": at least one column must be left as a feature");
    for (const std::size_t column : features) data.features.push_back(table.header[column].text);
    data.inputs = read_columns(table, features, problems);
    problems.finish();
    return data;
}

DatasetSplit split(const Dataset& data, double validation_fraction, std::uint64_t seed) {
    std::vector<std::vector<std::size_t>> groups(data.is_classification() ? data.outputs.size() : 1);
    for (std::size_t row = 0; row < data.row_count(); ++row) {
        groups[data.is_classification() ? data.label[row] : 0].push_back(row);
    }
    std::vector<std::size_t> training;
    std::vector<std::size_t> validation;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        std::vector<std::size_t>& rows = groups[group];
        shuffle(rows, Stream({seed, 0, Purpose::data_split}, group));
        const auto aside =
            static_cast<std::ptrdiff_t>(std::floor(static_cast<double>(rows.size()) * validation_fraction + 0.5));
        validation.insert(validation.end(), rows.begin(), rows.begin() + aside);
        training.insert(training.end(), rows.begin() + aside, rows.end());
    }
    if (training.empty()) {
        throw Error("of " + std::to_string(data.row_count()) + " rows none is left for training, as the part " +
                    std::to_string(validation_fraction) + " is set aside for validation");
    }
    std::sort(training.begin(), training.end());
    std::sort(validation.begin(), validation.end());
    return {take_rows(data, training), take_rows(data, validation)};
}

Standardisation measure_standardisation(const DataMatrix& columns) {
    Standardisation measured;
    for (std::size_t c = 0; c < static_cast<std::size_t>(columns.cols()); ++c) {
        const std::span<const float> values = column_of(columns, c);
        const auto count = static_cast<double>(values.size());
        double sum = 0.0;
        for (const float value : values) sum += double{value};
        const double mean = values.empty() ? 0.0 : sum / count;
        double squares = 0.0;
        for (const float value : values) squares += (double{value} - mean) * (double{value} - mean);
        const auto deviation = static_cast<float>(values.empty() ? 1.0 : std::sqrt(squares / count));
        measured.mean.push_back(static_cast<float>(mean));
        measured.deviation.push_back(deviation > 0.0F ? deviation : 1.0F);
    }
    return measured;
}

void Standardisation::apply(DataMatrix& columns) const {
    for (std::size_t c = 0; c < mean.size(); ++c) {
        for (float& value : column_of(columns, c)) value = (value - mean[c]) / deviation[c];
    }
}

}  // namespace clade
