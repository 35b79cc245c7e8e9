// Computes the summary of a generation.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/generation_summary.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace clade {

/// Of the values that are finite; NaN if there are none. Leaves those in `values`, reordered.
[[nodiscard]] FitnessSummary summarise(std::vector<double>& values, FitnessDirection direction);

/// How large the genomes of a population are, and its champion.
[[nodiscard]] Complexity complexity_of(const GenomeStore& population, std::size_t champion);

}  // namespace clade
