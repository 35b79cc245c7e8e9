#include <clade/evaluation/data/column_reader_internal.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_names_internal.hpp>

#include <algorithm>
#include <utility>

namespace clade {
namespace {

/// How a text would be a number; empty if it would not.
std::string way_to_read(std::string_view text, const CsvFormat& format) {
    const auto read_with = [&](auto&& change) {
        CsvFormat other = format;
        change(other);
        return FieldValues(other).number(text).has_value();
    };
    if (read_with([](CsvFormat& f) { f.thousands = ","; })) return "set thousands: ','";
    if (read_with([](CsvFormat& f) { f.decimal = DecimalMark::comma; })) return "set decimal: comma";
    if (read_with([](CsvFormat& f) { f.decimal = DecimalMark::comma, f.thousands = "."; }))
        return "set decimal: comma and thousands: '.'";
    if (read_with([](CsvFormat& f) { f.thousands = " "; })) return "set thousands: ' '";
    for (const char* sign : {"%", "$", "€", "£"}) {
        if (read_with([&](CsvFormat& f) { f.strip = {sign}, f.thousands = ","; })) {
            return "set strip: ['" + std::string(sign) + "']" +
                   (text.find(',') != std::string_view::npos ? " and thousands: ','" : "");
        }
    }
    return "";
}

/// Whether a text is probably a date that is not as in ISO 8601: 14/3/2024, 14.03.24.
bool looks_like_date(std::string_view text) {
    for (const char mark : {'/', '.', '-'}) {
        const std::size_t first = text.find(mark);
        const std::size_t second = first == std::string_view::npos ? first : text.find(mark, first + 1);
        if (first == 0 || second == std::string_view::npos || second == first + 1) continue;
        const std::string_view last = text.substr(second + 1);
        const auto is_digits = [](std::string_view part) {
            return !part.empty() && part.size() <= 4 &&
                   std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
        };
        if (is_digits(text.substr(0, first)) && is_digits(text.substr(first + 1, second - first - 1)) &&
            is_digits(last.substr(0, last.find(' ')))) {
            return true;
        }
    }
    return false;
}

/// What to do about a text in a column of numbers.
std::string way_out_of_text(std::string_view text, ColumnRole role, const CsvFormat& format) {
    std::string number = way_to_read(text, format);
    if (!number.empty()) return number;
    if (role == ColumnRole::target)
        return "to predict classes use label instead of targets (--label), or name the text under missing";
    if (role == ColumnRole::weight) return "name the text under missing";
    if (role == ColumnRole::order && !time_value(text)) return "leave out sequence.order, for the order of the file";
    if (time_value(text)) return "name the column under time";
    if (truth_value(text)) return "name the column under boolean";
    if (looks_like_date(text))
        return "write dates as 2024-02-29 (ISO 8601) and name the column under time, or exclude it";
    return "name the column under categorical or exclude, or the text under missing";
}

}  // namespace

ColumnReader::ColumnReader(std::string name, ColumnRole role, const ColumnOptions& options, const CsvFormat& format)
    : role_(role), format_(format) {
    column_.name = std::move(name);
    choose_kind(options);
    if (role == ColumnRole::label || role == ColumnRole::group || role == ColumnRole::sequence) {
        column_.kind = ColumnKind::category;
    }
    if (role == ColumnRole::order) column_.kind = order_kind(options);
    const bool fills = role == ColumnRole::input;
    column_.fill = fills || options.fill == MissingValues::drop_row ? options.fill : MissingValues::refuse;
    for (const std::string& text : options.column_fill) {
        if (!matches(named_column(text), column_.name)) continue;
        column_.fill = *fill_choice(text);
        break;
    }
    column_.indicator = fills && matches_any(options.indicator, column_.name);
    if (column_.kind == ColumnKind::time) column_.time_parts = options.time_parts;
}

ColumnReader::ColumnReader(const ColumnEncoding& known, bool may_miss, ColumnRole role, const CsvFormat& format)
    : role_(role), format_(format), given_categories_(true), known_(true), may_miss_(may_miss) {
    column_.name = known.name;
    column_.kind = known.kind;
    column_.categories = known.categories;
    column_.time_parts = known.time_parts;
    for (const std::string& category : known.categories) codes_.emplace(category, static_cast<double>(codes_.size()));
}

DataColumn ColumnReader::take() {
    if (given_categories_ || column_.kind != ColumnKind::category) return std::move(column_);
    std::vector<double> place(codes_.size());
    for (const auto& [name, code] : codes_) {  // sorted by name
        place[static_cast<std::size_t>(code)] = static_cast<double>(column_.categories.size());
        column_.categories.push_back(name);
    }
    for (double& value : column_.values) {
        if (!std::isnan(value)) value = place[static_cast<std::size_t>(value)];
    }
    return std::move(column_);
}

void ColumnReader::choose_kind(const ColumnOptions& options) {
    if (matches_any(options.categorical, column_.name)) column_.kind = ColumnKind::category;
    if (matches_any(options.boolean, column_.name)) column_.kind = ColumnKind::boolean;
    if (matches_any(options.time, column_.name)) column_.kind = ColumnKind::time;
    for (const std::string& text : options.ordinal) {
        if (!matches(named_column(text), column_.name)) continue;
        column_.kind = ColumnKind::ordinal;
        column_.categories = ranked_categories(text);
        given_categories_ = true;
        break;
    }
}

double ColumnReader::read_with_care(std::string_view text, const FieldValues& values, const Teller& teller) {
    const std::optional<double> value = value_of(text, values);
    if (!value) {
        tell(teller, " must hold " + kind_in_words() + ", got " + in_quotes(text), "wrong", way_out(text));
        return nan;
    }
    if (std::isnan(*value)) return missing(text, teller);
    if (column_.kind == ColumnKind::number && std::abs(*value) > largest_number) {
        tell(teller, " must hold numbers up to 1e150, got " + in_quotes(text), "large",
             "divide them, or exclude the column");
    }
    if (role_ == ColumnRole::weight && !(*value > 0.0)) {
        tell(teller, " must hold weights greater than 0, got " + in_quotes(text), "weight",
             "leave out rows that must not count");
    }
    return *value;
}

/// The number of a missing value.
double ColumnReader::missing(std::string_view text, const Teller& teller) {
    const bool is_category = column_.kind == ColumnKind::category;
    if (known_) {
        const auto own = is_category ? codes_.find(missing_category) : codes_.end();
        if (own != codes_.end()) return own->second;
        if (!may_miss_) tell_missing(text, teller);
        return nan;
    }
    const bool is_input = role_ == ColumnRole::input;
    if (is_input && is_category && column_.fill == MissingValues::category) return *category_of(missing_category);
    const bool may_fill = is_input && column_.fill != MissingValues::refuse;
    if (!may_fill && !drops_row()) tell_missing(text, teller);
    return nan;
}

std::optional<double> ColumnReader::value_of(std::string_view text, const FieldValues& values) {
    if (column_.kind == ColumnKind::number) return values.number(text);
    if (values.is_missing(text)) return nan;
    if (column_.kind == ColumnKind::boolean) return truth_value(text);
    if (column_.kind == ColumnKind::time) return time_value(text);
    if (column_.kind == ColumnKind::category) return category_of(text);
    const auto rank = std::ranges::find(column_.categories, text);
    if (rank == column_.categories.end()) return std::nullopt;
    return static_cast<double>(rank - column_.categories.begin());
}

std::optional<double> ColumnReader::category_of(std::string_view text) {
    auto known = codes_.find(text);
    if (known == codes_.end() && given_categories_) return std::nullopt;
    if (known == codes_.end()) known = codes_.emplace(std::string(text), static_cast<double>(codes_.size())).first;
    return known->second;
}

std::string ColumnReader::kind_in_words() const {
    if (column_.kind == ColumnKind::boolean) return "truth values";
    if (column_.kind == ColumnKind::time) return "ISO 8601 dates or times";
    if (column_.kind == ColumnKind::ordinal) return "the categories of its order";
    if (column_.kind == ColumnKind::category) return "the categories of the training data (" + some_categories() + ")";
    return "finite numbers";
}

std::string ColumnReader::some_categories() const {
    constexpr std::size_t most_named = 10;
    std::vector<std::string> names;
    for (const std::string& category : column_.categories) names.push_back(in_quotes(category));
    return listed(names, ", ", most_named);
}

std::string ColumnReader::way_out(std::string_view text) const {
    if (known_) {
        return (column_.kind == ColumnKind::number ? "write it as in the training data, or " : "") +
               std::string(may_miss_ ? "leave the field empty, which counts as missing" : "leave out the row");
    }
    if (column_.kind == ColumnKind::boolean) return "name it under categorical instead";
    if (column_.kind == ColumnKind::time) return "write 2024-02-29 or 2024-02-29T13:30:05, or exclude it";
    if (column_.kind == ColumnKind::ordinal) return "add it to the column's order under ordinal";
    return way_out_of_text(text, role_, format_);
}

void ColumnReader::tell_missing(std::string_view text, const Teller& teller) const {
    const bool is_input = role_ == ColumnRole::input;
    const std::string thing = role_ == ColumnRole::label                       ? "a label"
                              : role_ == ColumnRole::group                     ? "a group"
                              : role_ == ColumnRole::sequence                  ? "a sequence"
                              : is_input && column_.kind != ColumnKind::number ? "a value"
                                                                               : "a number";
    const std::string found = text.empty() ? "a missing value" : in_quotes(text) + ", a missing value";
    std::string way = is_input ? "set fill: median or another, or exclude the column"
                               : "set column_fill: ['" + column_.name + "=drop_row']";
    if (known_) way = "no row that was trained on lacks it: fill it in, or leave out the row";
    if (!known_ && !text.empty() && !is_input) way += ", or take it out of missing";
    tell(teller, " must have " + thing + " in every row, got " + found, "missing", way);
}

void ColumnReader::tell(const Teller& teller, const std::string& rule, const char* kind, const std::string& way) const {
    teller.problems.add({teller.rows.place(teller.field), "column " + in_quotes(column_.name) + rule, way},
                        kind + (" " + column_.name));
}

}  // namespace clade
