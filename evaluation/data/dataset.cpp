#include <clade/evaluation/data/dataset.hpp>

#include <clade/core/error.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace clade {
namespace {

/// Finds columns by name; none may serve twice.
class ColumnFinder {
public:
    ColumnFinder(const CsvTable& table, CsvProblems& problems)
        : table_(table), problems_(problems), used_(table.column_count(), false) {}

    /// Those that are there and not used yet; the others are problems.
    std::vector<std::size_t> find(std::span<const std::string> names) {
        std::vector<std::size_t> found;
        for (const std::string& name : names) {
            const std::optional<std::size_t> column = table_.find_column(name, problems_);
            if (!column) {
                all_found_ = false;
            } else if (used_[*column]) {
                problems_.add(table_.header[*column], "column '" + name + "' must serve once, got it twice");
            } else {
                used_[*column] = true;
                found.push_back(*column);
            }
        }
        return found;
    }

    /// All that are not used yet. None if a column was not found: then one of these may be it.
    [[nodiscard]] std::vector<std::size_t> rest() const {
        std::vector<std::size_t> found;
        for (std::size_t column = 0; all_found_ && column < used_.size(); ++column) {
            if (!used_[column]) found.push_back(column);
        }
        if (all_found_ && found.empty()) problems_.add(1, 1, "at least one column must be left as a feature, got none");
        return found;
    }

private:
    const CsvTable& table_;
    CsvProblems& problems_;
    std::vector<bool> used_;  // [column_count]
    bool all_found_ = true;
};

DataMatrix read_columns(const CsvTable& table, std::span<const std::size_t> columns, CsvProblems& problems) {
    DataMatrix values(table.row_count(), columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) read_numbers(table, columns[i], values.column(i), problems);
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

std::vector<double> read_weights(const CsvTable& table, std::size_t column, CsvProblems& problems) {
    std::vector<float> numbers(table.row_count(),
                               1.0F);  // stays where a field is no number, which is a problem already
    read_numbers(table, column, numbers, problems);
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        if (numbers[row] > 0.0F) continue;
        problems.add(table.cell(row, column), "a row's weight in column '" + table.header[column].text +
                                                  "' must be greater than 0, got '" + table.cell(row, column).text +
                                                  "'; leave out rows that must not count");
    }
    return {numbers.begin(), numbers.end()};
}

DataMatrix take_rows(const DataMatrix& matrix, std::span<const std::size_t> rows) {
    DataMatrix part(rows.size(), matrix.columns());
    for (std::size_t column = 0; column < matrix.columns(); ++column) {
        for (std::size_t i = 0; i < rows.size(); ++i) part(i, column) = matrix(rows[i], column);
    }
    return part;
}

void shuffle(std::span<std::size_t> values, Stream stream) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
    }
}

/// The rows of each class, or all rows of a regression, each group shuffled by `seed`.
std::vector<std::vector<std::size_t>> shuffled_groups(const Dataset& data, std::uint64_t seed) {
    std::vector<std::vector<std::size_t>> groups(data.is_classification() ? data.outputs.size() : 1);
    for (std::size_t row = 0; row < data.row_count(); ++row) {
        groups[data.is_classification() ? data.label[row] : 0].push_back(row);
    }
    for (std::size_t group = 0; group < groups.size(); ++group) {
        shuffle(groups[group], Stream({seed, 0, Purpose::data_split}, group));
    }
    return groups;
}

DatasetSplit take_both(const Dataset& data, std::vector<std::size_t> training, std::vector<std::size_t> validation) {
    std::sort(training.begin(), training.end());
    std::sort(validation.begin(), validation.end());
    return {take_rows(data, training), take_rows(data, validation)};
}

}  // namespace

Dataset make_dataset(const CsvTable& table, const DatasetColumns& columns) {
    CsvProblems problems = table.problems;
    ColumnFinder finder(table, problems);
    Dataset data;
    if (!columns.label.empty()) {
        for (const std::size_t column : finder.find({&columns.label, 1})) read_labels(table, column, data, problems);
    } else {
        if (columns.targets.empty()) throw Error(table.file + ": a label or a target column must be named");
        data.targets = read_columns(table, finder.find(columns.targets), problems);
        data.outputs = columns.targets;
    }
    if (!columns.weight.empty()) {
        for (const std::size_t column : finder.find({&columns.weight, 1})) {
            data.weight = read_weights(table, column, problems);
        }
    }
    const std::vector<std::size_t> features = columns.features.empty() ? finder.rest() : finder.find(columns.features);
    for (const std::size_t column : features) data.features.push_back(table.header[column].text);
    data.inputs = read_columns(table, features, problems);
    problems.finish();
    return data;
}

