#include "python/bindings/experiment.hpp"

#include "python/bindings/arrays.hpp"

#include <clade/core/digest.hpp>
#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/engine.hpp>

#include <pybind11/stl.h>

#include <utility>

namespace clade::python {
namespace {

py::dict dict_of_row(const GenerationRow& row) {
    py::dict values;
    visit_generation_columns(
        [&](const LogColumn& column, const auto& value) {
            values[py::str(std::string(column.name))] = py::cast(number_of(value));
        },
        row);
    return values;
}

/// Calls the program's own functions.
class Hooks final : public ExperimentObserver {
public:
    Hooks(const py::object& progress, const py::object& stop_when, Interruption& interruption)
        : progress_(progress), stop_when_(stop_when), interruption_(interruption) {}

    void on_generation(const GenerationRow& row) override { (void)call(progress_, row); }

    std::optional<std::string> stop_reason(const GenerationRow& row) override { return call(stop_when_, row); }

private:
    /// The text that a function returns, if it does. An exception that ends the program ends the run in good order.
    std::optional<std::string> call(const py::object& function, const GenerationRow& row) {
        const py::gil_scoped_acquire gil;
        if (function.is_none() || interruption_.exception) return std::nullopt;
        try {
            const py::object said = function(dict_of_row(row));
            return py::isinstance<py::str>(said) ? std::optional(said.cast<std::string>()) : std::nullopt;
        } catch (const py::error_already_set& error) {
            try {
                interruption_.rethrow(error);
            } catch (const Cancelled&) {
                return std::nullopt;
            }
        }
    }

    const py::object& progress_;
    const py::object& stop_when_;
    Interruption& interruption_;
};

}  // namespace

PythonExperiment::PythonExperiment(std::shared_ptr<Vocabulary> vocabulary, std::shared_ptr<Interruption> interruption,
                                   Experiment experiment)
    : vocabulary_(std::move(vocabulary)),
      interruption_(std::move(interruption)),
      folder_(experiment.folder().path.string()),
      experiment_(std::move(experiment)) {}

std::unique_ptr<PythonExperiment> PythonExperiment::start(const ConfigRequest& request, const std::string& out,
                                                          const TaskSource* task) {
    auto interruption = std::make_shared<Interruption>();
    auto vocabulary = make_vocabulary(task, interruption);
    const py::gil_scoped_release no_gil;  // data files may be long
    std::optional<PreparedRun> prepared;
    with_places_of(request, [&] {
        const ConfigSource source = source_of(request, *vocabulary);
        ExperimentConfig config = load_config(source);
        resolve(config);
        prepared = prepare_run(source, config, *vocabulary);
    });
    const RunFolder folder = create_run_folder(out, prepared->config.name, prepared->config.seed);
    Experiment experiment = Experiment::start(std::move(*prepared), folder);
    return std::unique_ptr<PythonExperiment>(
        new PythonExperiment(std::move(vocabulary), std::move(interruption), std::move(experiment)));
}

std::unique_ptr<PythonExperiment> PythonExperiment::resume(const std::string& folder,
                                                           const std::vector<std::string>& overrides,
                                                           const TaskSource* task) {
    auto interruption = std::make_shared<Interruption>();
    auto vocabulary = make_vocabulary(task, interruption);
    const py::gil_scoped_release no_gil;
    std::optional<Experiment> experiment;
    with_places_of({folder, std::nullopt, overrides},
                   [&] { experiment.emplace(Experiment::resume(find_run(folder), *vocabulary, overrides)); });
    return std::unique_ptr<PythonExperiment>(
        new PythonExperiment(std::move(vocabulary), std::move(interruption), std::move(*experiment)));
}

std::string PythonExperiment::run(const py::object& progress, const py::object& stop_when) {
    if (!experiment_) throw LogicError("the experiment is closed");
    interruption_->stop = std::stop_source();
    interruption_->exception.reset();
    Hooks hooks(progress, stop_when, *interruption_);
    Outcome outcome{};
    {
        const py::gil_scoped_release no_gil;
        outcome = experiment_->run(hooks, interruption_->stop.get_token());
    }
    if (interruption_->exception) throw py::error_already_set(*interruption_->exception);
    return std::string(name_of(outcome));
}

void bind_experiment(py::module_& module) {
    py::class_<PythonExperiment>(module, "Experiment")
        .def_static(
            "start",
            [](std::string file, std::optional<std::string> text, std::vector<std::string> overrides,
               const std::string& out, const TaskSource* task) {
                return PythonExperiment::start({std::move(file), std::move(text), std::move(overrides)}, out, task);
            },
            py::arg("file"), py::arg("text"), py::arg("overrides"), py::arg("out"), py::arg("task"))
        .def_static("resume", &PythonExperiment::resume, py::arg("folder"), py::arg("overrides"), py::arg("task"))
        .def("run", &PythonExperiment::run, py::arg("progress"), py::arg("stop_when"))
        .def("cancel", &PythonExperiment::cancel)
        .def("close", &PythonExperiment::close)
        .def_property_readonly("folder", &PythonExperiment::folder);
}

}  // namespace clade::python
