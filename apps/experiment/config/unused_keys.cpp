#include <clade/experiment/config/unused_keys.hpp>

#include <clade/experiment/config/config_issue.hpp>
#include <clade/experiment/config/placed_issue_sink.hpp>

#include <algorithm>
#include <string_view>

namespace clade {
namespace {

/// "method: cma_es or snes" in parts.
struct Need {
    std::string key;          ///< with its path
    std::string_view values;  ///< "cma_es or snes", "not 0"
};

Need need_of(const ReferenceRow& row) {
    const std::string_view needs = row.needs;
    const std::size_t colon = needs.find(": ");
    const std::string block = row.key.substr(0, row.key.rfind('.') + 1);
    return {block + std::string(needs.substr(0, colon)), needs.substr(colon + 2)};
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

std::vector<std::string> unused_keys(const YamlDocument& document, const std::vector<ReferenceRow>& rows,
                                     const std::vector<ReferenceRow>& defaults) {
    std::vector<ConfigIssue> issues;
    PlacedIssueSink sink(document, issues);
    for (std::size_t i = 0; i < std::min(rows.size(), defaults.size()); ++i) {
        const ReferenceRow& row = rows[i];
        if (row.needs.empty() || row.default_value == defaults[i].default_value) continue;
        if (find_value(document.root, row.key) == nullptr) continue;
        const Need need = need_of(row);
        const auto other = std::ranges::find(rows, need.key, &ReferenceRow::key);
        if (other == rows.end() || is_met(need.values, other->default_value)) continue;
        sink.add(row.key, "has no effect with " + need.key + ": " + other->default_value + "; it needs " + row.needs);
    }
    std::vector<std::string> warnings;
    for (const ConfigIssue& issue : issues) warnings.push_back(to_string(issue));
    return warnings;
}

}  // namespace clade
