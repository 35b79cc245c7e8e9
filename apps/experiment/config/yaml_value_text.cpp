#include <clade/experiment/config/yaml_value_text.hpp>

#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/source_text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace clade {
namespace {

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

bool is_word_letter(char letter) {
    return is_letter(letter) || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-' || letter == '.' ||
           letter == '/';
}

/// Words that some reader of YAML takes for something else than text.
bool is_reserved(std::string_view word) {
    static constexpr std::array<std::string_view, 9> reserved{"null", "true", "false", "yes", "no",
                                                              "on",   "off",  "y",     "n"};
    std::string lower(word);
    for (char& letter : lower) letter = is_letter(letter) ? static_cast<char>(letter | 0x20) : letter;
    return std::find(reserved.begin(), reserved.end(), lower) != reserved.end();
}

bool is_plain(std::string_view text) {
    if (text.empty() || (!is_letter(text[0]) && text[0] != '_' && text[0] != '/')) return false;
    return std::all_of(text.begin(), text.end(), is_word_letter) && !is_reserved(text);
}

std::string in_double_quotes(char letter) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(letter);
    switch (letter) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\t':
            return "\\t";
        case '\r':
            return "\\r";
        default:
            break;
    }
    if (byte >= 0x20U && byte != 0x7FU) return {letter};
    return {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

void require_utf8(std::string_view text) {
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t length = utf8_length(rest);
        if (length == 0) throw Error("text in a configuration must be UTF-8, got '" + printable(text) + "'");
        rest.remove_prefix(length);
    }
}

template <class Value, class View>
std::string list_text(const std::vector<Value>& values) {
    std::string text;
    for (const Value& value : values) text += (text.empty() ? "" : ", ") + yaml_text(View(value));
    return '[' + text + ']';
}

}  // namespace

std::string yaml_text(bool value) { return value ? "true" : "false"; }
std::string yaml_text(int value) { return std::to_string(value); }
std::string yaml_text(std::uint64_t value) { return std::to_string(value); }

std::string yaml_text(double value) {
    if (std::isnan(value)) return ".nan";
    if (std::isinf(value)) return value < 0.0 ? "-.inf" : ".inf";
    constexpr double most_readable = 1e15;  // 1000000 reads better than the shorter 1e+06
    const bool whole = value == std::floor(value) && std::abs(value) < most_readable;
    std::array<char, 40> text{};
    char* const end = text.data() + text.size();
    const auto result = whole ? std::to_chars(text.data(), end, value, std::chars_format::fixed)
                              : std::to_chars(text.data(), end, value);
    return {text.data(), result.ptr};
}

std::string yaml_text(std::string_view value) {
    if (is_plain(value)) return std::string(value);
    require_utf8(value);
    std::string text = "\"";
    for (const char letter : value) text += in_double_quotes(letter);
    return text + '"';
}

std::string yaml_text(const std::vector<double>& values) { return list_text<double, double>(values); }

std::string yaml_text(const std::vector<std::string>& values) {
    return list_text<std::string, std::string_view>(values);
}

std::string yaml_choice_text(const FieldInfo& info, int choice) {
    if (choice < 0 || static_cast<std::size_t>(choice) >= info.choices.size()) {
        throw LogicError("field '" + std::string(info.name) + "' has no choice " + std::to_string(choice));
    }
    return yaml_text(info.choices[static_cast<std::size_t>(choice)]);
}

}  // namespace clade
