#include <clade/evaluation/data/table_reader.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_names_internal.hpp>
#include <clade/evaluation/data/series_internal.hpp>
#include <clade/evaluation/data/table_header_internal.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace clade {
namespace {

/// What to do about a text that is no number.
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
    if (time_value(text)) return "name the column under time";
    if (truth_value(text)) return "name the column under boolean";
    return "name the column under categorical or exclude, or the text under missing";
}

/// Reads one column, field by field.
class ColumnReader {
public:
    ColumnReader(std::string name, ColumnRole role, const ColumnOptions& options, const CsvFormat& format)
        : role_(role), format_(format) {
        column_.name = std::move(name);
        choose_kind(options);
        if (role == ColumnRole::label || role == ColumnRole::group) column_.kind = ColumnKind::category;
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

    /// A column whose kind and categories are known.
    ColumnReader(const ColumnEncoding& known, bool may_miss, ColumnRole role, const CsvFormat& format)
        : role_(role), format_(format), given_categories_(true), known_(true), may_miss_(may_miss) {
        column_.name = known.name;
        column_.kind = known.kind;
        column_.categories = known.categories;
        column_.time_parts = known.time_parts;
        for (const std::string& category : known.categories) {
            codes_.emplace(category, static_cast<double>(codes_.size()));
        }
    }

    [[nodiscard]] ColumnRole role() const { return role_; }
    [[nodiscard]] bool drops_row() const { return column_.fill == MissingValues::drop_row; }

    /// The number of a field; NaN: it is missing, or a problem.
    double read(std::string_view text, const FieldValues& values, const CsvRows& rows, const CsvField& field,
                CsvProblems& problems) {
        if (column_.kind == ColumnKind::number) {  // most columns
            const std::optional<double> number = values.number(text);
            if (number && !std::isnan(*number)) {
                if (role_ == ColumnRole::weight && !(*number > 0.0)) {
                    tell(problems, rows, field, " must hold weights greater than 0, got " + in_quotes(text), "weight",
                         "leave out rows that must not count");
                }
                return *number;
            }
        }
        const std::optional<double> value = value_of(text, values);
        if (!value) {
            tell(problems, rows, field, " must hold " + kind_in_words() + ", got " + in_quotes(text), "wrong",
                 way_out(text));
            return nan;
        }
        if (std::isnan(*value) && known_) {
            if (column_.kind == ColumnKind::category && codes_.contains(missing_category)) {
                return codes_.find(missing_category)->second;
            }
            if (!may_miss_) tell_missing(text, rows, field, problems);
            return nan;
        }
        if (std::isnan(*value)) {
            if (column_.fill == MissingValues::category && column_.kind == ColumnKind::category &&
                role_ == ColumnRole::input) {
                return *category_of(missing_category);
            }
            const bool may_fill = role_ == ColumnRole::input && column_.fill != MissingValues::refuse;
            if (!may_fill && !drops_row()) tell_missing(text, rows, field, problems);
        }
        return *value;
    }

    void reserve(std::size_t rows) { column_.values.reserve(rows); }
    void append(double value) { column_.values.push_back(value); }

    /// The column; categories that were found are sorted, so that they do not depend on the order of the rows.
    DataColumn take() {
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

private:
    void choose_kind(const ColumnOptions& options) {
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

    std::optional<double> category_of(std::string_view text) {
        auto known = codes_.find(text);
        if (known == codes_.end() && given_categories_) return std::nullopt;
        if (known == codes_.end()) known = codes_.emplace(std::string(text), static_cast<double>(codes_.size())).first;
        return known->second;
    }

    std::optional<double> value_of(std::string_view text, const FieldValues& values) {
        if (column_.kind == ColumnKind::number) return values.number(text);
        if (values.is_missing(text)) return nan;
        if (column_.kind == ColumnKind::boolean) return truth_value(text);
        if (column_.kind == ColumnKind::time) return time_value(text);
        if (column_.kind == ColumnKind::category) return category_of(text);
        const auto rank = std::ranges::find(column_.categories, text);
        if (rank == column_.categories.end()) return std::nullopt;
        return static_cast<double>(rank - column_.categories.begin());
    }

    [[nodiscard]] std::string kind_in_words() const {
        if (column_.kind == ColumnKind::boolean) return "truth values";
        if (column_.kind == ColumnKind::time) return "ISO 8601 dates or times";
        if (column_.kind == ColumnKind::ordinal) return "the categories of its order";
        if (column_.kind == ColumnKind::category)
            return "the categories of the training data (" + some_categories() + ")";
        return "finite numbers";
    }

    [[nodiscard]] std::string some_categories() const {
        constexpr std::size_t most = 10;
        std::string names;
        for (std::size_t i = 0; i < std::min(most, column_.categories.size()); ++i) {
            names += (i == 0 ? "" : ", ") + in_quotes(column_.categories[i]);
        }
        const std::size_t more = column_.categories.size() - std::min(most, column_.categories.size());
        return more == 0 ? names : names + " and " + std::to_string(more) + " more";
    }

    [[nodiscard]] std::string way_out(std::string_view text) const {
        if (known_) {
            return (column_.kind == ColumnKind::number ? "write it as in the training data, or " : "") +
                   std::string(may_miss_ ? "leave the field empty, which counts as missing" : "leave out the row");
        }
        if (column_.kind == ColumnKind::boolean) return "name it under categorical instead";
        if (column_.kind == ColumnKind::time) return "write 2024-02-29 or 2024-02-29T13:30:05, or exclude it";
        if (column_.kind == ColumnKind::ordinal) return "add it to the column's order under ordinal";
        return way_to_read(text, format_);
    }

    void tell_missing(std::string_view text, const CsvRows& rows, const CsvField& field, CsvProblems& problems) {
        const bool is_input = role_ == ColumnRole::input;
        const std::string thing = role_ == ColumnRole::label                       ? "a label"
                                  : role_ == ColumnRole::group                     ? "a group"
                                  : is_input && column_.kind != ColumnKind::number ? "a value"
                                                                                   : "a number";
        const std::string found = text.empty() ? "a missing value" : in_quotes(text) + ", a missing value";
        std::string way = is_input ? "set fill: median or another, or exclude the column"
                                   : "set column_fill: ['" + column_.name + "=drop_row']";
        if (known_) way = "no value of it was missing in training: fill it in, or leave out the row";
        if (!known_ && !text.empty() && !is_input) way += ", or take it out of missing";
        tell(problems, rows, field, " must have " + thing + " in every row, got " + found, "missing", way);
    }

    void tell(CsvProblems& problems, const CsvRows& rows, const CsvField& field, const std::string& rule,
              const char* kind, const std::string& way) const {
        problems.add({rows.place(field), "column " + in_quotes(column_.name) + rule, way}, kind + (" " + column_.name));
    }

    ColumnRole role_;
    const CsvFormat& format_;
    DataColumn column_;
    bool given_categories_ = false;                     // no others are taken
    bool known_ = false;                                // from other data
    bool may_miss_ = false;                             // of a known column
    std::map<std::string, double, std::less<>> codes_;  // by category, in the order found
};

class TableReader {
public:
    TableReader(TextReader text, const std::string& file, const CsvFormat& format, const DatasetColumns& columns)
        : TableReader(std::move(text), file, format) {
        uses_ = columns_used(header_, columns, problems_);
        for (const ColumnUse& use : uses_)
            readers_.emplace_back(header_.names[use.field], use.role, columns.options, format_);
        row_.resize(uses_.size());
    }

    TableReader(TextReader text, const std::string& file, const CsvFormat& format, const KnownColumns& columns)
        : TableReader(std::move(text), file, format) {
        use_known(columns);
        row_.resize(uses_.size());
    }

    DataTable read(std::size_t expected_rows) {
        for (ColumnReader& reader : readers_) reader.reserve(expected_rows);
        std::size_t empty_rows = 0;  // they count only if something follows
        std::size_t found = 0;
        const std::vector<CsvField> nothing(header_.names.size());
        while (rows_.next()) {
            const std::span<const CsvField> fields = rows_.fields();
            if (std::ranges::all_of(fields, [](const CsvField& field) { return field.text.empty(); })) {
                ++empty_rows;
                continue;
            }
            for (; empty_rows > 0; --empty_rows) read_row(nothing);
            ++found;
            if (has_all(fields)) read_row(fields);
        }
        if (found == 0 && problems_.empty()) {
            problems_.add({{rows_.line(), 1}, "at least one row must follow the header, got none", ""});
        }
        return table();
    }

private:
    TableReader(TextReader text, const std::string& file, const CsvFormat& format)
        : file_(file),
          format_(format),
          problems_(file),
          values_(format),
          rows_(std::move(text), file, format, problems_) {
        header_ = read_header(rows_, file, format, values_, problems_);
    }

    /// Throws Error with every problem of the header, if there is any.
    void use_known(const KnownColumns& columns) {
        DatasetColumns names{.targets = columns.targets, .label = columns.label, .weight = columns.weight};
        for (const ColumnEncoding& input : columns.inputs) names.features.push_back(input.name);
        names.options.group = columns.group;
        require_columns(header_, names, problems_);
        problems_.finish();
        uses_ = columns_used(header_, names, problems_);
        problems_.finish();
        const ColumnEncoding label{.kind = ColumnKind::category, .categories = columns.classes};
        std::size_t input = 0;
        for (const ColumnUse& use : uses_) {
            const bool is_target = use.role == ColumnRole::target;
            ColumnEncoding known = use.role == ColumnRole::label ? label : ColumnEncoding{};
            if (use.role == ColumnRole::input) known = columns.inputs[input++];
            known.name = header_.names[use.field];
            if (use.role == ColumnRole::group) {
                readers_.emplace_back(known.name, use.role, names.options, format_);
            } else {
                const bool may_miss = is_target ? columns.targets_may_miss : takes_missing(known);
                readers_.emplace_back(known, may_miss, use.role, format_);
            }
        }
    }

    /// Whether the row is as long as the header; empty fields beyond it do no harm.
    bool has_all(std::span<const CsvField> fields) {
        const std::size_t width = header_.names.size();
        const auto is_empty = [](const CsvField& field) { return field.text.empty(); };
        if (fields.size() == width || (fields.size() > width && std::ranges::all_of(fields.subspan(width), is_empty)))
            return true;
        std::string way;
        const std::string_view first = fields.front().text;
        for (const char mark : {'#', '%'}) {
            if (format_.comment.empty() && first.starts_with(mark)) way = "set comment: '" + std::string(1, mark) + "'";
        }
        problems_.add({{rows_.line(), 1},
                       "a row must have " + std::to_string(width) + " fields like the header, got " +
                           std::to_string(fields.size()),
                       way},
                      "width");
        return false;
    }

    void read_row(std::span<const CsvField> fields) {
        bool drop = false;
        for (std::size_t i = 0; i < uses_.size(); ++i) {
            const CsvField& field = fields[uses_[i].field];
            row_[i] = readers_[i].read(field.text, values_, rows_, field, problems_);
            drop = drop || (readers_[i].drops_row() && std::isnan(row_[i]));
        }
        if (drop) return;
        for (std::size_t i = 0; i < uses_.size(); ++i) readers_[i].append(row_[i]);
    }

    DataTable table() {
        DataTable table;
        for (std::size_t i = 0; i < readers_.size(); ++i) {
            DataColumn column = readers_[i].take();
            switch (readers_[i].role()) {
                case ColumnRole::input:
                    table.inputs.push_back(std::move(column));
                    break;
                case ColumnRole::target:
                    table.targets.push_back(std::move(column));
                    break;
                case ColumnRole::label:
                    require_classes(column, header_.places[uses_[i].field]);
                    if (problems_.empty()) table.label = codes_of(column);
                    table.classes = std::move(column.categories);
                    break;
                case ColumnRole::weight:
                    table.weight = std::move(column.values);
                    break;
                case ColumnRole::group:
                    if (problems_.empty()) table.group = codes_of(column);
                    break;
            }
        }
        problems_.finish();
        return table;
    }

    void require_classes(const DataColumn& column, CsvPlace header) {
        if (!problems_.empty() || column.categories.size() >= 2) return;
        const std::string only = column.categories.empty() ? "none" : in_quotes(column.categories.front()) + " only";
        problems_.add({header, "a label column must have at least two classes, got " + only, ""});
    }

    static std::vector<std::uint32_t> codes_of(const DataColumn& column) {
        std::vector<std::uint32_t> codes;
        for (const double value : column.values) codes.push_back(static_cast<std::uint32_t>(value));
        return codes;
    }

    std::string file_;
    const CsvFormat& format_;
    CsvProblems problems_;
    FieldValues values_;
    CsvRows rows_;
    TableHeader header_;
    std::vector<ColumnUse> uses_;
    std::vector<ColumnReader> readers_;  // [uses_]
    std::vector<double> row_;            // [uses_]
};

DataTable read_known(TextReader text, const std::string& name, const CsvFormat& format, const KnownColumns& columns) {
    return TableReader(std::move(text), name, format, columns).read(0);
}

DataTable read_all(TextReader text, const std::string& name, const CsvFormat& format, const DatasetColumns& columns,
                   std::size_t expected_rows) {
    DataTable table = TableReader(std::move(text), name, format, columns).read(expected_rows);
    if (table.row_count() == 0)
        throw Error(name + ": at least one row must be left, but each has a missing value; set fill or column_fill");
    (void)make_series(table, columns.options);
    return table;
}

}  // namespace

DataTable read_table(const std::filesystem::path& file, const CsvFormat& format, const DatasetColumns& columns,
                     std::size_t expected_rows) {
    DataTable table = read_all(text_of_file(file), file.string(), format, columns, expected_rows);
    table.files = {input_file(file)};
    return table;
}

DataTable parse_table(std::string_view bytes, const std::string& name, const CsvFormat& format,
                      const DatasetColumns& columns) {
    return read_all(text_of_bytes(bytes, name), name, format, columns, 0);
}

DataTable read_known_table(const std::filesystem::path& file, const CsvFormat& format, const KnownColumns& columns) {
    return read_known(text_of_file(file), file.string(), format, columns);
}

DataTable parse_known_table(std::string_view bytes, const std::string& name, const CsvFormat& format,
                            const KnownColumns& columns) {
    return read_known(text_of_bytes(bytes, name), name, format, columns);
}

}  // namespace clade
