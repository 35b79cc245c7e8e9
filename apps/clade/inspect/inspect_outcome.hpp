// How a run ended, in words, as far as its log and the file `scoring` tell.
#pragma once

#include "clade/inspect/inspect_subject.hpp"

#include <clade/experiment/run/scoring_file.hpp>

#include <optional>
#include <string>

namespace clade::inspect {

/// "solved", "not solved (stop.generations)", "none yet: ..."; with style for stdout. A run that
/// cannot be solved, because nothing counts as a solution, is not called unsolved.
[[nodiscard]] std::string outcome_text(const Subject& subject, const std::optional<ScoringState>& scoring,
                                       bool can_be_solved);

}  // namespace clade::inspect
