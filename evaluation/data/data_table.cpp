#include <clade/evaluation/data/data_table.hpp>

#include <clade/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace clade {
namespace {

void require_least(const char* what, std::size_t count, std::size_t wanted) {
    if (count >= wanted) return;
    throw Error(std::string("a data set must have at least ") + std::to_string(wanted) + " " + what + ", got " +
                std::to_string(count));
}

void check_columns(const char* what, const std::vector<DataColumn>& columns, std::size_t rows, bool may_fill) {
    for (const DataColumn& column : columns) {
        const auto wrong = [&](const std::string& rule) {
            throw Error(std::string("the ") + what + " of a data set must " + rule + " (column '" + column.name + "')");
        };
        if (column.values.size() != rows) {
            wrong("all have as many values as there are rows, " + std::to_string(rows) + ", got " +
                  std::to_string(column.values.size()));
        }
        const bool may_miss =
            may_fill && column.fill != MissingValues::refuse && column.fill != MissingValues::drop_row;
        const bool counts = column.kind == ColumnKind::category || column.kind == ColumnKind::ordinal;
        for (const double value : column.values) {
            if (std::isnan(value) && may_miss) continue;
            if (!std::isfinite(value)) wrong("be finite numbers");
            if (counts && !(value >= 0.0 && value < static_cast<double>(column.categories.size()) &&
                            std::floor(value) == value)) {
                wrong("be positions of categories, got " + number_text(value));
            }
        }
    }
}

void check_label(const LabelColumn& label, std::size_t rows) {
    require_least("classes", label.classes.size(), 2);
    if (label.codes.size() != rows) {
        throw Error("a data set must have as many labels as rows, got " + std::to_string(label.codes.size()) + " and " +
                    std::to_string(rows));
    }
    const std::uint32_t last = *std::ranges::max_element(label.codes);
    if (last >= label.classes.size()) {
        throw Error("the labels of a data set must be less than its number of classes, " +
                    std::to_string(label.classes.size()) + ", got " + std::to_string(last));
    }
}

void check_sequences(const DataTable& table) {
    const auto require_rows = [&](const char* what, std::size_t count) {
        if (count == 0 || count == table.row_count()) return;
        throw Error(std::string("a data set must have ") + what + " for each of " + std::to_string(table.row_count()) +
                    " rows, got " + std::to_string(count));
    };
    require_rows("a sequence", table.sequence.size());
    require_rows("a number to order", table.order.size());
    if (!std::ranges::all_of(table.order, [](double number) { return std::isfinite(number); })) {
        throw Error("the numbers that order the rows of a data set must be finite");
    }
    if (table.sequence.empty() || table.group.empty()) return;
    std::map<std::uint32_t, std::uint32_t> group_of;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        if (group_of.emplace(table.sequence[row], table.group[row]).first->second == table.group[row]) continue;
        throw Error("all rows of a sequence must be of one group, got two in row " + std::to_string(row + 1) +
                    " of the data; leave out group, or sequence.by must tell more sequences apart");
    }
}

}  // namespace

void check_table(const DataTable& table) {
    require_least("features", table.inputs.size(), 1);
    require_least("rows", table.row_count(), 1);
    check_columns("inputs", table.inputs, table.row_count(), true);
    check_columns("targets", table.targets, table.row_count(), false);
    if (!table.weight.empty() && table.weight.size() != table.row_count()) {
        throw Error("a data set must have as many weights as rows, got " + std::to_string(table.weight.size()) +
                    " and " + std::to_string(table.row_count()));
    }
    if (!std::ranges::all_of(table.weight, [](double weight) { return weight > 0.0 && std::isfinite(weight); })) {
        throw Error("the weights of a data set must be finite and greater than 0");
    }
    if (!table.group.empty() && table.group.size() != table.row_count()) {
        throw Error("a data set must have as many groups as rows, got " + std::to_string(table.group.size()) + " and " +
                    std::to_string(table.row_count()));
    }
    check_sequences(table);
    if (!table.is_classification()) return require_least("outputs", table.targets.size(), 1);
    for (const LabelColumn& label : table.labels) check_label(label, table.row_count());
}

}  // namespace clade
