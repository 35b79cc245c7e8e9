// Breeds and scores a whole run again, and compares it with its log.
#pragma once

#include <clade/experiment/log/log_finding.hpp>
#include <clade/experiment/run/rebuild.hpp>

namespace clade {

/// What differs in the first generation that does, else in the choice of the champion; empty if nothing does. Times and
/// statistics of hooks are not compared. Throws Error if the run cannot be repeated.
[[nodiscard]] LogFindings replay_run(const OpenedRun& run, const Vocabulary& vocabulary);

}  // namespace clade
