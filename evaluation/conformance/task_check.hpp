// The conformance suite: checks whether a task or environment keeps its promises.
//
//   const TaskCheck check = check_task(MyTask());
//   for (const TaskFinding& finding : check.findings) std::cerr << text_of(finding) << '\n';
//
// The task scores networks of its declared sizes, feed-forward and recurrent ones, with several seeds: alone and among
// others, twice, in several threads at once. `mytask tasks NAME --check` prints the same. A check takes as long as some
// hundred evaluations.
#pragma once

#include <clade/evaluation/conformance/environment_check.hpp>
#include <clade/evaluation/conformance/task_finding.hpp>
#include <clade/evaluation/task.hpp>

namespace clade {

/// Checks a task; of a ControlTask its environment as well, of a PopulationTask its scorer. An exception of the task becomes a finding; nothing is thrown
/// but for want of memory or threads. A task that writes outside the spans it is given may crash all the same.
[[nodiscard]] TaskCheck check_task(const Task& task);

}  // namespace clade
