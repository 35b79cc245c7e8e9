// The conformance suite: checks whether a task or environment keeps its promises.
//
//   const TaskCheck check = check_task(MyTask());
//   for (const TaskFinding& finding : check.findings) std::cerr << text_of(finding) << '\n';
//
// The task scores networks of its declared sizes, feed-forward and recurrent ones, with several seeds: alone and among
// others, twice, in several threads at once. `mytask tasks NAME --check` prints the same. A check takes as long as some
// hundred evaluations.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>
#include <clade/evaluation/task.hpp>

#include <string>
#include <vector>

namespace clade {

/// A promise that a task was seen to break.
struct TaskFinding {
    std::string rule{};    ///< "equal seeds give equal fitness"
    std::string seen{};    ///< what happened, with numbers
    std::string advice{};  ///< what to change
};

/// "RULE: SEEN; ADVICE", one line.
[[nodiscard]] std::string text_of(const TaskFinding& finding);

/// The result of checking a task.
struct TaskCheck {
    std::vector<std::string> checked{};   ///< the rules that were looked at, in their order
    std::vector<TaskFinding> findings{};  ///< at most one a rule: the first breach

    [[nodiscard]] bool sound() const noexcept { return findings.empty(); }
};

/// Checks a task; of a ControlTask its environment as well. An exception of the task becomes a finding; nothing is thrown
/// but for want of memory or threads. A task that writes outside the spans it is given may crash all the same.
[[nodiscard]] TaskCheck check_task(const Task& task);

/// Checks an environment alone: what it declares, what it writes, whether equal seeds give equal episodes. `make` is
/// called several times.
[[nodiscard]] TaskCheck check_environment(const ControlTask::Factory& make);

/// The same, of the simple form.
[[nodiscard]] TaskCheck check_environment(const EnvironmentLanes::Factory& make);

}  // namespace clade
