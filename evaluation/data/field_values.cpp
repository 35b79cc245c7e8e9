#include <clade/evaluation/data/field_values_internal.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace clade {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

std::optional<double> plain_number(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (!std::isfinite(value)) return std::nullopt;  // from_chars also reads "nan" and "inf"
    return value;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
    return text;
}

/// Takes such a text off one of the two ends.
bool strip_once(std::string_view& text, const std::vector<std::string>& strip) {
    for (const std::string& decoration : strip) {
        if (text.starts_with(decoration)) {
            text = without_blanks(text.substr(decoration.size()));
            return true;
        }
        if (text.ends_with(decoration)) {
            text = without_blanks(text.substr(0, text.size() - decoration.size()));
            return true;
        }
        if (text.size() > 1 && text.front() == '-' && text.substr(1).starts_with(decoration)) return false;
    }
    return false;
}

/// Takes the marks out of the digits before the decimal mark; false if they do not stand before groups of three (or, in
/// India, of two) digits.
bool take_out(std::string& text, std::string_view mark, char decimal) {
    std::string taken;
    std::size_t group = 0;
    bool grouped = false;
    std::size_t i = 0;
    for (; i < text.size() && text[i] != decimal; ++i) {
        if (text.compare(i, mark.size(), mark) == 0) {
            if (group == 0 || group > 3 || (grouped && group < 2)) return false;
            grouped = true;
            group = 0;
            i += mark.size() - 1;
        } else {
            group += is_digit(text[i]) ? 1U : 0U;
            taken += text[i];
        }
    }
    if (grouped && group != 3) return false;
    text = taken + text.substr(i);
    return true;
}

/// Reads digits of a fixed count off the beginning.
bool take_digits(std::string_view& text, std::size_t count, int& value) {
    if (text.size() < count ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count), is_digit)) {
        return false;
    }
    std::from_chars(text.data(), text.data() + count, value);
    text.remove_prefix(count);
    return true;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

/// Seconds after midnight of 13:30, 13:30:05 or 13:30:05.25, taken off the beginning.
std::optional<double> take_clock(std::string_view& text) {
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (!take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute)) return std::nullopt;
    double part = 0.0;
    if (take(text, ':')) {
        if (!take_digits(text, 2, second)) return std::nullopt;
        if (text.starts_with('.')) {
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), part, std::chars_format::fixed);
            if (error != std::errc{}) return std::nullopt;
            text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        }
    }
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) return std::nullopt;
    return hour * 3600.0 + minute * 60.0 + second + part;
}

/// Seconds that the zone at the end of a time is ahead of UTC.
std::optional<double> zone_of(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z") return 0.0;
    const double sign = text.front() == '-' ? -1.0 : 1.0;
    if (text.front() != '-' && text.front() != '+') return std::nullopt;
    text.remove_prefix(1);
    int hours = 0;
    int minutes = 0;
    if (!take_digits(text, 2, hours)) return std::nullopt;
    if (!text.empty()) {
        take(text, ':');
        if (!take_digits(text, 2, minutes) || !text.empty()) return std::nullopt;
    }
    if (hours > 15 || minutes > 59) return std::nullopt;
    return sign * (hours * 3600.0 + minutes * 60.0);
}

}  // namespace

FieldValues::FieldValues(const CsvFormat& format)
    : format_(format),
      plain_(format.decimal == DecimalMark::point && format.thousands.empty() && format.strip.empty()) {
    for (const std::string& marker : format.missing) {
        if (const auto number = plain_number(marker)) missing_numbers_.push_back(*number);
    }
    plain_ = plain_ && missing_numbers_.empty();
}

bool FieldValues::is_missing(std::string_view text) const {
    if (text.empty()) return true;
    return std::ranges::any_of(format_.missing, [&](const std::string& marker) {
        return marker.size() == text.size() && lower_case(marker) == lower_case(text);
    });
}

std::optional<double> FieldValues::other_number(std::string_view text) const {
    const std::optional<double> value = decorated_number(text);
    const bool missing =
        value ? std::ranges::find(missing_numbers_, *value) != missing_numbers_.end() : is_missing(text);
    return missing ? std::optional(nan) : value;
}

std::optional<double> FieldValues::decorated_number(std::string_view text) const {
    text = without_blanks(text);
    while (strip_once(text, format_.strip)) {
    }
    std::string plain(text);
    if (!plain.empty() && (plain.front() == '-' || plain.front() == '+')) {  // -$5
        std::string_view rest = text.substr(1);
        while (strip_once(rest, format_.strip)) {
        }
        plain = plain.front() + std::string(rest);
    }
    const char decimal = format_.decimal == DecimalMark::comma ? ',' : '.';
    if (!format_.thousands.empty() && !take_out(plain, format_.thousands, decimal)) return std::nullopt;
    if (decimal == ',') {
        if (plain.find('.') != std::string::npos) return std::nullopt;
        std::replace(plain.begin(), plain.end(), ',', '.');
    }
    return plain_number(plain);
}

std::optional<double> truth_value(std::string_view text) {
    constexpr std::array<std::string_view, 6> yes{"true", "yes", "t", "y", "on", "1"};
    constexpr std::array<std::string_view, 6> no{"false", "no", "f", "n", "off", "0"};
    const std::string lower = lower_case(text);
    if (std::ranges::find(yes, lower) != yes.end()) return 1.0;
    if (std::ranges::find(no, lower) != no.end()) return 0.0;
    return std::nullopt;
}

std::optional<double> time_value(std::string_view text) {
    int year = 0;
    int month = 0;
    int day = 0;
    if (!take_digits(text, 4, year) || !take(text, '-') || !take_digits(text, 2, month) || !take(text, '-') ||
        !take_digits(text, 2, day)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return std::nullopt;
    const double days = static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count());
    if (text.empty()) return days * 86400.0;
    if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
    const std::optional<double> clock = take_clock(text);
    if (!clock) return std::nullopt;
    const std::optional<double> zone = zone_of(text);
    if (!zone) return std::nullopt;
    return days * 86400.0 + *clock - *zone;
}

}  // namespace clade
