// Keys that a user gives a value, but that have no effect with the value of another: "low" of a normal distribution.
#pragma once

#include <clade/experiment/config/config_reference.hpp>
#include <clade/experiment/config/yaml_document.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// A value of another key without which a key has no effect.
struct Need {
    std::string key;          ///< with its path
    std::string_view values;  ///< "cma_es or snes", "not 0"
    std::string_view text;    ///< both, as declared: "method: cma_es or snes"
};

/// All that a key needs, in parts; see FieldOptions::needs. The texts are those of the row.
[[nodiscard]] std::vector<Need> needs_of(const ReferenceRow& row);

/// Whether every key that such a text names has one of its values in `rows`. Keys have their whole paths.
[[nodiscard]] bool needs_are_met(std::string_view needs, const std::vector<ReferenceRow>& rows);

/// A warning for each key in the document whose FieldOptions::needs is not met, with its place and the key that makes it
/// matter. `rows` has the values read, `defaults` the same keys with their defaults: a key that has its default anyway, as
/// those of a written configuration have, is no mistake.
[[nodiscard]] std::vector<std::string> unused_keys(const YamlDocument& document, const std::vector<ReferenceRow>& rows,
                                                   const std::vector<ReferenceRow>& defaults);

}  // namespace clade
