// The configuration of an evolver alone, as YAML.
//
//   input_count: 2
//   output_count: 1
//   seed: 7
//   evolution: {population_size: 150}      # as in a configuration; so is `genome`
#pragma once

#include <clade/evolution/evolver_setup.hpp>

#include <string_view>

namespace clade::c_interface {

/// Throws ConfigError with every mistake.
[[nodiscard]] EvolverSetup setup_from_yaml(std::string_view yaml);

}  // namespace clade::c_interface
