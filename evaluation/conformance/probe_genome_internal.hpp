// The genomes that the checks of tasks score.
#pragma once

#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>

namespace clade {

/// The activation function of probes: one that the task knows.
[[nodiscard]] Activation probe_activation(const TaskTraits& traits);

/// Of the declared sizes, with three hidden nodes and about half of all possible connections; odd ones are recurrent, if the
/// task takes such.
[[nodiscard]] SavedGenome probe_genome(const TaskTraits& traits, std::size_t number, Activation activation);

}  // namespace clade
