#include <clade/evaluation/data/csv_separator_internal.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace clade {
namespace {

constexpr std::size_t most_lines = 200;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool only_blanks(std::string_view line) { return std::ranges::all_of(line, is_blank); }

/// The first lines that have something to say, header included. Line ends within quotes end no line.
std::vector<std::string_view> first_lines(std::string_view text, std::string_view comment) {
    std::vector<std::string_view> lines;
    bool inside = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size() && lines.size() < most_lines; ++i) {
        if (text[i] == '"') inside = !inside;
        const bool ends = !inside && (text[i] == '\n' || text[i] == '\r');
        if (!ends && i + 1 < text.size()) continue;
        const std::string_view line = text.substr(start, i + (ends ? 0 : 1) - start);
        start = i + 1;
        const bool is_comment = !comment.empty() && line.starts_with(comment);
        if (!only_blanks(line) && !is_comment) lines.push_back(line);
    }
    return lines;
}

std::size_t fields_of(std::string_view line, char separator) {
    std::size_t count = 1;
    bool inside = false;
    if (separator == ' ') {
        while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
        while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') inside = !inside;
        if (inside) continue;
        const bool separates = separator == ' ' ? is_blank(line[i]) && !is_blank(line[i + 1]) : line[i] == separator;
        count += separates ? 1 : 0;
    }
    return count;
}

/// How well a separator explains the lines; greater is better.
struct Score {
    std::size_t agreeing = 0;  ///< rows with as many fields as the header
    std::size_t fields = 0;    ///< of the header

    auto operator<=>(const Score&) const = default;
};

Score score_of(const std::vector<std::string_view>& lines, char separator) {
    Score score{0, fields_of(lines.front(), separator)};
    if (score.fields < 2) return {};
    for (const std::string_view line : lines) score.agreeing += fields_of(line, separator) == score.fields ? 1U : 0U;
    return score;
}

char judged(std::string_view sample, const CsvFormat& format) {
    const std::vector<std::string_view> lines = first_lines(sample, format.comment);
    if (lines.empty()) return ',';
    // Commas that numbers have within count only where nothing else separates.
    const bool has_commas = format.decimal == DecimalMark::comma || format.thousands == ",";
    char best = ',';
    Score best_score = score_of(lines, ',');
    if (has_commas) best_score.agreeing = 0;
    for (const char other : {';', '\t', '|'}) {
        const Score score = score_of(lines, other);
        if (score > best_score) {
            best = other;
            best_score = score;
        }
    }
    // Texts have blanks too: these count only where nothing else separates most rows.
    if (2 * best_score.agreeing > lines.size()) return best;
    const Score blanks = score_of(lines, ' ');
    return 2 * blanks.agreeing > lines.size() && blanks > best_score ? ' ' : best;
}

}  // namespace

char separator_of(const CsvFormat& format, std::string_view sample) {
    switch (format.separator) {
        case CsvSeparator::comma:
            return ',';
        case CsvSeparator::semicolon:
            return ';';
        case CsvSeparator::tab:
            return '\t';
        case CsvSeparator::pipe:
            return '|';
        case CsvSeparator::blanks:
            return ' ';
        case CsvSeparator::automatic:
            break;
    }
    return judged(sample, format);
}

}  // namespace clade
