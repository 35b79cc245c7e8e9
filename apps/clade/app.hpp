// A program of your own with every command of `clade`, for your own tasks and functions beside the built-in ones:
//
//   int main(int argc, char** argv) {
//       return clade::run_app(argc, argv, [](clade::Vocabulary& vocabulary) {
//           vocabulary.tasks.add<MyTask>("my_task", "One sentence.");
//       });
//   }
//
// What the task's parameters are called, where they may lie, and what they mean is read from its visit_fields(): they
// are read from YAML, checked, defaulted, and shown by `my_program tasks my_task` as those of any task.
#pragma once

#include <clade/experiment/run/experiment.hpp>

#include <functional>

namespace clade {

/// Adds what a program's configurations may name beside what comes with Clade.
using Registration = std::function<void(Vocabulary&)>;

/// Reads the command line, does what it says, and gives the exit code: 0 done, 1 failed, 2 bad input (nothing was run),
/// 129, 130 or 143 stopped by SIGHUP, SIGINT or SIGTERM.
///
/// Whatever is thrown, by `register_own` too, becomes a message on stderr. Catches these signals while a run is on.
[[nodiscard]] int run_app(int argc, char** argv, const Registration& register_own = {});

}  // namespace clade
