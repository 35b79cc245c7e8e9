// The task `process`: a program in any language that scores networks, or is the world that they act in.
//
//   task: {command: [python3, worker.py]}
//
// The program is started once for each thread, and talked to over its stdin and stdout by the protocol of
// apps/docs/processes.md. Its hello says which of two tasks it is:
//
//   networks   each batch of a generation is sent as flat arrays, and comes back as fitness, scores and behaviour
//   world      a ControlTask whose environment is the program
//
// What becomes of a program that ends, hangs or answers wrongly, evaluation.on_failure says; it is started again.
#pragma once

#include <clade/evaluation/task_registry.hpp>
#include <clade/experiment/process/process_params.hpp>

#include <memory>

namespace clade {

/// Registers the task `process`, which a configuration's task block names by its key `command`.
void add_process_task(TaskRegistry& registry);

/// Starts a worker to learn what it is. Throws FieldError of `command` if it cannot be started or says nothing that fits.
[[nodiscard]] std::unique_ptr<Task> make_process_task(const ProcessParams& params, const TaskContext& context);

}  // namespace clade
