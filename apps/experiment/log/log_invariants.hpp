// Checks what must hold among the values of a run's log: numbers that say the same thing agree.
#pragma once

#include <clade/core/fitness_direction.hpp>
#include <clade/experiment/log/log_finding.hpp>
#include <clade/experiment/log/run_log.hpp>

namespace clade {

/// Empty if all hold; `direction` is that of the run's fitness. A generation that cannot be read is a finding too.
[[nodiscard]] LogFindings check_invariants(const RunLog& log, FitnessDirection direction);

}  // namespace clade
