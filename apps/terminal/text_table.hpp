// Rows of text in aligned columns that fit the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

class TextTable {
public:
    enum class Align { left, right };

    /// Adds a column. A column that may `wrap` is broken into lines where the table is too wide.
    void column(std::string header, Align align = Align::right, bool wrap = false);

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
    };

    [[nodiscard]] std::vector<std::size_t> widths(std::size_t limit) const;

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
