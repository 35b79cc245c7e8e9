#include <clade/evaluation/data/table_header_internal.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_names_internal.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

namespace clade {
namespace {

/// Whether names are numbers one after the other, such as years.
bool count_up(const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i] != std::floor(numbers[i]) || numbers[i] != numbers[0] + static_cast<double>(i)) return false;
    }
    return numbers.size() > 1;
}

/// Whether the names have numbers wherever the first row has.
bool look_like(const std::vector<std::string>& names, std::span<const CsvField> row, const FieldValues& values) {
    std::vector<double> numbers;
    if (names.size() != row.size()) return false;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const auto number = values.number(row[i].text);
        if (!number || std::isnan(*number)) continue;
        const auto name = values.number(names[i]);
        if (!name || std::isnan(*name)) return false;
        numbers.push_back(*name);
    }
    return !numbers.empty() && !count_up(numbers);
}

/// As messages show them.
std::vector<std::string> printable_names(const std::vector<std::string>& names) {
    std::vector<std::string> shown;
    for (const std::string& name : names) shown.push_back(printable(name, 60));
    return shown;
}

constexpr std::size_t most_listed = 30;

/// The columns of a file, each of which can serve once.
class ColumnFinder {
public:
    ColumnFinder(const TableHeader& header, CsvProblems& problems)
        : header_(header), problems_(problems), used_(header.names.size(), false) {}

    /// Adds those that are there and not used yet; the others are problems.
    void use(const std::string& name, ColumnRole role, std::vector<ColumnUse>& uses) {
        const auto first = std::ranges::find(header_.names, name);
        if (first == header_.names.end()) {
            all_found_ = false;
            problems_.add({{}, missing_column(name), header_.may_be_data ? looks_like_data : ""});
            return;
        }
        const auto column = static_cast<std::size_t>(first - header_.names.begin());
        if (std::find(first + 1, header_.names.end(), name) != header_.names.end()) return tell_twin(column);
        if (used_[column]) {
            problems_.add({header_.places[column], "column " + in_quotes(name) + " must serve once, got it twice", ""});
            return;
        }
        used_[column] = true;
        uses.push_back({column, role});
    }

    /// Adds all that are neither used nor excluded. None if a column was not found: then one of these may be it.
    void use_rest(const std::vector<std::string>& exclude, std::vector<ColumnUse>& uses) {
        if (!all_found_) return;
        const std::size_t before = uses.size();
        for (std::size_t column = 0; column < used_.size(); ++column) {
            const std::string& name = header_.names[column];
            if (used_[column] || matches_any(exclude, name)) continue;
            if (name.empty()) {
                problems_.add({header_.places[column], "a column name must not be empty", "set exclude: [''] or names"},
                              "no name");
            } else if (std::ranges::count(header_.names, name) > 1) {
                if (std::ranges::find(header_.names, name) - header_.names.begin() ==
                    static_cast<std::ptrdiff_t>(column))
                    tell_twin(column);
            } else {
                uses.push_back({column, ColumnRole::input});
            }
        }
        if (uses.size() == before) problems_.add({{}, "at least one column must be left as a feature, got none", ""});
    }

    /// Patterns must be of some use.
    void require_match(const char* key, std::string_view pattern) {
        const bool known =
            std::ranges::any_of(header_.names, [&](const std::string& name) { return matches(pattern, name); });
        if (!known && pattern.find_first_of("*?") == std::string_view::npos) {
            problems_.add({{}, std::string(key) + ": " + missing_column(pattern), ""});
        } else if (!known) {
            problems_.add({{}, std::string(key) + ": a column must be like " + in_quotes(pattern) + ", got none", ""});
        }
    }

    static constexpr const char* looks_like_data = "the first row looks like data: set header: false or names";

    /// Neither label nor targets is set.
    void tell_nothing_to_predict() {
        problems_.add({{1, 1},
                       "label (a column of classes) or targets (columns of numbers) must be set: what to predict",
                       "the columns are: " + listed(printable_names(header_.names), " ", most_listed)},
                      "nothing to predict");
    }

private:
    void tell_twin(std::size_t column) {
        const std::string& name = header_.names[column];
        const auto first = static_cast<std::size_t>(std::ranges::find(header_.names, name) - header_.names.begin());
        const auto second = static_cast<std::size_t>(
            std::find(header_.names.begin() + static_cast<std::ptrdiff_t>(first) + 1, header_.names.end(), name) -
            header_.names.begin());
        problems_.add({header_.places[second], "column names must be unique, got " + in_quotes(name) + " again",
                       "exclude it, or set names"},
                      "twin " + name);
    }

    [[nodiscard]] std::string missing_column(std::string_view name) const {
        const std::vector<std::string_view> names(header_.names.begin(), header_.names.end());
        const std::string message = "the header must name column " + in_quotes(name);
        if (const auto near = nearest_name(name, names)) return message + "; did you mean " + in_quotes(*near) + "?";
        return message + ", got: " + listed(printable_names(header_.names), " ", most_listed);
    }

