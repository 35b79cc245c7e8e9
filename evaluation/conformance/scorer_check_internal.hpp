// The part of the conformance suite for tasks that score a whole generation at once.
#pragma once

#include <clade/evaluation/conformance/task_finding.hpp>
#include <clade/evaluation/scoring/population_task.hpp>

namespace clade {

/// Scores a small generation, several times, with several scorers. As check_task() promises.
[[nodiscard]] TaskCheck check_scorer(const PopulationTask& task);

}  // namespace clade
