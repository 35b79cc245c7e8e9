// Rows of text in aligned columns that fit the terminal.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

class TextTable {
public:
    enum class Align { left, right };

    static constexpr int always = 1'000;  ///< the importance of a column that is never left out

    /// Adds a column. Where the table is too wide, a column that may `wrap` is broken into lines; then the least important
    /// columns are left out, of equals the last.
    void column(std::string header, Align align = Align::right, bool wrap = false, int importance = always);

    /// Adds columns that do not wrap: headers and how important each is.
    void columns(std::initializer_list<std::pair<const char*, int>> headers, Align align = Align::right);

    /// One cell a column.
    void row(std::vector<std::string> cells);

    /// The table with a line under its header, each line at most `width` wide if wrapping columns allow it.
    [[nodiscard]] std::string text(std::size_t width) const;

    [[nodiscard]] std::size_t row_count() const noexcept { return rows_.size(); }

private:
    struct Column {
        std::string header;
        Align align;
        bool wrap;
        int importance;
    };

    using Positions = std::vector<std::size_t>;  // of columns
    [[nodiscard]] std::vector<std::size_t> widths(const Positions& shown, std::size_t limit) const;
    [[nodiscard]] Positions shown_columns(std::size_t limit) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

/// A line of a page's head. Paths are not to be broken: people copy them.
struct Fact {
    std::string name;
    std::string value;
    bool wrap = true;
};

/// Names and values in two columns that fit into `width`.
[[nodiscard]] std::string facts_text(const std::vector<Fact>& facts, std::size_t width);

/// A cell of a CSV file, in quotes where needed.
[[nodiscard]] std::string csv_cell(std::string_view text);

}  // namespace clade
