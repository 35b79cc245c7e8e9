#include <clade/evaluation/data/table_reader.hpp>

#include <clade/core/text.hpp>
#include <clade/evaluation/data/column_names_internal.hpp>
#include <clade/evaluation/data/column_reader_internal.hpp>
#include <clade/evaluation/data/series_internal.hpp>
#include <clade/evaluation/data/table_header_internal.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace clade {
namespace {

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
        DatasetColumns names{.targets = columns.targets, .weight = columns.weight};
        for (const LabelColumn& label : columns.labels) names.labels.push_back(label.name);
        for (const ColumnEncoding& input : columns.inputs) names.features.push_back(input.name);
        names.options.group = columns.group;
        names.options.sequence = columns.sequence;
        if (columns.order_kind == ColumnKind::time) names.options.time = {columns.sequence.order};
        require_columns(header_, names, problems_);
        problems_.finish();
        uses_ = columns_used(header_, names, problems_);
        problems_.finish();
        std::size_t input = 0;
        std::size_t label = 0;
        for (const ColumnUse& use : uses_) {
            const bool is_target = use.role == ColumnRole::target;
            ColumnEncoding known;
            if (use.role == ColumnRole::label) {
                known = {.kind = ColumnKind::category, .categories = columns.labels[label++].classes};
            }
            if (use.role == ColumnRole::input) known = columns.inputs[input++];
            known.name = header_.names[use.field];
            const bool is_key = use.role == ColumnRole::group || use.role == ColumnRole::sequence;
            if (is_key || use.role == ColumnRole::order) {
                readers_.emplace_back(known.name, use.role, names.options, format_);
                readers_.back().set_known();
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
                    table.labels.push_back({column.name, column.categories, {}});
                    if (problems_.empty()) table.labels.back().codes = codes_of(column);
                    break;
                case ColumnRole::weight:
                    table.weight = std::move(column.values);
                    break;
                case ColumnRole::group:
                    if (problems_.empty()) table.group = codes_of(column);
                    break;
                case ColumnRole::sequence:
                    if (problems_.empty()) table.sequence = codes_of(column);
                    break;
                case ColumnRole::order:
                    table.order = std::move(column.values);
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
