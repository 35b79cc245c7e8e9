// Whether the scores of a task's own scorer are complete.
#pragma once

#include <clade/core/score_table.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <string>

namespace clade {

/// What the scorer must do, and what it did; empty where so many genomes have all that the traits name.
[[nodiscard]] std::string missing_in(const ScoreTable& scores, const TaskTraits& traits, std::size_t genomes);

}  // namespace clade
