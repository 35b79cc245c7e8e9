#include <clade/experiment/config/yaml_scalar.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string_view>
#include <system_error>

namespace clade {
namespace {

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

std::size_t digit_count(std::string_view text) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

std::string_view without_sign(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    return text;
}

bool has_leading_zero(std::string_view text) {
    text = without_sign(text);
    return text.size() > 1 && text[0] == '0' && is_digit(text[1]);
}

/// Sign and digits.
bool looks_like_integer(std::string_view text) {
    text = without_sign(text);
    return !text.empty() && digit_count(text) == text.size();
}

/// Sign, digits with a point somewhere, exponent.
bool looks_like_decimal(std::string_view text) {
    text = without_sign(text);
    const std::size_t before = digit_count(text);
    text.remove_prefix(before);
    std::size_t after = 0;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        after = digit_count(text);
        text.remove_prefix(after);
    }
    if (before + after == 0) return false;
    if (text.empty()) return true;
    return (text[0] == 'e' || text[0] == 'E') && looks_like_integer(text.substr(1));
}

/// std::from_chars, which knows no '+'.
template <class Number>
std::errc convert(std::string_view text, Number& number) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end != text.data() + text.size() ? std::errc::invalid_argument : error;
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (char& letter : result) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return result;
}

std::string without_leading_zeros(std::string_view text) {
    std::string result = text.starts_with('-') ? "-" : "";
    text = without_sign(text);
    while (has_leading_zero(text)) text.remove_prefix(1);
    return result += text;
}

/// A number written in a way that other readers of YAML understand, each in its own manner.
std::string oddity_hint(std::string_view text) {
    std::string plain(text);
    std::erase(plain, '_');
    if (plain.size() < text.size() && looks_like_decimal(plain)) return "write " + plain + " without underscores";
    const std::string lower = lower_case(without_sign(text));
    if (lower == ".inf" || lower == "inf" || lower == "infinity" || lower == ".nan" || lower == "nan") {
        return "only finite numbers are allowed";
    }
    const bool prefixed = lower.starts_with("0x") || lower.starts_with("0o") || lower.starts_with("0b");
    if (prefixed) return "write it as a decimal number";
    std::string pointed(text);
    std::replace(pointed.begin(), pointed.end(), ',', '.');
    if (pointed != text && looks_like_decimal(pointed)) return "write the decimals behind a point, not a comma";
    return "";
}

/// Why this scalar is no number although it may look like one; empty if it is one or nothing can be guessed.
std::string number_hint(const YamlNode& scalar) {
    const std::string_view text = scalar.text;
    if (text.size() > 100) return "";
    const bool decimal = looks_like_decimal(text);
    if (scalar.quoted && decimal) return "remove the quotes";
    if (decimal && has_leading_zero(text)) return "write " + without_leading_zeros(text) + " without leading zeros";
    return decimal ? "" : oddity_hint(text);
}

/// "1e3" and "3.0" are integers to people.
std::string integer_hint(std::string_view text) {
    constexpr double largest_exact = 9007199254740992.0;  // 2^53
    double number = 0.0;
    if (text.size() > 100 || !looks_like_decimal(text) || convert(text, number) != std::errc()) return "";
    if (number != std::floor(number) || std::abs(number) > largest_exact) return "";
    return "write " + std::to_string(static_cast<long long>(number));
}

template <class Integer>
ScalarResult<Integer> read_integer(const YamlNode& scalar) {
    ScalarResult<Integer> result;
    const std::string_view text = scalar.text;
    result.hint = number_hint(scalar);
    if (!result.hint.empty() || scalar.quoted) return result;
    if (!looks_like_integer(text)) {
        result.hint = integer_hint(text);
        return result;
    }
    Integer number = 0;
    if (convert(text, number) == std::errc()) {
        result.value = number;
    } else if (!text.starts_with('-')) {
        result.hint = "the largest possible is " + std::to_string(std::numeric_limits<Integer>::max());
    } else if (std::numeric_limits<Integer>::min() < 0) {
        result.hint = "the smallest possible is " + std::to_string(std::numeric_limits<Integer>::min());
    }
    return result;
}

}  // namespace

ScalarResult<bool> read_bool(const YamlNode& scalar) {
    static constexpr std::array<std::string_view, 5> yes{"true", "yes", "y", "on", "1"};
    static constexpr std::array<std::string_view, 5> no{"false", "no", "n", "off", "0"};
    const std::string lower = lower_case(std::string_view(scalar.text).substr(0, 10));
    const bool is_yes = std::find(yes.begin(), yes.end(), lower) != yes.end();
    const bool is_no = std::find(no.begin(), no.end(), lower) != no.end();
    if (!is_yes && !is_no) return {};
    const std::string_view word = is_yes ? "true" : "false";
    if (scalar.text != word) return {std::nullopt, "write " + std::string(word)};
    if (scalar.quoted) return {std::nullopt, "remove the quotes"};
    return {is_yes, ""};
}

ScalarResult<int> read_int(const YamlNode& scalar) { return read_integer<int>(scalar); }

ScalarResult<std::uint64_t> read_uint64(const YamlNode& scalar) { return read_integer<std::uint64_t>(scalar); }

ScalarResult<double> read_double(const YamlNode& scalar) {
    ScalarResult<double> result;
    result.hint = number_hint(scalar);
    if (!result.hint.empty() || scalar.quoted || !looks_like_decimal(scalar.text)) return result;
    double number = 0.0;
    if (convert(scalar.text, number) == std::errc() && std::isfinite(number)) {
        result.value = number;
    } else {
        result.hint = "too large or too close to 0 for a 64-bit number";
    }
    return result;
}

std::string describe(const YamlNode& node) {
    switch (node.kind) {
        case YamlKind::null:
            return "null";
        case YamlKind::sequence:
            return "a list";
        case YamlKind::map:
            return "a block of keys";
        case YamlKind::scalar:
            break;
    }
    const bool number = !node.quoted && looks_like_decimal(node.text);
    return number ? printable(node.text) : "'" + printable(node.text) + "'";
}

}  // namespace clade
