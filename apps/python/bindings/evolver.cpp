#include "python/bindings/evolver.hpp"

#include "python/bindings/config_source.hpp"

#include <clade/core/special_values_internal.hpp>

#include <pybind11/stl.h>

#include <span>
#include <utility>

namespace clade::python {
namespace {

constexpr const char* task_name = "ask_and_tell";

/// The blocks that an evolver has are read as those of an experiment with a task of this shape.
EvolverSetup setup_of(const std::string& text, const TaskTraits& traits, std::uint64_t seed) {
    const ConfigRequest request{"Evolver", text, {std::string("task={name: ") + task_name + '}'}};
    Vocabulary vocabulary;
    vocabulary.tasks.add_function(traits, "Fitness comes from the program.",
                                  [](Network&, const Seeds&) { return 0.0; });
    ExperimentConfig config;
    with_places_of(request, [&] { config = load_config(source_of(request, vocabulary)); });
    return {.genome = config.genome,
            .evolution = config.evolution,
            .input_count = traits.input_count,
            .output_count = traits.output_count,
            .direction = traits.direction,
            .seed = seed,
            .parallel = Parallel(config.evaluation.threads, config.evaluation.simd)};
}

py::dict dict_of_record(const GenerationRecord& record, std::uint64_t population) {
    py::dict values;
    values["generation"] = record.generation;
    values["best"] = record.fitness.best;
    values["mean"] = record.fitness.mean;
    values["median"] = record.fitness.median;
    values["deviation"] = record.fitness.deviation;
    values["worst"] = record.fitness.worst;
    values["species_count"] = record.species.size();
    values["threshold"] = record.threshold;
    values["mean_hidden"] = record.complexity.mean_hidden;
    values["mean_connections"] = record.complexity.mean_connections;
    values["failed_count"] = record.failed_count;
    values["champion"] = record.champion;
    values["digest"] = record.digest;
    values["population"] = population;
    return values;
}

}  // namespace

PythonEvolver::PythonEvolver(const std::string& text, std::size_t inputs, std::size_t outputs, std::uint64_t seed,
                             const std::string& direction) {
    const auto known = value_named<FitnessDirection>(direction);
    if (!known) throw Error(unknown_name("direction", direction, EnumNames<FitnessDirection>::names));
    const TaskTraits traits{.name = task_name, .input_count = inputs, .output_count = outputs, .direction = *known};
    evolver_ = std::make_unique<Evolver>(setup_of(text, traits, seed));
}

std::shared_ptr<Population> PythonEvolver::ask() {
    const py::gil_scoped_release no_gil;
    const std::lock_guard lock(mutex_);
    return std::make_shared<Population>(evolver_->ask(), evolver_->setup().parallel);
}

py::dict PythonEvolver::tell(const py::array_t<double, py::array::c_style | py::array::forcecast>& fitness) {
    if (fitness.ndim() != 1)
        throw Error("tell() takes one fitness per genome, an array, got shape " + shape_text(fitness));
    const std::span<const double> values(fitness.data(), static_cast<std::size_t>(fitness.size()));
    {
        const py::gil_scoped_release no_gil;
        const std::lock_guard lock(mutex_);
        evolver_->tell(values);
    }
    return dict_of_record(evolver_->record(), values.size());
}

std::optional<PythonNetwork> PythonEvolver::best() const {
    const GenomeStore& genome = evolver_->best_ever().genome;
    if (genome.empty()) return std::nullopt;
    Model model;
    model.genome = {genome, evolver_->setup().genome.network};
    return network_of_model(std::move(model));
}

double PythonEvolver::best_fitness() const {
    return evolver_->best_ever().genome.empty() ? nan : evolver_->best_ever().fitness;
}

py::bytes PythonEvolver::state() const {
    ByteWriter out;
    evolver_->write(out);
    const auto bytes = out.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void PythonEvolver::restore(const py::bytes& state) {
    const std::string_view text = state;
    ByteReader in(std::as_bytes(std::span(text)));
    evolver_->read(in);
}

void bind_evolver(py::module_& module) {
    py::class_<PythonEvolver>(module, "Evolver")
        .def(py::init<const std::string&, std::size_t, std::size_t, std::uint64_t, const std::string&>(),
             py::arg("text"), py::arg("inputs"), py::arg("outputs"), py::arg("seed"), py::arg("direction"))
        .def("ask", &PythonEvolver::ask)
        .def("tell", &PythonEvolver::tell, py::arg("fitness"))
        .def("state", &PythonEvolver::state)
        .def("restore", &PythonEvolver::restore, py::arg("state"))
        .def_property_readonly("generation", &PythonEvolver::generation)
        .def_property_readonly("best", &PythonEvolver::best)
        .def_property_readonly("best_fitness", &PythonEvolver::best_fitness);
}

}  // namespace clade::python
