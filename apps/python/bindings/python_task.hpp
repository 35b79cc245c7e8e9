// Tasks that are functions of Python.
//
//   def f(network) -> fitness                     of one network; with deterministic=False f(network, seeds)
//   def f(population) -> [genomes] fitness        batch=True: of all networks of a generation at once
//
// With names in `scores` a function gives a pair: fitness, and the numbers of these names: [scores], or [genomes, scores].
#pragma once

#include "python/bindings/errors.hpp"

#include <clade/evaluation/task_registry.hpp>

#include <memory>
#include <string>

namespace clade::python {

/// A task that a program brings along: it becomes part of the registry of each run.
class TaskSource {
public:
    virtual ~TaskSource() = default;
    [[nodiscard]] virtual const std::string& name() const = 0;

    /// `interruption` is that of the run.
    virtual void add_to(TaskRegistry& registry, const std::shared_ptr<Interruption>& interruption) const = 0;
};

/// An object of Python that any thread may let go of.
using SharedObject = std::shared_ptr<const py::object>;
[[nodiscard]] SharedObject share(py::object object);

/// What a function is called with, and what comes of it.
struct FunctionCall {
    SharedObject function{};
    std::shared_ptr<Interruption> interruption{};
};

void bind_python_task(py::module_& module);

}  // namespace clade::python
