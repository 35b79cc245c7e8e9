// Exceptions on their way between Python and C++.
//
//   Python -> C++   an exception of a user's function becomes a PythonError, which the engine places and wraps as any other
//   C++ -> Python   clade::Error and what derives from it become classes of the same names, with the same texts; an
//                   exception of a user's function below is their __cause__
#pragma once

#include <clade/core/error.hpp>

#include <pybind11/pybind11.h>

#include <optional>
#include <stop_token>

namespace clade::python {

namespace py = pybind11;

/// An exception of a user's function: "ValueError: text (task.py:12)".
class PythonError final : public Error {
public:
    /// @pre the calling thread has the GIL.
    explicit PythonError(const py::error_already_set& error);

    [[nodiscard]] const py::error_already_set& python() const noexcept { return error_; }

    /// Whether it is to end the program, not the evaluation: KeyboardInterrupt, SystemExit.
    [[nodiscard]] bool ends_program() const { return !error_.matches(PyExc_Exception); }

private:
    py::error_already_set error_;
};

/// How a run is cancelled, and the exception that ended it in the middle of an evaluation.
struct Interruption {
    std::stop_source stop{};
    std::optional<py::error_already_set> exception{};

    /// Throws what a user's function threw: a PythonError, or Cancelled once an exception that ends the program is kept
    /// and the run has been asked to stop. @pre the calling thread has the GIL.
    [[noreturn]] void rethrow(const py::error_already_set& error);
};

void bind_errors(py::module_& module);

}  // namespace clade::python
