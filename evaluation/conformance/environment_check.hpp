// The part of the conformance suite that looks at environments.
#pragma once

#include <clade/evaluation/conformance/task_finding.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

namespace clade {

/// Checks an environment alone: what it declares, what it writes, whether equal seeds give equal episodes. `make` is
/// called several times.
[[nodiscard]] TaskCheck check_environment(const ControlTask::Factory& make);

/// The same, of the simple form.
[[nodiscard]] TaskCheck check_environment(const EnvironmentLanes::Factory& make);

}  // namespace clade
