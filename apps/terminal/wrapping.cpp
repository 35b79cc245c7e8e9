#include "terminal/wrapping.hpp"

#include "terminal/safe_output.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace clade {
namespace {

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// Bytes of the first `characters` characters.
std::size_t bytes_of(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (const std::size_t style = control_sequence_length(text.substr(at)); style > 0) {
            at += style;
            continue;
        }
        if (!continues_character(text[at])) {
            if (characters == 0) break;
            --characters;
        }
        ++at;
    }
    return at;
}

/// Where to break a text that is too wide: after `width` characters at most, before a space; if no word ends until
/// then, within it or, to keep words, behind it.
std::size_t end_of_line(std::string_view text, std::size_t width, bool keep_words) {
    const std::size_t most = bytes_of(text, width);
    const std::size_t end = text.rfind(' ', most);
    if (end != std::string_view::npos && text.find_first_not_of(' ') < end) return end;
    if (!keep_words) return most;
    return std::min(text.find(' ', std::min(text.find_first_not_of(' '), text.size())), text.size());
}

/// Appends one paragraph's lines.
void break_paragraph(std::string_view text, std::size_t width, bool keep_words, std::vector<std::string>& lines) {
    while (bytes_of(text, width) < text.size()) {  // no further: a text of many lines would be measured once a line
        const std::size_t end = end_of_line(text, width, keep_words);
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        if (text.empty()) return;
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    lines.emplace_back(text);
}

std::string joined(const std::vector<std::string>& lines) { return fmt::format("{}", fmt::join(lines, "\n")); }

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t style = control_sequence_length(text.substr(at));
        if (style == 0 && !continues_character(text[at])) ++width;
        at += std::max<std::size_t>(style, 1);
    }
    return width;
}

std::size_t widest_line(std::string_view text) {
    std::size_t widest = 0;
    for (;;) {
        const std::size_t end = text.find('\n');
        widest = std::max(widest, display_width(text.substr(0, end)));
        if (end == std::string_view::npos) return widest;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        break_paragraph(text.substr(0, end), std::max<std::size_t>(width, 1), false, lines);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

std::string wrapped(std::string_view text, std::size_t width) { return joined(wrapped_lines(text, width)); }

std::string paragraphs(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (line.starts_with(' ')) {
            lines.emplace_back(line);
        } else {
            break_paragraph(line, width, true, lines);
        }
        if (end == std::string_view::npos) return joined(lines);
        text.remove_prefix(end + 1);
    }
}

std::string for_reading(std::string_view text, Output output) {
    return is_terminal(output) ? paragraphs(text, terminal_width(output)) : std::string(text);
}

std::size_t room_beside(std::size_t margin, std::size_t width) {
    constexpr std::size_t least = 20;
    return std::max(width, margin + least) - margin;
}

}  // namespace clade
