#include "python/bindings/run_reader.hpp"

#include "python/bindings/arrays.hpp"

#include <clade/experiment/log/log_columns.hpp>
#include <clade/experiment/run/champion_choice.hpp>

#include <pybind11/stl.h>

#include <filesystem>
#include <utility>
#include <vector>

namespace clade::python {
namespace {

using LoggedSpecies = std::pair<std::uint32_t, SpeciesRecord>;

/// The columns of a genome in the log.
template <class Visit>
void visit_genome_columns(Visit&& visit, const GenomeRow& row) {
    visit(LogColumn{"generation"}, row.generation);
    visit(LogColumn{"id"}, row.id);
    visit(LogColumn{"fitness"}, row.fitness);
    visit(LogColumn{"species"}, row.species);
    visit(LogColumn{"parent_a"}, static_cast<std::int64_t>(raw(row.parent_a)));  // no_genome becomes -1
    visit(LogColumn{"parent_b"}, static_cast<std::int64_t>(raw(row.parent_b)));
    visit(LogColumn{"operators"}, row.operators);
}

py::array_t<double> array_of(const std::vector<double>& values) {
    return py::array_t<double>(static_cast<py::ssize_t>(values.size()), values.data());
}

}  // namespace

RunReader::RunReader(const std::string& path, const TaskSource* task)
    : vocabulary_(make_vocabulary(task, std::make_shared<Interruption>())),
      run_(open_run(find_run(path), *vocabulary_)) {}

py::dict RunReader::entries() const {
    py::dict entries;
    for (const auto& [key, value] : run_.log.all_entries()) entries[py::str(key)] = value;
    return entries;
}

py::dict RunReader::generations() const {
    return columns_of(run_.log.generations(),
                      [](auto&& visit, const GenerationRow& row) { visit_generation_columns(visit, row); });
}

py::dict RunReader::species() const {
    std::vector<LoggedSpecies> rows;
    for (const GenerationRow& row : run_.log.generations()) {
        for (const SpeciesRecord& species : run_.log.species(row.generation))
            rows.emplace_back(row.generation, species);
    }
    return columns_of(rows, [](auto&& visit, const LoggedSpecies& row) {
        visit(LogColumn{"generation"}, row.first);
        visit_species_columns(visit, row.second);
    });
}

py::dict RunReader::genomes(std::uint32_t generation) const {
    py::dict columns = columns_of(run_.log.genomes(generation),
                                  [](auto&& visit, const GenomeRow& row) { visit_genome_columns(visit, row); });
    for (const ScoreColumn& column : run_.log.score_columns(generation)) {
        columns[py::str(column.name)] = array_of(column.values);
    }
    return columns;
}

std::optional<PythonNetwork> RunReader::champion() const {
    if (!std::filesystem::exists(run_.folder.champion())) return std::nullopt;
    return network_of_model(load_model(run_.folder.champion()));
}

PythonNetwork RunReader::network(std::uint64_t genome_id) const {
    const auto population = static_cast<std::uint64_t>(run_.config.evolution.population_size);
    const auto last = run_.log.last_generation();
    const std::uint64_t generation = genome_id / population;
    if (!last || generation > last->generation) {
        throw Error("the run has no genome " + std::to_string(genome_id) +
                    "; run.genomes(generation).id has those of a "
                    "generation");
    }
    const auto number = static_cast<std::uint32_t>(generation);
    const auto index = static_cast<std::size_t>(genome_id % population);
    const std::unique_ptr<Engine> engine = rebuild(run_, *vocabulary_, number);
    BestEver genome{run_.log.fitness(number)[index], number, GenomeId{genome_id},
                    GenomeStore(engine->evolver->population().shape())};
    genome.genome.append(engine->evolver->population()[index]);
    return network_of_model(champion_model(*engine, run_.config, genome));
}

std::unique_ptr<Task> RunReader::task() const { return make_task(run_.config, logged_inputs(run_.config, run_.log)); }

Network RunReader::champion_network(const Task& task) const {
    if (!std::filesystem::exists(run_.folder.champion())) throw Error("the run has no champion: every genome failed");
    return network_of(load_model(run_.folder.champion()).genome.store, task, run_.config, *vocabulary_);
}

py::dict RunReader::report() const {
    const std::unique_ptr<Task> task = this->task();
    Network network = champion_network(*task);
    py::dict measures;
    for (const Measure& measure : task->report(network).measures) measures[py::str(measure.name)] = measure.value;
    return measures;
}

py::dict RunReader::trace(std::uint64_t seed) const {
    const std::unique_ptr<Task> task = this->task();
    Network network = champion_network(*task);
    const Trace trace = task->trace(network, seed);
    py::dict columns;
    for (std::size_t c = 0; c < trace.columns.size(); ++c) {
        std::vector<double> values;
        for (const auto& row : trace.rows) values.push_back(row[c]);
        columns[py::str(trace.columns[c])] = array_of(values);
    }
    return columns;
}

void bind_run_reader(py::module_& module) {
    py::class_<RunReader>(module, "RunReader")
        .def(py::init<const std::string&, const TaskSource*>(), py::arg("path"), py::arg("task"))
        .def_property_readonly("folder", &RunReader::folder)
        .def_property_readonly("config", &RunReader::config)
        .def_property_readonly("entries", &RunReader::entries)
        .def("generations", &RunReader::generations)
        .def("species", &RunReader::species)
        .def("genomes", &RunReader::genomes, py::arg("generation"))
        .def("champion", &RunReader::champion)
        .def("network", &RunReader::network, py::arg("genome_id"))
        .def("report", &RunReader::report)
        .def("trace", &RunReader::trace, py::arg("seed"));
}

}  // namespace clade::python
