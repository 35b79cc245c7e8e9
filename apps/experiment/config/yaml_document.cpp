#include <clade/experiment/config/yaml_document.hpp>

#include <utility>

namespace clade {

const YamlEntry* find_entry(const YamlNode& map, std::string_view key) noexcept {
    for (const YamlEntry& entry : map.entries) {
        if (entry.key == key) return &entry;
    }
    return nullptr;
}

const YamlNode* find_value(const YamlNode& root, std::string_view path) noexcept {
    const YamlNode* node = &root;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const YamlEntry* entry = find_entry(*node, path.substr(0, dot));
        if (entry == nullptr) return nullptr;
        node = &entry->value;
        path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    }
    return node;
}

ConfigIssue issue_at(const YamlNode& node, std::string key, std::string message) {
    return {node.origin, node.line, node.column, std::move(key), std::move(message)};
}

}  // namespace clade
