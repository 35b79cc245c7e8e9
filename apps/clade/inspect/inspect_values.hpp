// Formatting of values, shared by the pages of `clade inspect`.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/experiment/log/run_log.hpp>

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace clade::inspect {

using Json = nlohmann::ordered_json;

inline constexpr std::size_t rows_shown = 20;    ///< of a table on a terminal
inline constexpr std::size_t chart_width = 100;  ///< wider ones are hard to follow

/// A value of the log as JSON: what is not finite, and no genome, become null.
[[nodiscard]] Json json_value(double value);
[[nodiscard]] Json json_value(GenomeId id);
[[nodiscard]] inline Json json_value(SpeciesId id) { return raw(id); }
[[nodiscard]] inline Json json_value(Digest digest) { return to_hex(digest); }
template <std::integral Number>
[[nodiscard]] Json json_value(Number value) {
    return value;
}

/// The same for CSV: the shortest digits that read back to the same number; nothing for NaN and no genome.
[[nodiscard]] std::string csv_value(double value);
[[nodiscard]] std::string csv_value(GenomeId id);
[[nodiscard]] inline std::string csv_value(SpeciesId id) { return std::to_string(raw(id)); }
[[nodiscard]] inline std::string csv_value(Digest digest) { return to_hex(digest); }
template <std::integral Number>
[[nodiscard]] std::string csv_value(Number value) {
    return std::to_string(value);
}

[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);

/// Prints it; bytes that are no UTF-8, as a path may have, are replaced.
void print(const Json& json);

/// "128, 140"; "-" for a genome without parents.
[[nodiscard]] std::string parents_text(const GenomeRow& row);

/// Positions of at most `limit` of `count` rows, evenly spread, the first and the last among them.
[[nodiscard]] std::vector<std::size_t> thinned(std::size_t count, std::size_t limit);

/// "12 of 340 generations shown; --format csv prints all", or nothing if all are shown.
[[nodiscard]] std::string thinned_note(std::size_t shown, std::size_t count, std::string_view what);

/// The genomes of a generation, from the best to the worst; equal ones in their order.
void sort_by_fitness(std::vector<GenomeRow>& genomes, FitnessDirection direction);

/// The best `limit` genomes as a table; `genomes` is sorted.
[[nodiscard]] std::string genomes_table(const std::vector<GenomeRow>& genomes, std::size_t limit);

/// A row a genome; `scores` are those of its generation.
[[nodiscard]] std::string genomes_csv(const std::vector<GenomeRow>& genomes, const std::vector<ScoreColumn>& scores);
[[nodiscard]] Json genome_json(const GenomeRow& row, const std::vector<ScoreColumn>& scores);

/// The columns of a generation's row, and the seconds of its stages.
[[nodiscard]] Json generation_json(const GenerationRow& row);

/// A species' numbers of one generation, without the generation.
[[nodiscard]] Json species_json(const SpeciesRecord& species);

}  // namespace clade::inspect