void check_dataset(const Dataset& data) {
    const auto same = [](const char* what, std::size_t count, const char* as, std::size_t wanted) {
        if (count == wanted) return;
        throw Error(std::string("a data set must have as many ") + what + " as " + as + ", got " +
                    std::to_string(count) + " and " + std::to_string(wanted));
    };
    const auto least = [](const char* what, std::size_t count, std::size_t wanted) {
        if (count >= wanted) return;
        throw Error(std::string("a data set must have at least ") + std::to_string(wanted) + " " + what + ", got " +
                    std::to_string(count));
    };
    const auto finite = [](const char* what, const DataMatrix& numbers) {
        if (std::ranges::all_of(numbers.values(), [](float value) { return std::isfinite(value); })) return;
        throw Error(std::string("the ") + what + " of a data set must be finite numbers");
    };
    least("rows", data.row_count(), 1);
    least("features", data.feature_count(), 1);
    same("names of features", data.features.size(), "input columns", data.feature_count());
    finite("inputs", data.inputs);
    if (!data.weight.empty()) same("weights", data.weight.size(), "rows", data.row_count());
    if (!std::ranges::all_of(data.weight, [](double weight) { return weight > 0.0 && std::isfinite(weight); })) {
        throw Error("the weights of a data set must be finite and greater than 0");
    }
    if (data.is_classification()) {
        least("classes", data.outputs.size(), 2);
        same("labels", data.label.size(), "rows", data.row_count());
        const std::uint32_t last = *std::ranges::max_element(data.label);
        if (last >= data.outputs.size()) {
            throw Error("the labels of a data set must be less than its number of classes, " +
                        std::to_string(data.outputs.size()) + ", got " + std::to_string(last));
        }
        return;
    }
    least("outputs", data.outputs.size(), 1);
    same("names of outputs", data.outputs.size(), "target columns", data.targets.columns());
    same("rows of targets", data.targets.rows(), "rows", data.row_count());
    finite("targets", data.targets);
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

DatasetSplit split(const Dataset& data, double validation_fraction, std::uint64_t seed) {
    std::vector<std::size_t> training;
    std::vector<std::size_t> validation;
    for (const std::vector<std::size_t>& rows : shuffled_groups(data, seed)) {
        const auto aside =
            static_cast<std::ptrdiff_t>(std::floor(static_cast<double>(rows.size()) * validation_fraction + 0.5));
        validation.insert(validation.end(), rows.begin(), rows.begin() + aside);
        training.insert(training.end(), rows.begin() + aside, rows.end());
    }
    if (training.empty()) {
        throw FieldError("validation_fraction", "must leave rows to train on, got " + number_text(validation_fraction) +
                                                    " of " + std::to_string(data.row_count()) + " rows");
    }
    return take_both(data, std::move(training), std::move(validation));
}

DatasetSplit split_fold(const Dataset& data, const Fold& fold, std::uint64_t seed) {
    if (fold.count > data.row_count()) {
        throw FieldError("folds", "must be at most the number of rows, " + std::to_string(data.row_count()) + ", got " +
                                      std::to_string(fold.count));
    }
    std::vector<std::size_t> training;
    std::vector<std::size_t> validation;
    std::size_t dealt = 0;  // on from class to class, so that the folds' sizes stay even too
    for (const std::vector<std::size_t>& rows : shuffled_groups(data, seed)) {
        for (const std::size_t row : rows) (dealt++ % fold.count == fold.index ? validation : training).push_back(row);
    }
    return take_both(data, std::move(training), std::move(validation));
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

Standardisation measure_standardisation(const DataMatrix& columns) {
    Standardisation measured;
    for (std::size_t c = 0; c < columns.columns(); ++c) {
        const std::span<const float> values = columns.column(c);
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
        for (float& value : columns.column(c)) value = (value - mean[c]) / deviation[c];
    }
}

}  // namespace clade
