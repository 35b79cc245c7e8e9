#include <clade/experiment/config/unused_keys.hpp>

#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clade {
namespace {

Need need_of(std::string_view text, std::string_view block) {
    const std::size_t colon = text.find(": ");
    const std::string_view name = text.substr(0, colon);
    const bool has_path = name.find('.') != std::string_view::npos;
    return {(has_path ? "" : std::string(block)) + std::string(name), text.substr(colon + 2), text};
}

bool is_met(std::string_view values, std::string_view value) {
    constexpr std::string_view excluded = "not ";
    constexpr std::string_view separator = " or ";
    if (values.starts_with(excluded)) return value != values.substr(excluded.size());
    for (;;) {
        const std::size_t end = values.find(separator);
        if (values.substr(0, end) == value) return true;
        if (end == std::string_view::npos) return false;
        values.remove_prefix(end + separator.size());
    }
}

std::vector<Need> needs_of(std::string_view rest, std::string_view block) {
    constexpr std::string_view separator = ", ";
    std::vector<Need> needs;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(separator), rest.size());
        needs.push_back(need_of(rest.substr(0, end), block));
        rest.remove_prefix(std::min(end + separator.size(), rest.size()));
    }
    return needs;
}

/// The value of a key that a need is about, where it is another one; nothing where the need is met, or there is no such key.
std::optional<std::string> value_against(const Need& need, const std::vector<ReferenceRow>& rows) {
    const auto other = std::ranges::find(rows, need.key, &ReferenceRow::key);
    if (other == rows.end() || is_met(need.values, other->default_value)) return std::nullopt;
    return other->default_value;
}

}  // namespace

std::vector<Need> needs_of(const ReferenceRow& row) {
    return needs_of(row.needs, std::string_view(row.key).substr(0, row.key.rfind('.') + 1));
}

bool needs_are_met(std::string_view needs, const std::vector<ReferenceRow>& rows) {
    return std::ranges::none_of(needs_of(needs, ""),
                                [&](const Need& need) { return value_against(need, rows).has_value(); });
}

std::vector<std::string> unused_keys(const YamlDocument& document, const std::vector<ReferenceRow>& rows,
                                     const std::vector<ReferenceRow>& defaults) {
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    for (std::size_t i = 0; i < std::min(rows.size(), defaults.size()); ++i) {
        const ReferenceRow& row = rows[i];
        if (row.default_value == defaults[i].default_value || find_value(document.root, row.key) == nullptr) continue;
        for (const Need& need : needs_of(row)) {
            const auto value = value_against(need, rows);
            if (!value) continue;
            sink.add(row.key,
                     "has no effect with " + need.key + ": " + *value + "; it needs " + std::string(need.text));
            break;
        }
    }
    std::vector<std::string> warnings;
    for (const ConfigIssue& issue : issues) warnings.push_back(to_string(issue));
    return warnings;
}

}  // namespace clade