    const TableHeader& header_;
    CsvProblems& problems_;
    std::vector<bool> used_;  // [column_count]
    bool all_found_ = true;
};

}  // namespace

std::string in_quotes(std::string_view text) { return "'" + printable(text, 60) + "'"; }

TableHeader read_header(CsvRows& rows, const std::string& file, const CsvFormat& format, const FieldValues& values,
                        CsvProblems& problems) {
    const bool is_row =
        format.header == CsvHeader::yes || (format.header == CsvHeader::automatic && format.names.empty());
    if (!rows.next()) {
        throw Error(file + ":1:1: " + (is_row ? "a header row" : "a row") + " must come first, got an empty file");
    }
    TableHeader header;
    for (const CsvField& field : rows.fields()) {
        header.names.push_back(is_row ? std::string(field.text) : "c" + std::to_string(header.names.size() + 1));
        header.places.push_back(is_row ? rows.place(field) : CsvPlace{});
    }
    const int line = rows.line();
    if (!format.names.empty()) {
        if (format.names.size() != header.names.size()) {
            problems.add({{line, 1},
                          "names must have a name for each of " + std::to_string(header.names.size()) +
                              " columns, got " + std::to_string(format.names.size()),
                          "leave no column out: one that is not read may be empty"});
        }
        header.names = format.names;
        header.places.resize(format.names.size());
    }
    if (!is_row) {
        rows.hold();
        return header;
    }
    if (!rows.next()) return header;
    rows.hold();
    header.may_be_data = format.header == CsvHeader::automatic && look_like(header.names, rows.fields(), values);
    if (header.may_be_data) {
        problems.add({{line, 1},
                      "a header row must come first, got one that looks like data",
                      "set header: false (columns c1, c2, ...) or names, or header: true if it is one"});
    }
    // A separator at the end of each line makes no column.
    if (header.names.size() > 1 && header.names.back().empty() && rows.fields().back().text.empty() &&
        rows.fields().size() == header.names.size()) {
        header.names.pop_back();
        header.places.pop_back();
    }
    return header;
}

std::vector<ColumnUse> columns_used(const TableHeader& header, const DatasetColumns& columns, CsvProblems& problems) {
    std::vector<ColumnUse> uses;
    ColumnFinder finder(header, problems);
    const ColumnOptions& options = columns.options;
    if (columns.labels.empty() && columns.targets.empty() && columns.features.empty()) finder.tell_nothing_to_predict();
    for (const std::string& name : columns.labels) finder.use(name, ColumnRole::label, uses);
    for (const std::string& name : columns.targets) finder.use(name, ColumnRole::target, uses);
    if (!columns.weight.empty()) finder.use(columns.weight, ColumnRole::weight, uses);
    for (const std::string& name : columns.features) finder.use(name, ColumnRole::input, uses);
    if (!options.group.empty()) finder.use(options.group, ColumnRole::group, uses);
    const SequenceColumns& sequence = options.sequence;
    if (!sequence.by.empty()) finder.use(sequence.by, ColumnRole::sequence, uses);
    if (!sequence.order.empty()) finder.use(sequence.order, ColumnRole::order, uses);
    if (columns.features.empty()) finder.use_rest(options.exclude, uses);
    const auto require = [&](const char* key, const std::vector<std::string>& patterns) {
        for (const std::string& pattern : patterns) finder.require_match(key, named_column(pattern));
    };
    require("exclude", options.exclude);
    require("categorical", options.categorical);
    require("ordinal", options.ordinal);
    require("boolean", options.boolean);
    require("time", options.time);
    require("column_fill", options.column_fill);
    require("indicator", options.indicator);
    return uses;
}

void require_columns(const TableHeader& header, const DatasetColumns& columns, CsvProblems& problems) {
    const ColumnOptions& options = columns.options;
    std::vector<std::string> wanted{columns.weight, options.group, options.sequence.by, options.sequence.order};
    wanted.insert(wanted.end(), columns.labels.begin(), columns.labels.end());
    wanted.insert(wanted.end(), columns.targets.begin(), columns.targets.end());
    wanted.insert(wanted.end(), columns.features.begin(), columns.features.end());
    std::vector<std::string_view> others;  // what a missing column may be called instead
    std::ranges::copy_if(header.names, std::back_inserter(others),
                         [&](const std::string& name) { return std::ranges::find(wanted, name) == wanted.end(); });
    std::vector<std::string> missing;
    for (const std::string& name : wanted) {
        if (name.empty() || std::ranges::find(header.names, name) != header.names.end()) continue;
        const auto near = nearest_name(name, others);
        missing.push_back(in_quotes(name) + (near ? " (did you mean " + in_quotes(*near) + "?)" : ""));
    }
    if (missing.empty()) return;
    problems.add({{},
                  "the header must name every column of the model, in any order, but lacks " +
                      listed(missing, ", ", most_listed) + "; it has " +
                      listed(printable_names(header.names), ", ", most_listed),
                  "add or rename these columns"});
}

}  // namespace clade
