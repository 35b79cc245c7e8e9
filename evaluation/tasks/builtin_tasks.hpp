// The tasks that come with Clade.
#pragma once

#include <clade/evaluation/task_registry.hpp>

namespace clade {

/// Every task that comes with Clade; a program adds its own (TaskRegistry::add()).
[[nodiscard]] TaskRegistry builtin_tasks();

}  // namespace clade
