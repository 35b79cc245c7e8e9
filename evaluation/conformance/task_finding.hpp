// Findings of the conformance suite: what was checked, and which promises were broken.
#pragma once

#include <clade/core/language_standard.hpp>

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

}  // namespace clade
