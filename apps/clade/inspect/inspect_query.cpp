#include "clade/inspect/inspect_query.hpp"

#include "clade/inspect/inspect_values.hpp"
#include "clade/output/json_text.hpp"
#include "clade/query/run_query.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_table.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/text.hpp>

#include <fmt/format.h>

#include <iostream>

namespace clade::inspect {
namespace {

constexpr std::size_t longest_cell = 60;  ///< of a text in the table, in bytes

/// A value as text; `null` stands for NULL.
std::string value_text(const query::Value& value, const char* null) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* blob = std::get_if<query::BlobSize>(&value)) return counted(blob->bytes, "byte");
    return null;
}

std::string cell_text(const query::Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:.6g}", *number);
    return printable(value_text(value, "-"), longest_cell);
}

Json cell_json(const query::Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* number = std::get_if<double>(&value)) return json_value(*number);
    if (std::holds_alternative<std::nullptr_t>(value)) return nullptr;
    return value_text(value, "");
}

/// Writes rows as they come, in one of the formats.
class QueryPage {
public:
    QueryPage(Format format, std::uint64_t limit) : format_(format), limit_(limit) {}

    void columns(const std::vector<std::string>& names) {
        names_ = names;
        if (format_ == Format::csv) std::cout << csv_line(names);
        for (const std::string& name : names) table_.column(printable(name), TextTable::Align::left);
    }

    bool row(const std::vector<query::Value>& values) {
        if (rows_ == limit_) {
            cut_off_ = true;
            return false;
        }
        ++rows_;
        std::vector<std::string> cells;
        if (format_ == Format::csv) {
            for (const query::Value& value : values) cells.push_back(value_text(value, ""));
            std::cout << csv_line(cells);
        } else if (format_ == Format::table) {
            for (const query::Value& value : values) cells.push_back(cell_text(value));
            table_.row(std::move(cells));
        } else {
            Json list = Json::array();
            for (const query::Value& value : values) list.push_back(cell_json(value));
            json_rows_.push_back(std::move(list));
        }
        return true;
    }

    void end() {
        if (format_ == Format::table) std::cout << table_.text(terminal_width(Output::out));
        if (format_ == Format::json) {
            print({{"columns", names_}, {"rows", std::move(json_rows_)}, {"complete", !cut_off_}});
        }
        if (!cut_off_) return;
        std::cout << std::flush;
        std::cerr << for_reading(fmt::format("the first {} shown; --rows N shows more\n", counted(rows_, "row")),
                                 Output::err);
    }

private:
    Format format_;
    std::uint64_t limit_;
    std::uint64_t rows_ = 0;
    bool cut_off_ = false;
    std::vector<std::string> names_;
    TextTable table_;
    Json json_rows_ = Json::array();
};

}  // namespace

void print_query(const Subject& subject, const std::string& sql, std::uint64_t limit, Format format) {
    QueryPage page(format, limit);
    query::run_query(subject.run, subject.vocabulary, sql,
                     {.on_columns = [&](const auto& names) { page.columns(names); },
                      .on_row = [&](const auto& values) { return page.row(values); }});
    page.end();
}

}  // namespace clade::inspect
