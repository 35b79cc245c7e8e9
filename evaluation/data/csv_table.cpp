#include <clade/evaluation/data/csv_table.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/data/input_file.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <unordered_map>
#include <utility>

namespace clade {
namespace {

std::string in_quotes(std::string_view text) { return "'" + printable(text, 60) + "'"; }

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

char separator_of(CsvSeparator choice, std::string_view text) {
    switch (choice) {
        case CsvSeparator::comma:
            return ',';
        case CsvSeparator::semicolon:
            return ';';
        case CsvSeparator::tab:
            return '\t';
        case CsvSeparator::automatic:
            break;
    }
    std::array<std::pair<char, int>, 3> counts{{{',', 0}, {';', 0}, {'\t', 0}}};
    bool inside = false;
    for (const char c : text) {
        if (c == '"') inside = !inside;
        if (inside) continue;
        if (c == '\n' || c == '\r') break;
        for (auto& [separator, count] : counts) count += c == separator ? 1 : 0;
    }
    return std::max_element(counts.begin(), counts.end(), [](auto a, auto b) { return a.second < b.second; })->first;
}

/// Walks over the text and knows the place.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    [[nodiscard]] char peek() const { return text_[at_]; }
    [[nodiscard]] bool at_line_end() const { return at_end() || peek() == '\n' || peek() == '\r'; }
    [[nodiscard]] int line() const { return line_; }
    [[nodiscard]] int column() const { return column_; }

