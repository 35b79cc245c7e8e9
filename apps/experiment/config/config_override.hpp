// Settings from the command line that override the file: `--set evolution.population_size=500`.
#pragma once

#include <clade/experiment/config/yaml_document.hpp>

#include <string_view>

namespace clade {

/// Sets the value at a key path in the document; `assignment` is "a.b.c=value" with a value in YAML, such as "3",
/// "[1, 2]" or "{a: 1}". Blocks on the way are made where they are missing; a block given as a value replaces the
/// whole block. The value's origin becomes "--set a.b.c=value", so that later issues name it.
/// What is malformed, or leads through a value that is no block, becomes an issue of the document and changes nothing.
void apply_override(YamlDocument& document, std::string_view assignment);

}  // namespace clade
