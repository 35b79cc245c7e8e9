// The one list of the columns that generations, species and genomes have in a run log. SQL, reading, writing, JSON, CSV
// and tables derive from it.
//
// A new column is a member of GenerationRow (or SpeciesRecord) and a line here; who knows its value writes it to the
// member (generation_row.cpp). A stage of a generation is an entry of logged_stages.
#pragma once

#include <clade/core/language_standard.hpp>

#include <clade/evolution/evolver_setup.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace clade {

/// A column of a table.
struct LogColumn {
    std::string_view name{};
    std::string_view meaning{};  ///< empty: the name says it
};

/// Calls visit(LogColumn, member...) for each column of the table `generation`, with that member of each of the rows.
template <class Visit, class... Rows>
void visit_generation_columns(Visit&& visit, Rows&&... rows) {
    visit(LogColumn{"generation", "from 0 on"}, rows.generation...);
    visit(LogColumn{"best", "fitness of the champion; NULL here and below: every genome failed"}, rows.fitness.best...);
    visit(LogColumn{"mean", "fitness"}, rows.fitness.mean...);
    visit(LogColumn{"median"}, rows.fitness.median...);
    visit(LogColumn{"deviation"}, rows.fitness.deviation...);
    visit(LogColumn{"worst"}, rows.fitness.worst...);
    visit(LogColumn{"species_count"}, rows.species_count...);
    visit(LogColumn{"threshold", "compatibility threshold"}, rows.threshold...);
    visit(LogColumn{"mean_hidden", "hidden nodes, over all genomes"}, rows.complexity.mean_hidden...);
    visit(LogColumn{"mean_connections", "enabled ones"}, rows.complexity.mean_connections...);
    visit(LogColumn{"best_hidden", "of the champion"}, rows.complexity.best_hidden...);
    visit(LogColumn{"best_connections", "enabled ones of the champion"}, rows.complexity.best_connections...);
    visit(LogColumn{"population", "genomes"}, rows.population...);
    visit(LogColumn{"evaluated", "networks scored"}, rows.evaluated...);
    visit(LogColumn{"reused", "unchanged genomes whose known fitness was taken over"}, rows.reused...);
    visit(LogColumn{"evaluations_total", "networks scored up to and with this generation"}, rows.evaluations_total...);
    visit(LogColumn{"refined_evaluations", "those of `evaluated` that refinement took"}, rows.refined_evaluations...);
    visit(LogColumn{"failed_count", "genomes whose fitness was not a finite number"}, rows.failed_count...);
    visit(LogColumn{"restarted", "1: every species had stagnated; the next generation is a new first one"},
          rows.restarted...);
    visit(LogColumn{"champion", "id of the best genome"}, rows.champion...);
    visit(LogColumn{"digest", "of the generation's genomes; PRINTF('%016x', digest) is how Clade shows it"},
          rows.digest...);
    visit(LogColumn{"episodes_played", "in the generation's race; 0 without racing"}, rows.episodes_played...);
    visit(LogColumn{"episodes_saved", "episodes not played by genomes that had dropped out"}, rows.episodes_saved...);
}

/// The same for each column of the table `species` after the generation's number.
template <class Visit, class... Species>
void visit_species_columns(Visit&& visit, Species&&... species) {
    visit(LogColumn{"id"}, species.id...);
    visit(LogColumn{"age", "generations"}, species.age...);
    visit(LogColumn{"size", "members"}, species.size...);
    visit(LogColumn{"best", "fitness of its best member; NULL: every member failed"}, species.best...);
    visit(LogColumn{"mean", "fitness; NULL: every member failed"}, species.mean...);
    visit(LogColumn{"stagnation", "generations since its best merit improved"}, species.stagnation...);
    visit(LogColumn{"offspring", "children in the next generation"}, species.offspring...);
    visit(LogColumn{"champion", "id of its best member"}, species.champion...);
}

/// A column of the table `chunk`: a number of type T for each genome.
template <class T>
struct ChunkColumn {
    std::string_view name;
};

/// Those of every run. Scores have further ones, of type double, named as in the score table.
struct ChunkColumns {
    ChunkColumn<double> fitness{"fitness"};
    ChunkColumn<std::uint32_t> species{"species"};
    ChunkColumn<std::uint32_t> parent_a{"parent_a"};  ///< position in the generation before, or no_position
    ChunkColumn<std::uint32_t> parent_b{"parent_b"};
    ChunkColumn<std::uint16_t> operators{"operators"};
    ChunkColumn<double> merit{"merit"};  ///< only where it is not fitness
};
inline constexpr ChunkColumns chunk_columns;

/// Calls visit(ChunkColumn) for each of them; does not compile if one is left out.
template <class Visit>
constexpr void visit_chunk_columns(Visit&& visit) {
    const auto& [fitness, species, parent_a, parent_b, operators, merit] = chunk_columns;
    visit(fitness);
    visit(species);
    visit(parent_a);
    visit(parent_b);
    visit(operators);
    visit(merit);
}

/// The bytes of a number in a column of the table `chunk`.
[[nodiscard]] constexpr std::size_t chunk_value_size(std::string_view column) {
    std::size_t size = sizeof(double);  // of a score
    visit_chunk_columns([&]<class T>(ChunkColumn<T> known) {
        if (known.name == column) size = sizeof(T);
    });
    return size;
}

/// The stages of a generation in their order, as they are timed and logged; those of tell() are the evolver's. The
/// table `generation` has a column for each.
inline constexpr auto logged_stages = [] {
    constexpr const auto& tell = EnumNames<Stage>::names;
    std::array<std::string_view, tell.size() + 4> stages{"evaluate", "refine"};
    std::ranges::copy(tell, stages.begin() + 2);
    stages[tell.size() + 2] = "judge";
    stages[tell.size() + 3] = "log";  // of the generation before: its own is known only when it has been written
    return stages;
}();

/// The column of a stage in the table `generation`: microseconds.
[[nodiscard]] inline std::string stage_column(std::string_view stage) { return std::string(stage) + "_us"; }

}  // namespace clade
