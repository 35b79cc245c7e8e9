// The champions of generations on data that no fitness has seen, for tasks that have some (Task::validate()).
//
// Each generation's champion is scored on it, and the log has the score among the generation's measures. The best of them
// is the champion of the run; `stop.validation_stagnation` ends a run in which it gets no better.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/experiment/log/run_log.hpp>
#include <clade/experiment/run/engine.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace clade {

/// The name of the score among a generation's measures.
inline constexpr std::string_view validation_measure = "validation fitness";

/// The score of a generation's champion, alone in a store; nothing where the task has none, or it is not finite.
[[nodiscard]] std::optional<double> validation_score(const Engine& engine, const GenomeStore& champion);

/// A generation's champion and its score.
struct ValidatedChampion {
    std::uint32_t generation = 0;
    double score = 0.0;
};

/// The better of two, the earlier of equal ones.
void keep_better(std::optional<ValidatedChampion>& best, const ValidatedChampion& next, FitnessDirection direction);

/// The best that is logged; nothing where no generation has a score.
[[nodiscard]] std::optional<ValidatedChampion> best_validated(const RunLog& log, FitnessDirection direction);

}  // namespace clade
