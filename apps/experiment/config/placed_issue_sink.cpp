#include <clade/experiment/config/placed_issue_sink.hpp>

#include <clade/experiment/config/field_words.hpp>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace clade {
namespace {

/// The item that "name[3]" means in a list, or null.
const YamlNode* item_of(const YamlNode& list, std::string_view part) {
    const std::size_t bracket = part.find('[');
    if (bracket == std::string_view::npos || list.kind != YamlKind::sequence) return nullptr;
    std::size_t index = list.items.size();
    (void)std::from_chars(part.data() + bracket + 1, part.data() + part.size(), index);
    return index < list.items.size() ? &list.items[index] : nullptr;
}

/// Adds each assignment of the command line that something in a block comes from, in order.
void add_overrides(const YamlNode& block, std::vector<std::string>& overrides) {
    for (const YamlEntry& entry : block.entries) {
        const bool is_new = std::ranges::find(overrides, entry.value.origin) == overrides.end();
        if (entry.value.kind == YamlKind::map) {
            add_overrides(entry.value, overrides);
        } else if (is_new && entry.value.origin.starts_with(override_prefix)) {
            overrides.push_back(entry.value.origin);
        }
    }
}

/// "--set stop.seconds=5 --set stop.stagnation=3": a block that is not in the file comes from all of them, and which one is
/// to blame for what it lacks cannot be told.
std::string overrides_of(const YamlNode& block) {
    std::vector<std::string> overrides;
    add_overrides(block, overrides);
    std::string text;
    for (const std::string& one : overrides) text += (text.empty() ? "" : " ") + one;
    return text;
}

/// An issue without key and message at the deepest part of the path that the document has.
ConfigIssue place_of(const YamlDocument& document, std::string_view path) {
    ConfigIssue place{document.file, 1, 1, "", ""};
    const YamlNode* node = &document.root;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string_view part = path.substr(0, dot);
        const YamlEntry* entry = find_entry(*node, part.substr(0, part.find('[')));
        if (entry == nullptr) {
            const std::string overrides = place.line == 0 ? overrides_of(*node) : "";
            if (!overrides.empty()) place.file = overrides;
            break;
        }
        node = &entry->value;
        // A value from the command line is to blame there, even if the file has the key.
        const bool replaced = node->origin != entry->origin;
        place = {replaced ? node->origin : entry->origin, replaced ? node->line : entry->line,
                 replaced ? node->column : entry->column, "", ""};
        if (const YamlNode* item = item_of(*node, part)) {
            node = item;
            place = {node->origin, node->line, node->column, "", ""};
        }
        path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    }
    return place;
}

}  // namespace

PlacedIssueSink::PlacedIssueSink(const YamlDocument& document, std::vector<ConfigIssue>& issues, std::string prefix)
    : document_(document), issues_(issues), read_count_(issues.size()), prefix_(std::move(prefix)) {}

void PlacedIssueSink::add(std::string_view key, std::string message) {
    ConfigIssue issue = place_of(document_, join_path(prefix_, key));
    issue.key = join_path(prefix_, key);
    issue.message = std::move(message);
    const auto read_end = issues_.begin() + static_cast<std::ptrdiff_t>(std::min(read_count_, issues_.size()));
    const bool known =
        std::any_of(issues_.begin(), read_end, [&issue](const ConfigIssue& other) { return other.key == issue.key; });
    if (!known) issues_.push_back(std::move(issue));
}

}  // namespace clade
