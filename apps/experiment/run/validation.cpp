#include <clade/experiment/run/validation.hpp>

#include <algorithm>
#include <cmath>

namespace clade {

std::optional<double> validation_score(const Engine& engine, const GenomeStore& champion) {
    if (champion.empty()) return std::nullopt;
    Network network = engine.network_of(champion);
    const std::optional<double> score = engine.task->validate(network);
    return score && std::isfinite(*score) ? score : std::nullopt;
}

void keep_better(std::optional<ValidatedChampion>& best, const ValidatedChampion& next, FitnessDirection direction) {
    if (!best || is_better(next.score, best->score, direction)) best = next;
}

std::optional<ValidatedChampion> best_validated(const RunLog& log, FitnessDirection direction) {
    std::optional<ValidatedChampion> best;
    const auto last = log.last_generation();
    for (std::uint32_t generation = 0; last && generation <= last->generation; ++generation) {
        const std::vector<Measure> measures = log.measures(generation);
        const auto found = std::ranges::find(measures, validation_measure, &Measure::name);
        if (found != measures.end()) keep_better(best, {generation, found->value}, direction);
    }
    return best;
}

}  // namespace clade
