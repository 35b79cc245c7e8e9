// The configuration of a run beside the defaults.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>

#include <nlohmann/json.hpp>

namespace clade::report {

/// An object a key, in their order: key, value, default (null where the program knows none, as of a task that it does not
/// have), differs, meaning.
[[nodiscard]] nlohmann::ordered_json config_json(const ExperimentConfig& config, const TaskRegistry& tasks);

}  // namespace clade::report
