#include <clade/core/text.hpp>

#include <algorithm>

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

std::string escaped(unsigned char character) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (character == '\n') return "\\n";
    if (character == '\r') return "\\r";
    if (character == '\t') return "\\t";
    return {'\\', 'x', digits[character >> 4U], digits[character & 15U]};
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

std::string printable(std::string_view text, std::size_t limit) {
    std::size_t length = std::min(text.size(), limit);
    const bool shortened = length < text.size();
    while (shortened && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    std::string result;
    for (const char letter : text.substr(0, length)) {
        const auto character = static_cast<unsigned char>(letter);
        const bool control = character < 0x20U || character == 0x7FU;
        result += control ? escaped(character) : std::string(1, letter);
    }
    return shortened ? result + "..." : result;
}

}  // namespace clade
