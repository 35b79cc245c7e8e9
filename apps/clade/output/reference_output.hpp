// The rows of the configuration reference in each format, for `clade config reference` and `clade tasks NAME`.
#pragma once

#include <clade/evaluation/task_registry.hpp>
#include <clade/experiment/config/config_reference.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Keys with their defaults as they stand in the YAML: indented, without the path of their block.
[[nodiscard]] std::string reference_table(const std::vector<ReferenceRow>& rows, std::size_t width);

/// Full paths.
[[nodiscard]] std::string reference_csv(const std::vector<ReferenceRow>& rows);
[[nodiscard]] nlohmann::ordered_json reference_json(const std::vector<ReferenceRow>& rows);

/// Throws InputError, with a suggestion if there is one.
[[nodiscard]] const TaskRegistry::Entry& known_task(const TaskRegistry& registry, std::string_view name);

}  // namespace clade
