// A run's folder, opened for reading: clade.Run is built on it.
#pragma once

#include "python/bindings/config_source.hpp"
#include "python/bindings/field_values.hpp"
#include "python/bindings/network.hpp"

#include <clade/experiment/run/rebuild.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace clade::python {

/// Tables are dicts of columns, each an array.
class RunReader {
public:
    /// `task` makes generations again and reports; without one that the run needs, what needs it throws InputError.
    RunReader(const std::string& path, const TaskSource* task);

    [[nodiscard]] std::string folder() const { return run_.folder.path.string(); }
    [[nodiscard]] py::dict config() const { return dict_of(run_.config); }

    /// The facts of the run, all texts.
    [[nodiscard]] py::dict entries() const;

    [[nodiscard]] py::dict generations() const;
    [[nodiscard]] py::dict species() const;

    /// The genomes of a generation, with the scores of the task; a parent of -1 is none. Throws Error if there is no such
    /// generation.
    [[nodiscard]] py::dict genomes(std::uint32_t generation) const;

    /// The network that the run stands for; none as long as every genome has failed.
    [[nodiscard]] std::optional<PythonNetwork> champion() const;

    /// Any genome of the run, by its id: its generation is bred again. Throws Error if there is none.
    [[nodiscard]] PythonNetwork network(std::uint64_t genome_id) const;

    /// The measures of the task's report on the champion, by name.
    [[nodiscard]] py::dict report() const;

    /// One episode of the champion: a table, a row a step; empty where the task has no episodes.
    [[nodiscard]] py::dict trace(std::uint64_t seed) const;

private:
    [[nodiscard]] std::unique_ptr<Task> task() const;
    [[nodiscard]] Network champion_network(const Task& task) const;

    std::shared_ptr<Vocabulary> vocabulary_;
    OpenedRun run_;
};

void bind_run_reader(py::module_& module);

}  // namespace clade::python
