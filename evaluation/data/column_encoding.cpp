#include <clade/evaluation/data/column_encoding.hpp>

#include <clade/core/error.hpp>
#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_encoding_internal.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace clade {
namespace {

constexpr std::array<std::string_view, 6> time_part_names{"seconds", "year", "month", "day", "weekday", "hour"};

bool goes_round(std::string_view part) { return part == "month" || part == "weekday" || part == "hour"; }

/// Times of a day, a week, a year, as they go round: 0..1; of other parts the number itself.
double time_part(std::string_view part, double seconds) {
    if (part == "seconds") return seconds;
    const double day = std::floor(seconds / 86400.0);
    const std::chrono::sys_days days{std::chrono::days(static_cast<int>(day))};
    if (part == "hour") return (seconds - day * 86400.0) / 86400.0;
    if (part == "weekday") return std::chrono::weekday(days).iso_encoding() / 7.0;
    const std::chrono::year_month_day date(days);
    if (part == "year") return static_cast<int>(date.year());
    if (part == "month") return (static_cast<unsigned>(date.month()) - 1.0) / 12.0;
    return static_cast<unsigned>(date.day());
}

/// The number of an input before it is standardised.
double number_of(const InputPart& part, const ColumnEncoding& encoding, double value) {
    if (part.what == InputPart::missing) return std::isnan(value) ? 1.0 : 0.0;
    if (std::isnan(value)) value = encoding.fill.value_or(nan);
    switch (part.what) {
        case InputPart::is_category:
            return value == static_cast<double>(part.category) ? 1.0 : 0.0;
        case InputPart::part_of_time:
            return time_part(part.time_part, value);
        case InputPart::sine:
            return double{sin_float(static_cast<float>(full_turn * time_part(part.time_part, value)))};
        case InputPart::cosine:
            return double{sin_float(static_cast<float>(full_turn * (time_part(part.time_part, value) + 0.25)))};
        default:
            return value;
    }
}

/// Input `p` of a column, before it is rounded.
double input_number(const ColumnEncoding& encoding, const InputPart& part, std::size_t p, double value) {
    return (number_of(part, encoding, value) - encoding.mean[p]) / encoding.deviation[p];
}

/// Whether it is one of 0..count - 1.
bool is_position(double value, std::size_t count) {
    return value >= 0.0 && value < static_cast<double>(count) && std::floor(value) == value;
}

bool fits_float(double number) { return std::abs(number) <= double{std::numeric_limits<float>::max()}; }

/// Mean and standard deviation, 1 if that is 0. The first value is subtracted, so that an offset costs no digits.
std::pair<double, double> measure(std::span<const double> values) {
    if (values.empty()) return {0.0, 1.0};
    const double first = values.front();
    const auto count = static_cast<double>(values.size());
    double sum = 0.0;
    for (const double value : values) sum += value - first;
    const double mean = sum / count;
    double squares = 0.0;
    for (const double value : values) squares += (value - first - mean) * (value - first - mean);
    const double deviation = std::sqrt(squares / count);
    return {first + mean, deviation > 0.0 ? deviation : 1.0};
}

double median_of(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : values[half - 1] + (values[half] - values[half - 1]) / 2.0;
}

double most_frequent_of(const std::vector<double>& values) {
    std::map<double, std::size_t> counts;
    for (const double value : values) ++counts[value];
    return std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; })->first;
}

double fill_of(const DataColumn& column, std::span<const std::size_t> rows) {
    std::vector<double> known;
    for (const std::size_t row : rows) {
        if (!std::isnan(column.values[row])) known.push_back(column.values[row]);
    }
    if (known.empty()) {
        throw Error("column '" + column.name +
                    "' must have a value in a training row, to fill in for missing ones; exclude it");
    }
    const bool has_mean = column.kind == ColumnKind::number || column.kind == ColumnKind::time;
    if (has_mean && column.fill == MissingValues::mean) return measure(known).first;
    if (has_mean && column.fill == MissingValues::median) return median_of(std::move(known));
    return most_frequent_of(known);
}

