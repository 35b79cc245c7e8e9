// Figures of a whole run as SVG: fitness, species as a river, the champion's line.
#pragma once

#include "clade/history/lineage.hpp"
#include "clade/history/species_timeline.hpp"

#include <string>
#include <vector>

namespace clade::plot {

/// Best, median and mean fitness over the generations. Gaps where every genome failed.
[[nodiscard]] std::string fitness_svg(const std::vector<GenerationRow>& rows, const std::string& title);

/// Each species' share of the genomes over the generations; the largest have their ids in them.
[[nodiscard]] std::string species_svg(const std::vector<history::SpeciesLife>& lives, const std::string& title);

/// The fitness of a line of ancestors; each rise is marked, the largest with their operators.
[[nodiscard]] std::string lineage_svg(const std::vector<history::Ancestor>& line, FitnessDirection direction,
                                      const std::string& title);

}  // namespace clade::plot
