// Reads YAML into the tree of yaml_document.hpp.
//
// Stricter than YAML: keys are text, given once; explicit tags, merge keys, several documents in a file, aliases that
// contain themselves and trees beyond max_yaml_nodes or max_yaml_depth are issues. Aliases are replaced by copies of
// what they stand for. Nothing here throws for what stands in the text: every fault is an issue in the document.
#pragma once

#include <clade/experiment/config/yaml_document.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace clade {

/// Reads a text whose top level is a map; an empty one is an empty map. `file` is the name used in issues.
[[nodiscard]] YamlDocument parse_yaml(std::string_view text, std::string file);

/// Reads a text that may be any value, such as "3", "[1, 2]" or "{a: 1}".
[[nodiscard]] YamlDocument parse_yaml_value(std::string_view text, std::string file);

/// Reads a file. One that is missing, a directory, unreadable or no UTF-8 text gives an issue, too.
[[nodiscard]] YamlDocument read_yaml_file(const std::filesystem::path& path);

}  // namespace clade
