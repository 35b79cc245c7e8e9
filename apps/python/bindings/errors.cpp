#include "python/bindings/errors.hpp"

#include <clade/core/fields.hpp>
#include <clade/evaluation/scoring/scorer.hpp>
#include <clade/evolution/evolver.hpp>
#include <clade/experiment/config/config_issue.hpp>

#include <array>
#include <exception>
#include <string>

namespace clade::python {
namespace {

/// The place of the innermost line of Python, " (task.py:12)"; empty if there is none.
std::string place_of(const py::error_already_set& error) {
    py::object trace = error.trace();
    if (!trace || trace.is_none()) return "";
    while (!trace.attr("tb_next").is_none()) trace = trace.attr("tb_next");
    const auto file = py::str(trace.attr("tb_frame").attr("f_code").attr("co_filename")).cast<std::string>();
    return " (" + file.substr(file.rfind('/') + 1) + ':' + std::to_string(trace.attr("tb_lineno").cast<int>()) + ')';
}

std::string text_of(const py::error_already_set& error) {
    const auto name = py::str(error.type().attr("__name__")).cast<std::string>();
    const auto text = py::str(error.value()).cast<std::string>();
    return name + (text.empty() ? "" : ": " + text) + place_of(error);
}

/// The PythonError that is nested in an exception, or the exception itself; null if there is none.
const PythonError* python_error_in(const std::exception& error) {
    if (const auto* found = dynamic_cast<const PythonError*>(&error)) return found;
    try {
        std::rethrow_if_nested(error);
    } catch (const std::exception& nested) {
        return python_error_in(nested);  // kept alive by the outer one
    } catch (...) {
    }
    return nullptr;
}

/// The classes in Python, the derived ones behind their bases. They live as long as the process.
struct ExceptionClass {
    const char* name;
    const char* meaning;
    bool (*is_of)(const std::exception&);
    PyObject* type = nullptr;
};

template <class Exception>
bool is_of(const std::exception& error) {
    return dynamic_cast<const Exception*>(&error) != nullptr;
}

std::array<ExceptionClass, 10>& exception_classes() {
    static std::array<ExceptionClass, 10> classes{{
        {"Error", "What goes wrong through input: configuration, files, sizes, names, a task.", is_of<Error>},
        {"LogicError", "A broken precondition: a mistake in the program, not in its input.", is_of<LogicError>},
        {"InputError", "Invalid input, found before anything was run.", is_of<InputError>},
        {"FormatError", "A file's content is not what it must be.", is_of<FormatError>},
        {"Cancelled", "The call was cancelled; its work is incomplete.", is_of<Cancelled>},
        {"TimeLimitError", "An evaluation took longer than allowed.", is_of<TimeLimitError>},
        {"ConfigError", "Mistakes in a configuration: one a line, each with its place.", is_of<ConfigError>},
        {"FieldError", "Invalid values of parameters: one a line.", is_of<FieldError>},
        {"ScoringError", "A genome could not be scored; what the task threw is the __cause__.", is_of<ScoringError>},
        {"ExtinctionError", "Every species has stagnated, and the configuration makes that an error.",
         is_of<ExtinctionError>},
    }};
    return classes;
}

/// Makes a C++ exception Python's current one.
void raise_in_python(const std::exception& error, PyObject* type) {
    const PythonError* cause = python_error_in(error);
    if (cause == nullptr) return PyErr_SetString(type, error.what());
    py::error_already_set original = cause->python();
    original.restore();
    if (cause != &error) py::raise_from(type, error.what());  // a hook's own exception stays what it is
}

void translate(std::exception_ptr exception) {
    try {
        if (exception) std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        auto& classes = exception_classes();
        for (auto found = classes.rbegin(); found != classes.rend(); ++found) {
            if (found->is_of(error)) return raise_in_python(error, found->type);
        }
        throw;  // pybind11 knows those of the standard library
    }
}

}  // namespace

PythonError::PythonError(const py::error_already_set& error) : Error(text_of(error)), error_(error) {}

void Interruption::rethrow(const py::error_already_set& error) {
    const PythonError placed(error);
    if (!placed.ends_program()) throw placed;
    if (!exception) exception = error;
    stop.request_stop();
    throw Cancelled("interrupted by " + std::string(placed.what()));
}

void bind_errors(py::module_& module) {
    auto& classes = exception_classes();
    for (ExceptionClass& made : classes) {
        const std::string name = std::string("clade.") + made.name;
        const bool has_base = &made > &classes[1];
        PyObject* base = has_base ? classes[0].type : PyExc_RuntimeError;
        made.type = PyErr_NewExceptionWithDoc(name.c_str(), made.meaning, base, nullptr);
        if (made.type == nullptr) throw py::error_already_set();
        module.add_object(made.name, py::reinterpret_borrow<py::object>(made.type));
    }
    py::register_exception_translator(translate);
}

}  // namespace clade::python
