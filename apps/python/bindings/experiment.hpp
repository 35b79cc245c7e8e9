// A run that is being made: clade.run() and clade.resume() are built on it.
#pragma once

#include "python/bindings/config_source.hpp"

#include <clade/experiment/run/experiment.hpp>

namespace clade::python {

class PythonExperiment {
public:
    /// A new run in a folder of its own below `out`. Throws ConfigError or InputError before anything is made.
    [[nodiscard]] static std::unique_ptr<PythonExperiment> start(const ConfigRequest& request, const std::string& out,
                                                                 const TaskSource* task);

    /// Continues a stopped run.
    [[nodiscard]] static std::unique_ptr<PythonExperiment> resume(const std::string& folder,
                                                                  const std::vector<std::string>& overrides,
                                                                  const TaskSource* task);

    /// Runs without the GIL until it ends: the name of the outcome. `progress(row)` is called after each generation, with
    /// a dict of its columns; a text from `stop_when(row)` ends the run. None: not called. Throws what they throw.
    [[nodiscard]] std::string run(const py::object& progress, const py::object& stop_when);

    /// Makes run() end soon with the outcome "interrupted"; it may be called again. For any thread.
    void cancel() const { interruption_->stop.request_stop(); }

    /// Lets go of the folder, so that others may write to the run. @pre run() is not called any more.
    void close() { experiment_.reset(); }

    [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

private:
    PythonExperiment(std::shared_ptr<Vocabulary> vocabulary, std::shared_ptr<Interruption> interruption,
                     Experiment experiment);

    std::shared_ptr<Vocabulary> vocabulary_;  // its tasks are looked up as long as the run goes on
    std::shared_ptr<Interruption> interruption_;
    std::string folder_;
    std::optional<Experiment> experiment_;
};

void bind_experiment(py::module_& module);

}  // namespace clade::python
