#include <clade/evaluation/data/column_names_internal.hpp>

#include <algorithm>

namespace clade {

bool matches(std::string_view pattern, std::string_view name) noexcept {
    if (pattern == name) return true;
    std::size_t p = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;  // the last * so far; it stands for the text up to `taken`
    std::size_t taken = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = n;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
            ++p;
            ++n;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            n = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view name) noexcept {
    return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches(pattern, name); });
}

std::string_view named_column(std::string_view text) noexcept { return text.substr(0, text.find('=')); }

std::vector<std::string> ranked_categories(std::string_view text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return {};
    std::vector<std::string> categories;
    for (std::string_view rest = text.substr(equals + 1);;) {
        const std::size_t length = std::min(rest.find('<'), rest.size());
        std::string_view category = rest.substr(0, length);
        while (category.starts_with(' ')) category.remove_prefix(1);
        while (category.ends_with(' ')) category.remove_suffix(1);
        categories.emplace_back(category);
        if (length == rest.size()) return categories;
        rest.remove_prefix(length + 1);
    }
}

std::optional<MissingValues> fill_choice(std::string_view text) noexcept {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    return value_named<MissingValues>(text.substr(equals + 1));
}

}  // namespace clade
