// Configurations drawn at random from the fields' names, kinds and ranges: of any task, small enough to run in seconds.
#pragma once

#include <clade/experiment/config/experiment_config.hpp>
#include <clade/experiment/run/vocabulary.hpp>

#include <random>

namespace clade {

/// Draws some of the fields that change results, each within its range. Rules that span several fields may be broken: those
/// are checked when the configuration is loaded.
[[nodiscard]] ExperimentConfig random_config(std::mt19937_64& random, const Vocabulary& vocabulary);

}  // namespace clade
