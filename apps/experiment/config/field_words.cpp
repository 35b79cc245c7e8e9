#include <clade/experiment/config/field_words.hpp>

namespace clade {

std::string noun_with_range(std::string_view noun, const Range& range) {
    const std::string rule = range.describe();
    if (rule.empty()) return std::string(noun);
    return std::string(noun) + (rule.starts_with("at ") ? " of " : " ") + rule;
}

std::string quoted_list(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) {
        text += text.empty() ? "'" : ", '";
        text += name;
        text += '\'';
    }
    return text;
}

std::string join_path(std::string_view path, std::string_view key) {
    std::string joined(path);
    if (!path.empty() && !key.empty()) joined += '.';
    return joined += key;
}

}  // namespace clade
