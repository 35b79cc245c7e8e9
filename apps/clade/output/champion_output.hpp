// How a champion was chosen on held-out evaluations or validation data, as text and as JSON.
#pragma once

#include <clade/experiment/run/champion_choice.hpp>

#include <nlohmann/json.hpp>

#include <string>

namespace clade {

/// "held-out fitness" or "validation fitness".
[[nodiscard]] std::string held_out_name(const ChampionChoice& choice);

/// "0.52, standard error 0.03, over 310 episodes".
[[nodiscard]] std::string held_out_text(const ChampionChoice& choice);

/// "the best of 32 generations' champions, by 480 held-out evaluations besides the run's".
[[nodiscard]] std::string choice_text(const ChampionChoice& choice);

/// A sentence where fitness in evolution and held-out mean differ by more than chance, else empty.
[[nodiscard]] std::string luck_text(const ChampionChoice& choice);

/// The same as JSON; null without a choice.
[[nodiscard]] nlohmann::ordered_json held_out_json(const ChampionChoice* choice);

}  // namespace clade
