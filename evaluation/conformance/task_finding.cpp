#include <clade/evaluation/conformance/task_finding.hpp>

namespace clade {

std::string text_of(const TaskFinding& finding) { return finding.rule + ": " + finding.seen + "; " + finding.advice; }

}  // namespace clade
