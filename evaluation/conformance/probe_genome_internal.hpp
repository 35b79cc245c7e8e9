// The genomes that the checks of tasks score.
#pragma once

#include <clade/core/genome/genome_io.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>

namespace clade {

/// Of the declared sizes, with three hidden nodes and about half of all possible connections; odd ones are recurrent.
[[nodiscard]] SavedGenome probe_genome(const TaskTraits& traits, std::size_t number, Activation activation);

}  // namespace clade
