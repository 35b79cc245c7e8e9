#include <clade/core/text.hpp>

#include <algorithm>
#include <array>

namespace clade {
namespace {

unsigned char byte_at(std::string_view text, std::size_t index) noexcept {
    return static_cast<unsigned char>(text[index]);
}

bool is_continuation(unsigned char byte) noexcept { return (byte & 0xC0U) == 0x80U; }

/// The range of the second byte tells overlong forms, surrogates and numbers beyond U+10FFFF.
bool second_byte_fits(unsigned char first, unsigned char second) noexcept {
    if (first == 0xE0U) return second >= 0xA0U;
    if (first == 0xEDU) return second <= 0x9FU;
    if (first == 0xF0U) return second >= 0x90U;
    if (first == 0xF4U) return second <= 0x8FU;
    return true;
}

/// The number of the UTF-8 character that `text` is.
char32_t code_point(std::string_view text) noexcept {
    constexpr std::array<unsigned, 5> first_bits{0, 0x7FU, 0x1FU, 0x0FU, 0x07U};  // by length
    char32_t code = byte_at(text, 0) & first_bits[text.size()];
    for (std::size_t i = 1; i < text.size(); ++i) code = (code << 6U) | (byte_at(text, i) & 0x3FU);
    return code;
}

bool is_between(char32_t code, char32_t low, char32_t high) noexcept { return code >= low && code <= high; }

/// Whether a terminal obeys the character instead of showing it.
bool steers(char32_t code) noexcept {
    const bool control = code < 0x20U || is_between(code, 0x7FU, 0x9FU);
    const bool line_separator = is_between(code, 0x2028U, 0x2029U);
    const bool direction = code == 0x061CU || is_between(code, 0x200EU, 0x200FU) ||
                           is_between(code, 0x202AU, 0x202EU) || is_between(code, 0x2066U, 0x2069U);
    return control || line_separator || direction;
}

std::string hexadecimal(std::string_view prefix, char32_t number, unsigned digits) {
    std::string text(prefix);
    while (digits > 0) text += "0123456789abcdef"[(number >> (4U * --digits)) & 15U];
    return text;
}

std::string escape_of(char32_t code) {
    if (code == '\n') return "\\n";
    if (code == '\r') return "\\r";
    if (code == '\t') return "\\t";
    return hexadecimal("\\u", code, 4);
}

}  // namespace

std::size_t utf8_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const unsigned char first = byte_at(text, 0);
    if (first < 0x80U) return 1;
    std::size_t length = 0;
    if (first >= 0xC2U && first <= 0xDFU) length = 2;
    if (first >= 0xE0U && first <= 0xEFU) length = 3;
    if (first >= 0xF0U && first <= 0xF4U) length = 4;
    if (length == 0 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(byte_at(text, i))) return 0;
    }
    return second_byte_fits(first, byte_at(text, 1)) ? length : 0;
}

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0) {
            result += hexadecimal("\\x", byte_at(text, 0), 2);
            text.remove_prefix(1);
            continue;
        }
        const std::string_view character = text.substr(0, length);
        const char32_t code = code_point(character);
        if (steers(code)) {
            result += escape_of(code);
        } else {
            result += character;
        }
        text.remove_prefix(length);
    }
    return result;
}

std::string printable(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return escaped(text);
    std::size_t length = limit;
    while (length > 0 && is_continuation(byte_at(text, length))) --length;
    return escaped(text.substr(0, length)) + "...";
}

std::string listed(const std::vector<std::string>& names, std::string_view separator, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
        if (i > 0) text += separator;
        text += names[i];
    }
    return names.size() > most ? text + " and " + std::to_string(names.size() - most) + " more" : text;
}

std::string quoted(const std::string& text) {
    const bool plain =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:/=+-") ==
        std::string::npos;
    if (plain) return text;
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return result + "'";
}

}  // namespace clade
