// Keys that a user gives a value, but that have no effect with the value of another: "low" of a normal distribution.
#pragma once

#include <clade/experiment/config/config_reference.hpp>
#include <clade/experiment/config/yaml_document.hpp>

#include <string>
#include <vector>

namespace clade {

/// A warning for each key in the document whose FieldOptions::needs is not met, with its place and the key that makes it
/// matter. `rows` has the values read, `defaults` the same keys with their defaults: a key that has its default anyway, as
/// those of a written configuration have, is no mistake.
[[nodiscard]] std::vector<std::string> unused_keys(const YamlDocument& document, const std::vector<ReferenceRow>& rows,
                                                   const std::vector<ReferenceRow>& defaults);

}  // namespace clade
