#include <clade/experiment/log/generation_row.hpp>

#include <clade/evolution/generation_record.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade {

double total_seconds(const GenerationRow& row) {
    return std::accumulate(row.seconds.begin(), row.seconds.end(), 0.0,
                           [](double sum, const auto& stage) { return sum + stage.second; });
}

GenerationRow make_generation_row(const GenerationRecord& record, const ScoreTable& scores,
                                  const GenerationNotes& notes, std::uint64_t evaluations_before) {
    GenerationRow row{.generation = record.generation,
                      .fitness = record.fitness,
                      .species_count = static_cast<std::uint32_t>(record.species.size()),
                      .threshold = record.threshold,
                      .complexity = record.complexity,
                      .population = record.genome_fitness.size(),
                      .evaluated = scores.evaluated,
                      .reused = scores.reused,
                      .evaluations_total = evaluations_before + scores.evaluated,
                      .failed_count = record.failed_count,
                      .restarted = record.restarted,
                      .champion = genome_id(record.generation, record.genome_fitness.size(), record.champion),
                      .digest = Digest{record.digest},
                      .seconds = notes.seconds,
                      .statistics = notes.statistics};
    for (auto& [stage, seconds] : row.seconds) seconds = std::round(seconds * 1e6) / 1e6;
    for (const RefinedGenome& refined : notes.refined) row.refined_evaluations += refined.evaluations;
    for (const EpisodeRound& round : scores.rounds) {
        row.episodes_played += round.genomes * round.episodes;
        row.episodes_saved += (row.population - round.genomes) * round.episodes;
    }
    std::ranges::sort(row.statistics, {}, &Measure::name);
    return row;
}

}  // namespace clade
