#include <clade/experiment/config/unused_keys.hpp>

#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>

#include <algorithm>
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

}  // namespace

std::vector<Need> needs_of(const ReferenceRow& row) {
    constexpr std::string_view separator = ", ";
    const std::string block = row.key.substr(0, row.key.rfind('.') + 1);
    std::vector<Need> needs;
    std::string_view rest = row.needs;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(separator), rest.size());
        needs.push_back(need_of(rest.substr(0, end), block));
        rest.remove_prefix(std::min(end + separator.size(), rest.size()));
    }
    return needs;
}

std::vector<std::string> unused_keys(const YamlDocument& document, const std::vector<ReferenceRow>& rows,
                                     const std::vector<ReferenceRow>& defaults) {
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    for (std::size_t i = 0; i < std::min(rows.size(), defaults.size()); ++i) {
        const ReferenceRow& row = rows[i];
        if (row.default_value == defaults[i].default_value || find_value(document.root, row.key) == nullptr) continue;
        for (const Need& need : needs_of(row)) {
            const auto other = std::ranges::find(rows, need.key, &ReferenceRow::key);
            if (other == rows.end() || is_met(need.values, other->default_value)) continue;
            sink.add(row.key, "has no effect with " + need.key + ": " + other->default_value + "; it needs " +
                                  std::string(need.text));
            break;
        }
    }
    std::vector<std::string> warnings;
    for (const ConfigIssue& issue : issues) warnings.push_back(to_string(issue));
    return warnings;
}

}  // namespace clade
