// What the text of a field means: a number, a truth value, a time.
#pragma once

#include <clade/evaluation/data/csv_format.hpp>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace clade {

/// Reads fields as a format says.
class FieldValues {
public:
    explicit FieldValues(const CsvFormat& format);

    /// Whether the text is a marker of a missing value, or empty.
    [[nodiscard]] bool is_missing(std::string_view text) const;

    /// A finite number, correctly rounded; NaN for a marker of a missing value; nothing for other texts.
    [[nodiscard]] std::optional<double> number(std::string_view text) const {
        double value = 0.0;
        const char* const last = text.data() + text.size();
        const auto [end, error] = std::from_chars(text.data(), last, value);
        const bool is_plain = error == std::errc{} && end == last && std::isfinite(value);
        return is_plain && plain_ ? value : other_number(text);
    }

private:
    [[nodiscard]] std::optional<double> other_number(std::string_view text) const;
    [[nodiscard]] std::optional<double> decorated_number(std::string_view text) const;

    CsvFormat format_;
    std::vector<double> missing_numbers_;  // markers such as -999
    bool plain_ = true;                    // most numbers have nothing but digits, a point and an exponent
};

/// 1 for true, yes, t, y, on and 1, 0 for their opposites, in any case.
[[nodiscard]] std::optional<double> truth_value(std::string_view text);

/// Seconds since 1970-01-01 of an ISO 8601 date or time: 2024-02-29, 2024-02-29T13:30, 2024-02-29 13:30:05.25+01:00. A time
/// without a zone counts as UTC.
[[nodiscard]] std::optional<double> time_value(std::string_view text);

}  // namespace clade
