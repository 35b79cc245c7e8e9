// `clade tasks`: the tasks, or one with its parameters.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

struct TasksOptions {
    std::string task{};  ///< empty: list all
    Format format = Format::table;
    std::string program = "clade";  ///< as the user called it
};

/// Throws InputError for a task that is not there.
int tasks_command(const TasksOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