    char next() {
        const char c = text_[at_++];
        const bool line_ends = c == '\n' || (c == '\r' && (at_end() || peek() != '\n'));
        if (line_ends) {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {  // not within a UTF-8 character
            ++column_;
        }
        return c;
    }

    void skip_line_end() {
        if (at_end()) return;
        const char c = next();
        if (c == '\r' && !at_end() && peek() == '\n') next();
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
    int column_ = 1;
};

class Parser {
public:
    Parser(std::string_view text, char separator, CsvProblems& problems)
        : cursor_(text), separator_(separator), problems_(problems) {}

    [[nodiscard]] bool at_end() const { return cursor_.at_end(); }

    /// Appends the fields of one line to `row`.
    void read_row(std::vector<CsvCell>& row) {
        for (;;) {
            row.push_back(read_field());
            if (cursor_.at_line_end()) break;
            cursor_.next();  // the separator
        }
        cursor_.skip_line_end();
    }

private:
    [[nodiscard]] bool at_field_end() const { return cursor_.at_line_end() || cursor_.peek() == separator_; }
    [[nodiscard]] bool at_blank() const { return !at_field_end() && (cursor_.peek() == ' ' || cursor_.peek() == '\t'); }

    CsvCell read_field() {
        while (at_blank()) cursor_.next();
        CsvCell cell{{}, cursor_.line(), cursor_.column()};
        if (!at_field_end() && cursor_.peek() == '"') {
            read_quoted(cell);
        } else {
            read_bare(cell);
        }
        return cell;
    }

    void read_bare(CsvCell& cell) {
        while (!at_field_end()) {
            if (cursor_.peek() == '"') {
                problems_.add(cursor_.line(), cursor_.column(),
                              "a quote must enclose the whole field, got one within it");
            }
            cell.text += cursor_.next();
        }
        cell.text = trimmed(cell.text);
    }

    void read_quoted(CsvCell& cell) {
        cursor_.next();
        for (;;) {
            if (cursor_.at_end()) {
                problems_.add(cell, "a quoted field must be closed, got the end of the file");
                return;
            }
            const char c = cursor_.next();
            if (c != '"') {
                cell.text += c;
            } else if (!cursor_.at_end() && cursor_.peek() == '"') {
                cell.text += cursor_.next();
            } else {
                break;
            }
        }
        while (at_blank()) cursor_.next();
        if (at_field_end()) return;
        problems_.add(cursor_.line(), cursor_.column(), "a separator must follow a quoted field, got other text");
        while (!at_field_end()) cursor_.next();
    }

    Cursor cursor_;
    char separator_;
    CsvProblems& problems_;
};

void check_encoding(std::string_view text, const std::string& file) {
    Cursor cursor(text);
    while (!text.empty()) {
        const std::size_t length = text.front() == '\0' ? 0 : utf8_length(text);
        if (length == 0) {
            throw Error(file + ":" + std::to_string(cursor.line()) + ":" + std::to_string(cursor.column()) +
                        ": the file must be UTF-8 text, got binary data or another encoding; save it as UTF-8");
        }
        for (std::size_t i = 0; i < length; ++i) cursor.next();
        text.remove_prefix(length);
    }
}

void check_header(const std::vector<CsvCell>& header, CsvProblems& problems) {
    std::unordered_map<std::string_view, int> seen;
    for (const CsvCell& cell : header) {
        if (cell.text.empty()) {
            problems.add(cell, "a column name must not be empty");
        } else if (!seen.try_emplace(cell.text, cell.column).second) {
            problems.add(cell, "column names must be unique, got " + in_quotes(cell.text) + " again");
        }
    }
}

/// Reads the rows below the header; those of a wrong length are reported and left out.
void read_rows(Parser& parser, CsvTable& table, CsvProblems& problems) {
    const std::size_t width = table.header.size();
    std::vector<CsvCell> row;
    std::optional<CsvCell> blank;  // a blank line counts only if something follows it
    while (!parser.at_end()) {
        row.clear();
        parser.read_row(row);
        const std::string rule = "a row must have " + std::to_string(width) + " fields like the header, got ";
        if (row.size() == 1 && row.front().text.empty()) {
            if (!blank) blank = row.front();
            continue;
        }
        if (blank) problems.add(*blank, rule + "a blank line");
        blank.reset();
        if (row.size() != width) {
            problems.add(row.front().line, 1, rule + std::to_string(row.size()));
        } else {
            std::move(row.begin(), row.end(), std::back_inserter(table.cells));
        }
    }
}

std::optional<float> number_of(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.starts_with("+")) return std::nullopt;
    // from_chars also reads "nan" and "inf".
    if (!(std::abs(value) <= double{std::numeric_limits<float>::max()})) return std::nullopt;
    return static_cast<float>(value);
}

/// What to say of "1,5" and "1,000".
std::string comma_hint(std::string text) {
    const bool has_comma = std::erase(text, ',') > 0;
    return has_comma && number_of(text) ? "; numbers have a decimal point and no other separators" : "";
}

}  // namespace

void CsvProblems::add(int line, int column, std::string_view message) {
    ++count_;
    const auto later = [](const std::pair<int, int>& place, const Problem& problem) {
        return place < std::pair(problem.line, problem.column);
    };
    const auto at = std::upper_bound(first_.begin(), first_.end(), std::pair(line, column), later);
    first_.insert(at, {line, column, std::string(message)});
    if (first_.size() > limit) first_.pop_back();
}

void CsvProblems::finish() const {
    if (count_ == 0) return;
    std::string text;
    for (const Problem& problem : first_) {
        if (!text.empty()) text += '\n';
        text +=
            file_ + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " + problem.message;
    }
    if (count_ > limit) text += "\n" + file_ + ": and " + std::to_string(count_ - limit) + " more problems";
    throw Error(text);
}

std::optional<std::size_t> CsvTable::find_column(std::string_view name, CsvProblems& found) const {
    std::vector<std::string_view> names;
    for (const CsvCell& cell : header) names.push_back(cell.text);
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    std::string message = "the header must name column " + in_quotes(name);
    if (const auto near = nearest_name(name, names)) {
        message += "; did you mean " + in_quotes(*near) + "?";
    } else {
        message += ", got:";
        for (const std::string_view known : names) message += " " + printable(known, 60);
    }
    found.add(1, 1, message);
    return std::nullopt;
}

CsvTable parse_csv(std::string_view text, std::string file, CsvSeparator separator) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    CsvTable table{file, {}, {}, CsvProblems(std::move(file))};
    CsvProblems& problems = table.problems;
    check_encoding(text, table.file);
    Parser parser(text, separator_of(separator, text), problems);
    if (parser.at_end()) throw Error(table.file + ":1:1: a header row must come first, got an empty file");
    parser.read_row(table.header);
    check_header(table.header, problems);
    problems.finish();
    read_rows(parser, table, problems);
    if (table.cells.empty() && problems.empty())
        problems.add(2, 1, "at least one row must follow the header, got none");
    return table;
}

CsvTable read_csv(const std::filesystem::path& file, CsvSeparator separator) {
    require_regular_file(file);
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw Error(file.string() + ": must be a file that can be read");
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (stream.bad()) throw Error(file.string() + ": reading failed");
    return parse_csv(text, file.string(), separator);
}

void read_numbers(const CsvTable& table, std::size_t column, std::span<float> out, CsvProblems& problems) {
    const std::string& name = table.header[column].text;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const CsvCell& cell = table.cell(row, column);
        if (cell.text.empty()) {
            problems.add(cell, "column " + in_quotes(name) + " must have a number in every row, got a missing value");
        } else if (const auto number = number_of(cell.text)) {
            out[row] = *number;
        } else {
            problems.add(cell, "column " + in_quotes(name) + " must hold finite numbers, got " + in_quotes(cell.text) +
                                   comma_hint(cell.text));
        }
    }
}

}  // namespace clade
