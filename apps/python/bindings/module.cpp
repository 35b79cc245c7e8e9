// The module clade._clade: what the Python package `clade` is built on.
#include "python/bindings/data_task.hpp"
#include "python/bindings/errors.hpp"
#include "python/bindings/evolver.hpp"
#include "python/bindings/experiment.hpp"
#include "python/bindings/network.hpp"
#include "python/bindings/population.hpp"
#include "python/bindings/python_task.hpp"
#include "python/bindings/run_reader.hpp"

#include <clade/experiment/version.hpp>

PYBIND11_MODULE(_clade, module) {
    module.doc() = "Clade's engine; import clade.";
    module.attr("__version__") = std::string(clade::version);
    clade::python::bind_errors(module);
    clade::python::bind_network(module);
    clade::python::bind_population(module);
    clade::python::bind_python_task(module);
    clade::python::bind_data_task(module);
    clade::python::bind_evolver(module);
    clade::python::bind_experiment(module);
    clade::python::bind_run_reader(module);
}
