// One row of a run log's table `generation`, and what it is made from.
#pragma once

#include <clade/core/digest.hpp>
#include <clade/core/genome/ids.hpp>
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

/// Seconds by stage.
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
    std::uint64_t reused = 0;               ///< unchanged genomes whose known fitness was taken over
    std::uint64_t evaluations_total = 0;    ///< networks scored up to and with this generation
    std::uint64_t refined_evaluations = 0;  ///< those of `evaluated` that refinement took
    std::uint64_t failed_count = 0;
    bool restarted = false;
    GenomeId champion{};
    Digest digest{};
    std::uint64_t episodes_played = 0;  ///< in the generation's race; 0 without racing
    std::uint64_t episodes_saved = 0;   ///< that genomes which had dropped out did not play

    // In tables of their own.
    StageSeconds seconds{};             ///< by stage
    std::vector<Measure> statistics{};  ///< of the program's own hook, by name
};

/// What a generation's row is made from beside its record and scores.
struct GenerationNotes {
    StageSeconds seconds{};
    std::span<const RefinedGenome> refined{};  ///< whose evaluations are part of those of the scores
    std::vector<Measure> measures{};           ///< what was measured of the champion to say whether it solves the task
    std::vector<Measure> statistics{};         ///< of the program's own hook; names differ
};

[[nodiscard]] GenerationRow make_generation_row(const GenerationRecord& record, const ScoreTable& scores,
                                                const GenerationNotes& notes, std::uint64_t evaluations_before);

/// A genome's id in its run: as Evolver::id_of() has it.
[[nodiscard]] constexpr GenomeId genome_id(std::uint32_t generation, std::uint64_t population, std::uint64_t index) {
    return GenomeId{generation * population + index};
}

}  // namespace clade
