// `clade tasks NAME --check`: runs the conformance suite on a task.
#pragma once

#include "terminal/format.hpp"

#include <clade/experiment/run/experiment.hpp>

#include <string>

namespace clade {

struct CheckTaskOptions {
    std::string task{};    ///< empty: that of the configuration
    std::string config{};  ///< YAML file whose task is checked; empty: `task` as it is by default
    Format format = Format::table;
};

/// Returns 0 if the task keeps what every task promises, else 1.
int check_task_command(const CheckTaskOptions& options, const Vocabulary& vocabulary);

}  // namespace clade
