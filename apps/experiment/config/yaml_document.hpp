// A YAML file as an ordered tree; every key and value has its line and column.
//
//   task: {name: xor}     map --> entry "task" 1:1 --> map 1:7 --> entry "name" 1:8 --> scalar "xor" 1:14
//
// yaml_parser.hpp reads it.
#pragma once

#include <clade/experiment/config/config_issue.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace clade {

inline constexpr std::size_t max_yaml_nodes = 100'000;    ///< values in one document, after aliases are expanded
inline constexpr std::size_t max_yaml_depth = 64;         ///< blocks and lists within each other
inline constexpr std::size_t max_yaml_bytes = 1'048'576;  ///< length of the text; of all scalars 16 times that

enum class YamlKind { null, scalar, sequence, map };

struct YamlEntry;

/// One value of the tree.
struct YamlNode {
    YamlKind kind = YamlKind::null;
    std::string text;     ///< of a scalar, as written, without its quotes
    bool quoted = false;  ///< a scalar in quotes, or a block text
    std::string origin;   ///< the file, or "--set key=value"
    int line = 0;         ///< 1-based; of the key if nothing, or an indented block, follows it; 0: no place in a file
    int column = 0;       ///< 1-based, in characters

    std::vector<YamlNode> items;     ///< of a sequence
    std::vector<YamlEntry> entries;  ///< of a map, in the order written, each key once
};

/// One key of a map, where it stands, and its value.
struct YamlEntry {
    std::string key;
    std::string origin;
    int line = 0;
    int column = 0;
    YamlNode value;
};

/// What was read from one text.
struct YamlDocument {
    std::string file;                 ///< as it appears in issues
    YamlNode root;                    ///< a map unless parse_yaml_value made it; empty if `complete` is false
    std::vector<ConfigIssue> issues;  ///< what is wrong with the text itself
    bool complete = true;             ///< false if the text could not be read to its end: then only the issues count
};

/// The entry of a map with this key; null if there is none or `map` is no map.
[[nodiscard]] const YamlEntry* find_entry(const YamlNode& map, std::string_view key) noexcept;

/// The value at a key path such as "evolution.speciation.threshold"; null if a part of the path is not there.
[[nodiscard]] const YamlNode* find_value(const YamlNode& root, std::string_view path) noexcept;

/// An issue at the node's place.
[[nodiscard]] ConfigIssue issue_at(const YamlNode& node, std::string key, std::string message);

}  // namespace clade
