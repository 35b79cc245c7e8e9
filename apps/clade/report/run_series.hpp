// The numbers of a run over its generations, as columns of JSON.
#pragma once

#include "clade/history/species_timeline.hpp"
#include "clade/inspect/inspect_subject.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace clade {
struct ChampionChoice;
}

namespace clade::report {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t generations_drawn = 2000;  ///< of a longer run evenly spread ones
inline constexpr std::size_t species_drawn = 400;       ///< the largest; the others are drawn as one

/// The logged generations that are drawn, the first and the last among them.
[[nodiscard]] std::vector<GenerationRow> drawn_generations(const std::vector<GenerationRow>& rows);

/// A column of numbers for each column of the log's table `generation` but its digest; besides these `lower_quartile` and
/// `upper_quartile` of fitness, `effective_species` (inverse Simpson index of the species' sizes: Hill 1973) and
/// `seconds`; in `statistics` those of the program's hook.
[[nodiscard]] Json series_json(const RunLog& log, const std::vector<GenerationRow>& rows);

/// What champions scored on data or episodes that evolution did not use: {name, generation, value}; null if nothing.
[[nodiscard]] Json held_out_series(const RunLog& log, const std::optional<ChampionChoice>& choice,
                                   const std::vector<GenerationRow>& rows);

/// The lives of the largest species by age, with their sizes in the drawn generations from `first` on, and the sum of
/// all others.
[[nodiscard]] Json species_json(const std::vector<history::SpeciesLife>& lives, const std::vector<GenerationRow>& rows);

}  // namespace clade::report
