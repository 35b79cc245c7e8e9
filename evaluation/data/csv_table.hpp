// A strict CSV reader: a header row of names, then rows with one field per name.
//
// Separators are comma, semicolon or tab; fields may be quoted ("a ""b"" c"); lines end in LF, CR LF or CR; the text is
// UTF-8, with or without a byte order mark. Everything that is wrong is collected, each problem one line that reads
// `file:line:column: rule, value`, and thrown as one Error.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

enum class CsvSeparator { automatic, comma, semicolon, tab };
template <>
struct EnumNames<CsvSeparator> {
    static constexpr std::array<std::string_view, 4> names{"automatic", "comma", "semicolon", "tab"};
};

/// One field, and where it stands: 1-based, columns counted in characters as editors do.
struct CsvCell {
    std::string text{};  ///< without quotes; without the blanks around it where not quoted
    int line = 0;
    int column = 0;
};

/// Collects what is wrong with a file. The first twenty in the file are kept, the others counted.
class CsvProblems {
public:
    explicit CsvProblems(std::string file) : file_(std::move(file)) {}

    /// `message` is the rule, then the value found: "must be a number, got 'x'".
    void add(int line, int column, std::string_view message);
    void add(const CsvCell& at, std::string_view message) { add(at.line, at.column, message); }

    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

    /// Throws Error with every problem, if there is any.
    void finish() const;

private:
    static constexpr std::size_t limit = 20;

    struct Problem {
        int line;
        int column;
        std::string message;
    };

    std::string file_;
    std::vector<Problem> first_;  // in the order of the file
    std::size_t count_ = 0;
};

struct CsvTable {
    std::string file{};             ///< for messages
    std::vector<CsvCell> header{};  ///< [column_count], names not empty and unique
    std::vector<CsvCell> cells{};   ///< [row_count x column_count], row by row

    /// What is wrong with the rows (those of a wrong length are left out), to be reported together with what is wrong
    /// in them: whoever uses the cells adds to it and calls finish().
    CsvProblems problems;

    [[nodiscard]] std::size_t column_count() const noexcept { return header.size(); }
    [[nodiscard]] std::size_t row_count() const noexcept { return header.empty() ? 0 : cells.size() / header.size(); }
    [[nodiscard]] const CsvCell& cell(std::size_t row, std::size_t column) const noexcept {
        return cells[row * header.size() + column];
    }

    /// The position of a column; if there is none of that name, a problem with a suggestion.
    [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name, CsvProblems& found) const;
};

/// Throws Error if the file cannot be read, or with everything that is wrong with its header.
[[nodiscard]] CsvTable read_csv(const std::filesystem::path& file, CsvSeparator separator = CsvSeparator::automatic);

/// The same of a text; `file` is its name in messages.
[[nodiscard]] CsvTable parse_csv(std::string_view text, std::string file,
                                 CsvSeparator separator = CsvSeparator::automatic);

/// Writes a column's numbers to `out` [row_count]; empty fields and whatever is not a finite number within the range of
/// float are added to `problems`.
void read_numbers(const CsvTable& table, std::size_t column, std::span<float> out, CsvProblems& problems);

}  // namespace clade
