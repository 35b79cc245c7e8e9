// A row of the log's table `generation`, and the data it is made from.
#pragma once

#include <clade/core/digest.hpp>
#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/ids.hpp>
#include <clade/core/network_params.hpp>
#include <clade/core/score_table.hpp>
#include <clade/evaluation/measure.hpp>
#include <clade/evolution/generation_summary.hpp>
#include <clade/evolution/refine/refined_genome.hpp>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace clade {

struct GenerationRecord;

/// Seconds by stage; logged_stages lists the stages.
using StageSeconds = std::map<std::string, double, std::less<>>;

/// One generation, as it is logged.
struct GenerationRow {
    std::uint32_t generation = 0;
    FitnessSummary fitness{};
    std::uint32_t species_count = 0;
    double threshold = 0.0;
    Complexity complexity{};
    std::uint64_t population = 0;           ///< genomes
    std::uint64_t evaluated = 0;            ///< networks scored in this generation
    std::uint64_t reused = 0;               ///< unchanged genomes whose known fitness was reused
    std::uint64_t evaluations_total = 0;    ///< networks scored up to and with this generation
    std::uint64_t refined_evaluations = 0;  ///< part of `evaluated` used by refinement
    std::uint64_t failed_count = 0;
    bool restarted = false;
    GenomeId champion{};
    Digest digest{};
    std::uint64_t episodes_played = 0;  ///< in the generation's race; 0 without racing
    std::uint64_t episodes_saved = 0;   ///< episodes not played by genomes that had dropped out

    StageSeconds seconds{};             ///< by stage, in whole microseconds; `log` is that of the generation before
    std::vector<Measure> statistics{};  ///< from the program's hook, by name
};

/// Facts of a run by name: its table `run`.
using RunEntries = std::map<std::string, std::string, std::less<>>;

/// Further data of a generation's row, besides record and scores.
struct GenerationNotes {
    StageSeconds seconds{};                               ///< of logged_stages
    std::span<const RefinedGenome> refined{};             ///< their evaluations are part of those of the scores
    std::vector<Measure> measures{};                      ///< the measures by which the champion was judged
    std::vector<Measure> statistics{};                    ///< from the program's hook; unique names
    NetworkParams network{};                              ///< how the champion is run
    const FunctionSet* functions = &builtin_functions();  ///< those its genes name; not null
    RunEntries entries{};                                 ///< facts of the run that hold from this generation on
};

/// The seconds of all its stages.
[[nodiscard]] double total_seconds(const GenerationRow& row);

[[nodiscard]] GenerationRow make_generation_row(const GenerationRecord& record, const ScoreTable& scores,
                                                const GenerationNotes& notes, std::uint64_t evaluations_before);

/// Stands for no_genome where a genome is a position in its generation.
inline constexpr std::uint32_t no_position = 0xffffffff;

/// A genome's id in its run: as Evolver::id_of() has it.
[[nodiscard]] constexpr GenomeId genome_id(std::uint32_t generation, std::uint64_t population, std::uint64_t index) {
    return GenomeId{generation * population + index};
}

}  // namespace clade