/// Throws Error where many different values become the same. A sample of the rows decides.
void require_distinct(const ColumnEncoding& encoding, std::span<const double> values, std::span<const float> inputs,
                      std::span<const std::size_t> rows) {
    constexpr std::size_t most = 4096;
    const std::size_t step = rows.size() / most + 1;
    std::vector<double> before;
    std::vector<float> after;
    for (std::size_t i = 0; i < rows.size(); i += step) {
        if (std::isnan(values[rows[i]])) continue;
        before.push_back(values[rows[i]]);
        after.push_back(inputs[i]);
    }
    const auto distinct = [](auto& numbers) {
        std::ranges::sort(numbers);
        return static_cast<std::size_t>(std::unique(numbers.begin(), numbers.end()) - numbers.begin());
    };
    const std::size_t different = distinct(before);
    const std::size_t kept = distinct(after);
    if (different < 2 || 2 * kept > different) return;
    const bool scaled = encoding.mean.front() != 0.0 || encoding.deviation.front() != 1.0;
    throw Error("column '" + encoding.name + "' must keep its values apart in single precision, but " +
                std::to_string(different) + " different ones become " + std::to_string(kept) + "; " +
                (scaled ? "a few values are far from all others: exclude the column, or those rows"
                        : "set standardise: true, or subtract an offset from it"));
}

}  // namespace

std::vector<InputPart> parts_of(const ColumnEncoding& encoding) {
    std::vector<InputPart> parts;
    if (encoding.kind == ColumnKind::category) {
        for (std::size_t i = 0; i < encoding.categories.size(); ++i) {
            parts.push_back({.suffix = "=" + encoding.categories[i], .what = InputPart::is_category, .category = i});
        }
    } else if (encoding.kind == ColumnKind::time && !encoding.time_parts.empty()) {
        for (const std::string& part : encoding.time_parts) {
            const std::string_view name = *std::ranges::find(time_part_names, part);
            if (goes_round(part)) {
                parts.push_back({.suffix = " " + part + " sine", .what = InputPart::sine, .time_part = name});
                parts.push_back({.suffix = " " + part + " cosine", .what = InputPart::cosine, .time_part = name});
            } else {
                parts.push_back(
                    {.suffix = " " + part, .scaled = true, .what = InputPart::part_of_time, .time_part = name});
            }
        }
    } else {
        parts.push_back({.suffix = "", .scaled = encoding.kind != ColumnKind::boolean});
    }
    if (encoding.indicator) parts.push_back({.suffix = " missing", .what = InputPart::missing});
    return parts;
}

std::span<const std::string_view> known_time_parts() noexcept { return time_part_names; }

std::vector<std::string> ColumnEncoding::input_names() const {
    std::vector<std::string> names;
    for (const InputPart& part : parts_of(*this)) names.push_back(name + part.suffix);
    return names;
}

void visit_fields(ColumnEncoding& encoding, FieldVisitor& field) {
    field("name", encoding.name, "Column of the data.");
    field("kind", encoding.kind, "Meaning of its values.");
    field("categories", encoding.categories, "Categories, in the order of their inputs or ranks.");
    field("time_parts", encoding.time_parts, "Parts of times that are inputs; empty for seconds since 1970.");
    field("fill", encoding.fill, any_number(), "Number instead of a missing value; null if none may be missing.");
    field("indicator", encoding.indicator, "Whether an input says that the value is missing.");
    field("derived", encoding.derived, "Whether it is made of other columns: the lags and means of a series.");
    field("mean", encoding.mean, any_number(), "Subtracted from each input.");
    field("deviation", encoding.deviation, greater_than(0.0), "Divisor of each input, after that.");
}

