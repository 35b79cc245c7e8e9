// What the ranks other than 0 do: make the task that rank 0 says, and score the slices that it sends.
#pragma once

#include <clade/experiment/ranks/rank_link.hpp>
#include <clade/experiment/run/vocabulary.hpp>

namespace clade {

/// Serves rank 0 until it says to quit. What goes wrong is told to rank 0. The vocabulary is that of rank 0. Throws Error
/// if the link fails.
void serve_rank_0(RankLink& link, const Vocabulary& vocabulary);

}  // namespace clade
