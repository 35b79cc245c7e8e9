#include <clade/experiment/config/config_override.hpp>

#include <clade/experiment/config/yaml_parser.hpp>
#include <clade/experiment/config/yaml_scalar.hpp>

#include <string>
#include <utility>
#include <vector>

namespace clade {
namespace {

/// The parts of "a.b.c"; empty if a part is empty.
std::vector<std::string> path_parts(std::string_view path) {
    std::vector<std::string> parts;
    while (true) {
        const std::size_t dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        if (parts.back().empty()) return {};
        if (dot == std::string_view::npos) return parts;
        path.remove_prefix(dot + 1);
    }
}

/// Nothing of an override has a line in a file.
void mark_as_override(YamlNode& node) {
    node.line = 0;
    node.column = 0;
    for (YamlNode& item : node.items) mark_as_override(item);
    for (YamlEntry& entry : node.entries) {
        entry.line = 0;
        entry.column = 0;
        mark_as_override(entry.value);
    }
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// The value under `key`, made if missing.
YamlNode& value_under(YamlNode& map, const std::string& key, const std::string& origin) {
    for (YamlEntry& entry : map.entries) {
        if (entry.key == key) return entry.value;
    }
    YamlEntry entry;
    entry.key = key;
    entry.origin = origin;
    entry.value.origin = origin;
    return map.entries.emplace_back(std::move(entry)).value;
}

/// Walks down, makes the blocks that are missing, and puts the value in its place.
void put(YamlNode& root, const std::vector<std::string>& parts, YamlNode value) {
    YamlNode* node = &root;
    for (const std::string& part : parts) {
        node->kind = YamlKind::map;
        node = &value_under(*node, part, value.origin);
    }
    *node = std::move(value);
}

/// The path of the part that is neither a block nor absent, or an empty text.
std::string obstacle(const YamlNode& root, const std::vector<std::string>& parts, std::string& got) {
    const YamlNode* node = &root;
    std::string path;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
        const YamlEntry* entry = find_entry(*node, parts[i]);
        if (entry == nullptr) return "";
        node = &entry->value;
        path += (i == 0 ? "" : ".") + parts[i];
        if (node->kind == YamlKind::map || node->kind == YamlKind::null) continue;
        got = describe(*node) + (node->line > 0 ? " in line " + std::to_string(node->line) : "");
        return path;
    }
    return "";
}

}  // namespace

void apply_override(YamlDocument& document, std::string_view assignment) {
    const std::string origin = std::string(override_prefix) + printable(assignment, 120);
    const auto report = [&document, &origin](std::string key, std::string message) {
        document.issues.push_back({origin, 0, 0, std::move(key), std::move(message)});
    };
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos) return report("", "must be KEY=VALUE, got no '='");
    const std::string key(trimmed(assignment.substr(0, equals)));
    const std::vector<std::string> parts = path_parts(key);
    if (parts.empty() || parts.size() > max_yaml_depth) {
        return report(key, "must be KEY=VALUE with a key such as 'evolution.population_size'");
    }

    YamlDocument value = parse_yaml_value(assignment.substr(equals + 1), origin);
    for (ConfigIssue& issue : value.issues) {
        const bool same = issue.key.empty() || issue.key.starts_with('[');
        report(key + (same ? "" : ".") + issue.key, std::move(issue.message));
    }
    if (!value.complete || !document.complete) return;
    std::string got;
    const std::string blocked = obstacle(document.root, parts, got);
    if (!blocked.empty()) return report(key, "'" + printable(blocked) + "' must be a block of keys, got " + got);
    mark_as_override(value.root);
    put(document.root, parts, std::move(value.root));
}

}  // namespace clade
