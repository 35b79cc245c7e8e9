// The columns of scores that a task names, and whether the scores of its own scorer are complete.
#pragma once

#include <clade/core/score_table.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace clade {

/// "score.NAME" of each of the task's scores, then "behaviour.NAME" of each of its behaviour: the columns of a ScoreTable.
[[nodiscard]] std::vector<std::string> score_column_names(const TaskTraits& traits);

/// What the scorer must do, and what it did; empty where so many genomes have all that the traits name.
[[nodiscard]] std::string missing_in(const ScoreTable& scores, const TaskTraits& traits, std::size_t genomes);

}  // namespace clade
