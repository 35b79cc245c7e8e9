#include "terminal/text_table.hpp"

#include "terminal/safe_output.hpp"
#include "terminal/wrapping.hpp"

#include <clade/core/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace clade {
namespace {

constexpr std::string_view column_gap = "  ";
constexpr std::size_t narrowest = 8;  // a wrapping column is never made narrower: it would be all line breaks

std::size_t total_width(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), column_gap.size() * (widths.size() - 1));
}

std::string aligned(const std::string& text, std::size_t width, TextTable::Align align) {
    const std::size_t used = display_width(text);
    const std::string space(width > used ? width - used : 0, ' ');
    return align == TextTable::Align::left ? text + space : space + text;
}

std::string without_trailing_space(std::string text) {
    const std::size_t last = text.find_last_not_of(' ');
    text.resize(last == std::string::npos ? 0 : last + 1);
    return text;
}

/// One row, which takes as many lines as its tallest cell.
std::string row_text(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                     const std::vector<TextTable::Align>& aligns) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        lines.push_back(wrapped_lines(cells[c], widths[c]));
        height = std::max(height, lines.back().size());
    }
    std::string text;
    for (std::size_t i = 0; i < height; ++i) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (c > 0) line += column_gap;
            line += aligned(i < lines[c].size() ? lines[c][i] : std::string(), widths[c], aligns[c]);
        }
        text += without_trailing_space(std::move(line)) + '\n';
    }
    return text;
}

}  // namespace

void TextTable::column(std::string header, Align align, bool wrap, int importance) {
    columns_.push_back({std::move(header), align, wrap, importance});
}

void TextTable::columns(std::initializer_list<std::pair<const char*, int>> headers, Align align) {
    for (const auto& [header, importance] : headers) column(header, align, false, importance);
}

void TextTable::row(std::vector<std::string> cells) {
    if (cells.size() != columns_.size()) throw LogicError("a table's row needs one cell a column");
    rows_.push_back(std::move(cells));
}

/// As wide as their cells, narrower where that is too wide and they wrap.
std::vector<std::size_t> TextTable::widths(const Positions& shown, std::size_t limit) const {
    std::vector<std::size_t> widths;
    for (const std::size_t c : shown) {
        std::size_t width = widest_line(columns_[c].header);
        for (const auto& row : rows_) width = std::max(width, widest_line(row[c]));
        widths.push_back(width);
    }
    std::size_t total = total_width(widths);
    while (total > limit) {
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const Column& column = columns_[shown[i]];
            if (!column.wrap || widths[i] <= std::max(narrowest, display_width(column.header))) continue;
            if (widest == nullptr || widths[i] > *widest) widest = &widths[i];
        }
        if (widest == nullptr) break;
        --*widest;
        --total;
    }
    return widths;
}

TextTable::Positions TextTable::shown_columns(std::size_t limit) const {
    Positions shown(columns_.size());
    std::iota(shown.begin(), shown.end(), std::size_t{0});
    while (total_width(widths(shown, limit)) > limit) {
        const auto least = std::min_element(shown.rbegin(), shown.rend(), [this](std::size_t a, std::size_t b) {
            return columns_[a].importance < columns_[b].importance;
        });
        if (columns_[*least].importance >= always) break;
        shown.erase(std::next(least).base());
    }
    return shown;
}

std::string TextTable::text(std::size_t width) const {
    if (columns_.empty()) return "";
    const Positions shown = shown_columns(width);
    const std::vector<std::size_t> widths = this->widths(shown, width);
    std::vector<Align> aligns;
    std::vector<std::string> headers;
    std::vector<std::string> rules;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        headers.push_back(columns_[shown[i]].header);
        rules.emplace_back(widths[i], '-');
        aligns.push_back(columns_[shown[i]].align);
    }
    std::string text = row_text(headers, widths, aligns) + row_text(rules, widths, aligns);
    for (const auto& row : rows_) {
        std::vector<std::string> cells;
        for (const std::size_t c : shown) cells.push_back(row[c]);
        text += row_text(cells, widths, aligns);
    }
    return text;
}

std::string facts_text(const std::vector<Fact>& facts, std::size_t width) {
    std::size_t margin = 0;
    for (const Fact& fact : facts) margin = std::max(margin, display_width(fact.name) + 2);
    const std::size_t room = room_beside(margin, width);
    std::string text;
    for (const Fact& fact : facts) {
        std::string label = fact.name;
        const std::string value = one_line(fact.value);
        for (const std::string& line : fact.wrap ? wrapped_lines(value, room) : std::vector{value}) {
            text += label;
            text.append(margin - display_width(label), ' ');
            text += line;
            text += '\n';
            label.clear();
        }
    }
    return text;
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with(' ') && !text.ends_with(' ')) {
        return std::string(text);
    }
    std::string cell = "\"";
    for (const char character : text) {
        if (character == '"') cell += '"';
        cell += character;
    }
    return cell + '"';
}

}  // namespace clade
