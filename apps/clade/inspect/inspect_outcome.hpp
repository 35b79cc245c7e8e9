// How a run ended, in words, as far as its log and the file `scoring` tell.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "terminal/terminal.hpp"

#include <clade/experiment/run/scoring_file.hpp>

#include <optional>
#include <string>

namespace clade::inspect {

/// An outcome in words.
struct OutcomeText {
    std::string verdict;  ///< "solved"
    Style style = Style::plain;
    std::string rest{};  ///< " (stop.generations)"
};

/// "solved", "not solved (stop.generations)", "none yet: ...". A run that cannot be solved, because nothing counts as a
/// solution, is not called unsolved.
[[nodiscard]] OutcomeText outcome_in_words(const Subject& subject, const std::optional<ScoringState>& scoring,
                                           bool can_be_solved);

}  // namespace clade::inspect
