// A digest of all that a run's results depend on.
#pragma once

#include <clade/evaluation/data/input_file.hpp>
#include <clade/experiment/config/experiment_config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace clade {

/// Runs with the same identity go through the same states.
[[nodiscard]] std::string run_identity(const ExperimentConfig& config, std::string_view initial_genome,
                                       const std::vector<InputFile>& files);

}  // namespace clade