void check_encoding(const ColumnEncoding& encoding) {
    const auto refuse = [&](const std::string& rule) {
        throw Error("column '" + printable(encoding.name) + "' " + rule);
    };
    for (const std::string& part : encoding.time_parts) {
        if (std::ranges::find(time_part_names, part) == time_part_names.end()) {
            refuse("must have known parts of times: " + unknown_name("part", printable(part), time_part_names));
        }
    }
    const std::set<std::string> categories(encoding.categories.begin(), encoding.categories.end());
    if (categories.size() != encoding.categories.size()) refuse("must have each category once");
    const std::size_t inputs = parts_of(encoding).size();
    if (inputs == 0) refuse("must become at least one input");
    if (encoding.mean.size() != inputs || encoding.deviation.size() != inputs) {
        refuse("must have a mean and a deviation for each of " + std::to_string(inputs) + " inputs, got " +
               std::to_string(encoding.mean.size()) + " and " + std::to_string(encoding.deviation.size()));
    }
    for (const double deviation : encoding.deviation) {
        if (!(deviation > 0.0)) refuse("must have deviations greater than 0, got " + number_text(deviation));
    }
}

bool takes_missing(const ColumnEncoding& encoding) {
    return encoding.fill || (encoding.kind == ColumnKind::category &&
                             std::ranges::find(encoding.categories, missing_category) != encoding.categories.end());
}

ColumnEncoding fit_encoding(const DataColumn& column, std::span<const std::size_t> rows, bool standardise) {
    ColumnEncoding encoding{.name = column.name,
                            .kind = column.kind,
                            .categories = column.categories,
                            .time_parts = column.time_parts,
                            .indicator = column.indicator,
                            .derived = column.derived};
    const bool fills = column.fill != MissingValues::refuse && column.fill != MissingValues::drop_row;
    if (fills || std::ranges::any_of(column.values, [](double value) { return std::isnan(value); })) {
        encoding.fill = fill_of(column, rows);
    }
    std::vector<double> numbers(rows.size());
    for (const InputPart& part : parts_of(encoding)) {
        std::pair<double, double> measured{0.0, 1.0};
        if (part.scaled && standardise) {
            for (std::size_t i = 0; i < rows.size(); ++i)
                numbers[i] = number_of(part, encoding, column.values[rows[i]]);
            measured = measure(numbers);
        }
        encoding.mean.push_back(measured.first);
        encoding.deviation.push_back(measured.second);
    }
    return encoding;
}

void append_inputs(const ColumnEncoding& encoding, std::span<const double> values, std::span<const std::size_t> rows,
                   DataMatrix& inputs) {
    const std::vector<InputPart> parts = parts_of(encoding);
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const std::span<float> input = inputs.add_column();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const double number = input_number(encoding, parts[p], p, values[rows[i]]);
            if (!fits_float(number)) {
                throw Error("column '" + encoding.name + "' must be within the range of single precision, got " +
                            number_text(values[rows[i]]) + "; set standardise: true, or scale it");
            }
            input[i] = static_cast<float>(number);
        }
        if (parts[p].what == InputPart::as_is) require_distinct(encoding, values, input, rows);
    }
}

float new_input(const ColumnEncoding& encoding, const InputPart& part, std::size_t p, double value, std::size_t row) {
    const bool ranked = encoding.kind == ColumnKind::category || encoding.kind == ColumnKind::ordinal;
    const auto refuse = [&](const std::string& rule) {
        throw Error("row " + std::to_string(row + 1) + ": column '" + printable(encoding.name) + "' must " + rule);
    };
    if (std::isnan(value) && !encoding.fill) {
        refuse("have a value: no row that was trained on lacks it; fill it in, or leave out the row");
    }
    if (ranked && !std::isnan(value) && !is_position(value, encoding.categories.size())) {
        refuse("have the position of one of " + std::to_string(encoding.categories.size()) + " categories, got " +
               number_text(value));
    }
    const double number = input_number(encoding, part, p, value);
    if (!fits_float(number)) refuse("be within the range of single precision, got " + number_text(value));
    return static_cast<float>(number);
}

void append_new_inputs(const ColumnEncoding& encoding, std::span<const double> values, DataMatrix& inputs) {
    const std::vector<InputPart> parts = parts_of(encoding);
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const std::span<float> input = inputs.add_column();
        for (std::size_t row = 0; row < values.size(); ++row) {
            input[row] = new_input(encoding, parts[p], p, values[row], row);
        }
    }
}

}  // namespace clade
