#include <clade/core/fields.hpp>

#include <clade/core/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace clade {
namespace {

char lower(char letter) noexcept { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; }

/// Edits (insert, delete, replace, swap neighbours) that turn one word into the other; upper and lower case are equal.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = cost[i - 1][j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

std::string describe(const std::vector<FieldIssue>& issues) {
    std::string text;
    for (const FieldIssue& issue : issues) text += (text.empty() ? "" : "\n") + issue.key + ": " + issue.message;
    return text;
}

}  // namespace

bool Range::contains(double value) const noexcept {
    const bool above = low_excluded ? value > low : value >= low;
    const bool below = high_excluded ? value < high : value <= high;
    return above && below;
}

std::string Range::describe() const {
    const bool has_low = std::isfinite(low);
    const bool has_high = std::isfinite(high);
    if (has_low && has_high && !low_excluded && !high_excluded) {
        return "between " + number_text(low) + " and " + number_text(high);
    }
    std::string text;
    if (has_low) text = (low_excluded ? "greater than " : "at least ") + number_text(low);
    if (has_high) {
        if (!text.empty()) text += " and ";
        text += (high_excluded ? "less than " : "at most ") + number_text(high);
    }
    return text;
}

std::string number_text(double value) {
    std::array<char, 64> text{};
    const bool plain = std::fabs(value) >= 1e-5 && std::fabs(value) < 1e15;
    const auto format = plain || value == 0.0 ? std::chars_format::fixed : std::chars_format::general;
    char* const end = std::to_chars(text.data(), text.data() + text.size(), value, format).ptr;
    return {text.data(), end};
}

FieldError::FieldError(std::vector<FieldIssue> issues) : Error(describe(issues)), issues_(std::move(issues)) {}

FieldError::FieldError(std::string key, std::string message)
    : FieldError(std::vector<FieldIssue>{{std::move(key), std::move(message)}}) {}

FieldError FieldError::within(std::string_view block) const {
    std::vector<FieldIssue> issues = issues_;
    for (FieldIssue& issue : issues) issue.key = std::string(block) + "." + issue.key;
    return FieldError(std::move(issues));
}

void ThrowingSink::add(std::string_view key, std::string message) {
    issues_.push_back({std::string(key), std::move(message)});
}

void ThrowingSink::finish() const {
    if (!issues_.empty()) throw FieldError(issues_);
}

void RangeCheck::visit(const FieldInfo& /*info*/, bool& /*value*/) {}
void RangeCheck::visit(const FieldInfo& info, int& value) { check_number(info, value); }
void RangeCheck::visit(const FieldInfo& info, std::uint64_t& value) { check_number(info, static_cast<double>(value)); }
void RangeCheck::visit(const FieldInfo& info, double& value) { check_number(info, value); }
void RangeCheck::visit(const FieldInfo& /*info*/, std::string& /*value*/) {}
void RangeCheck::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) {
    if (value) check_number(info, static_cast<double>(*value));
}
void RangeCheck::visit(const FieldInfo& info, std::optional<double>& value) {
    if (value) check_number(info, *value);
}
void RangeCheck::visit(const FieldInfo& info, std::vector<double>& value) {
    for (const double number : value) check_number(info, number);
}
void RangeCheck::visit(const FieldInfo& /*info*/, std::vector<std::string>& /*value*/) {}

void RangeCheck::visit_choice(const FieldInfo& info, int& choice) {
    if (choice >= 0 && static_cast<std::size_t>(choice) < info.choices.size()) return;
    issues_.add(key(info.name), "must be one of the named values");
}

void RangeCheck::enter(std::string_view name, std::string_view /*meaning*/) { path_ = key(name); }

void RangeCheck::leave() {
    const std::size_t dot = path_.rfind('.');
    path_.resize(dot == std::string::npos ? 0 : dot);
}

void RangeCheck::check_number(const FieldInfo& info, double value) {
    if (std::isfinite(value) && info.range.contains(value)) return;
    const std::string rule = info.range.describe();
    issues_.add(key(info.name), "must be " + (rule.empty() ? "a finite number" : rule) + ", got " + number_text(value));
}

std::string RangeCheck::key(std::string_view name) const {
    return path_.empty() ? std::string(name) : path_ + "." + std::string(name);
}

namespace {

/// The only candidate that begins with `word`; nothing for a word so short that it may begin with anything.
std::optional<std::string_view> only_continuation(std::string_view word, std::span<const std::string_view> candidates) {
    constexpr std::size_t least = 3;
    std::optional<std::string_view> found;
    for (const std::string_view candidate : candidates) {
        if (word.size() < least || !candidate.starts_with(word)) continue;
        if (found) return std::nullopt;
        found = candidate;
    }
    return found;
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view word, std::span<const std::string_view> candidates) {
    std::optional<std::string_view> best;
    // A slip leaves some of the word as it was.
    std::size_t best_distance = std::min(std::max<std::size_t>(1, word.size() / 3) + 1, word.size());
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best ? best : only_continuation(word, candidates);
}

bool is_snake_case(std::string_view name) noexcept {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && is_lower(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return is_lower(c) || (c >= '0' && c <= '9') || c == '_'; });
}

void check_name(std::string_view thing, std::string_view name) {
    if (is_snake_case(name)) return;
    throw Error(std::string(thing) + "'s name must be lower-case letters, digits and _, a letter first, got '" +
                printable(name) + "'");
}

std::string unknown_name(std::string_view what, std::string_view name, std::span<const std::string_view> known) {
    const std::string message = "unknown " + std::string(what) + " '" + printable(name) + "'";
    if (const auto near = nearest_name(name, known)) return message + "; did you mean '" + std::string(*near) + "'?";
    std::string there = "; there are:";
    for (const std::string_view one : known) there += " " + std::string(one);
    return message + there;
}

}  // namespace clade
