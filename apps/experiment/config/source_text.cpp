#include <clade/experiment/config/source_text.hpp>

#include <clade/core/text.hpp>

#include <algorithm>
#include <iterator>

namespace clade {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

unsigned char byte_at(std::string_view text, std::size_t index) noexcept {
    return static_cast<unsigned char>(text[index]);
}

bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

std::string control_message(unsigned char byte) {
    if (byte == 0) return "contains a NUL byte; this is not a text file";
    return "contains a control character (code " + std::to_string(static_cast<int>(byte)) + ")";
}

}  // namespace

SourceText::SourceText(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    text_ = text;
    line_begin_.push_back(0);
    continuation_count_.reserve(text_.size() + 1);
    continuation_count_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
        if (text_[i] == '\n') line_begin_.push_back(i + 1);
        continuation_count_.push_back(continuation_count_.back() + (is_continuation(byte_at(text_, i)) ? 1U : 0U));
    }
}

std::size_t SourceText::offset(int line, int byte_column) const noexcept {
    if (line < 0 || byte_column < 0 || static_cast<std::size_t>(line) >= line_begin_.size()) return text_.size();
    const std::size_t begin = line_begin_[static_cast<std::size_t>(line)];
    return std::min(begin + static_cast<std::size_t>(byte_column), text_.size());
}

TextPosition SourceText::position(std::size_t offset) const noexcept {
    const auto next_line = std::upper_bound(line_begin_.begin(), line_begin_.end(), offset);
    const std::size_t begin = *std::prev(next_line);
    const std::size_t characters = offset - begin - (continuation_count_[offset] - continuation_count_[begin]);
    return {static_cast<int>(next_line - line_begin_.begin()), static_cast<int>(characters) + 1};
}

std::optional<TextFault> SourceText::fault() const {
    for (std::size_t i = 0; i < text_.size();) {
        const unsigned char byte = byte_at(text_, i);
        const bool allowed = byte == '\t' || byte == '\n' || byte == '\r';
        if ((byte < 0x20U && !allowed) || byte == 0x7FU) return TextFault{position(i), control_message(byte)};
        const std::size_t length = utf8_length(std::string_view(text_).substr(i));
        if (length == 0) return TextFault{position(i), "is not UTF-8 text; save the file as UTF-8"};
        i += length;
    }
    return std::nullopt;
}

bool SourceText::quote_closes(std::size_t offset) const noexcept {
    if (offset >= text_.size()) return true;
    const char quote = text_[offset];
    if (quote != '\'' && quote != '"') return true;
    for (std::size_t i = offset + 1; i < text_.size(); ++i) {
        const bool doubled = quote == '\'' && text_.compare(i, 2, "''") == 0;
        if (doubled || (quote == '"' && text_[i] == '\\')) {
            ++i;
        } else if (text_[i] == quote) {
            return true;
        }
    }
    return false;
}

std::size_t SourceText::behind_anchor(std::size_t offset) const noexcept {
    if (offset >= text_.size() || text_[offset] != '&') return offset;
    const std::size_t blank = text_.find_first_of(" \t\r\n", offset);
    const std::size_t value = blank == std::string::npos ? blank : text_.find_first_not_of(" \t\r\n", blank);
    return value == std::string::npos ? offset : value;
}

}  // namespace clade
