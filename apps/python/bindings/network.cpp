#include "python/bindings/network.hpp"

#include "python/bindings/field_values.hpp"

#include <clade/core/error.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>
#include <vector>

namespace clade::python {
namespace {

std::unique_ptr<Network> ready(const Network& network) {
    auto made = std::make_unique<Network>();
    made->program() = network.program();
    made->reset();
    return made;
}

py::list names_of(const std::vector<Signal>& signals) {
    py::list names;
    for (const Signal& signal : signals) names.append(signal.name);
    return names;
}

}  // namespace

PythonNetwork::PythonNetwork(Network network, std::shared_ptr<const Model> model)
    : own_(std::make_unique<Network>(std::move(network))), network_(own_.get()), model_(std::move(model)) {}

void PythonNetwork::end_loan(bool kept) {
    if (kept) own_ = ready(*network_);
    network_ = own_.get();
}

void PythonNetwork::check_shape(const Observations& observations, py::ssize_t most_dimensions) const {
    const auto inputs = static_cast<py::ssize_t>(network_->input_count());
    const bool fits = observations.ndim() >= 1 && observations.ndim() <= most_dimensions &&
                      observations.shape(observations.ndim() - 1) == inputs;
    if (fits) return;
    const std::string count = std::to_string(inputs);
    throw Error("a network with " + count + (inputs == 1 ? " input" : " inputs") + " takes an array of shape (" +
                count + ",)" + (most_dimensions == 2 ? ", or (rows, " + count + ")" : "") + ", got " +
                shape_text(observations));
}

py::array PythonNetwork::operator()(const Observations& observations) {
    check_shape(observations, 2);
    return observations.ndim() == 1 ? act(observations) : act_on_rows(observations);
}

std::size_t PythonNetwork::largest(const Observations& observation) {
    check_shape(observation, 1);
    const auto values = py::array_t<float, py::array::c_style | py::array::forcecast>(observation);
    action_.resize(network_->output_count());
    network_->activate({values.data(), network_->input_count()}, action_);
    for (float& output : action_) output = std::isnan(output) ? -std::numeric_limits<float>::infinity() : output;
    return static_cast<std::size_t>(std::ranges::max_element(action_) - action_.begin());
}

py::array PythonNetwork::act(const Observations& observation) {
    const auto values = py::array_t<float, py::array::c_style | py::array::forcecast>(observation);
    py::array_t<float> action(static_cast<py::ssize_t>(network_->output_count()));
    network_->activate({values.data(), network_->input_count()}, {action.mutable_data(), network_->output_count()});
    return action;
}

py::array PythonNetwork::act_on_rows(const Observations& rows) {
    const auto columns = py::array_t<float, py::array::f_style | py::array::forcecast>(rows);
    const auto count = static_cast<std::size_t>(rows.shape(0));
    const std::size_t outputs = network_->output_count();
    py::array_t<float, py::array::f_style> actions({rows.shape(0), static_cast<py::ssize_t>(outputs)});
    if (count == 0) return actions;
    network_->activate_batch({columns.data(), count * network_->input_count()},
                             {actions.mutable_data(), count * outputs}, count);
    return actions;
}

PythonNetwork PythonNetwork::copy() const {
    Network made;
    made.program() = network_->program();
    made.reset();
    return {std::move(made), model_};
}

const Model& PythonNetwork::model() const {
    if (model_) return *model_;
    throw Error(
        "a network that a task was given to score has no genome to save: take it from run.champion or run.network(id), "
        "or score with batch=True, where population[i] has one");
}

PythonNetwork network_of_model(Model model) {
    if (!model.is_direct) {
        throw Error("the model of task '" + model.origin.task +
                    "' is decoded by a program of its own; use that program");
    }
    Network network = make_network(model.genome);
    return {std::move(network), std::make_shared<const Model>(std::move(model))};
}

std::string shape_text(const py::array& array) {
    std::string text = "(";
    for (py::ssize_t i = 0; i < array.ndim(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(array.shape(i));
    return text + (array.ndim() == 1 ? ",)" : ")");
}

void bind_network(py::module_& module) {
    py::class_<PythonNetwork, std::shared_ptr<PythonNetwork>>(
        module, "Network",
        "A network: network(observation) gives its action, network(rows) that of each row.\n\n"
        "Network(file) reads a champion.json. For one thread at a time; copy() gives another thread its own.")
        .def(py::init([](const std::filesystem::path& file) { return network_of_model(load_model(file)); }),
             py::arg("file"))
        .def_static(
            "from_json", [](const std::string& text) { return network_of_model(model_from_json(text)); },
            py::arg("text"), "The network of a model as JSON.")
        .def(
            "to_json", [](const PythonNetwork& self) { return model_to_json(self.model()); },
            "The model as JSON, as champion.json of a run holds it.")
        .def("__call__", &PythonNetwork::operator(), py::arg("observations"),
             "[inputs] to [outputs], or [rows, inputs] to [rows, outputs]; float32. A recurrent network keeps a state "
             "for\n"
             "single observations, and one for each row: another number of rows begins anew.")
        .def("largest", &PythonNetwork::largest, py::arg("observation"),
             "The place of the largest output for one observation: the first of equal ones; an output that is no "
             "number\n"
             "counts as the lowest.")
        .def(
            "reset", [](PythonNetwork& self) { self.network().reset(); }, "Forgets the state of a recurrent network.")
        .def(
            "keep_rows",
            [](PythonNetwork& self, const std::vector<std::uint32_t>& rows) { self.network().keep_rows(rows); },
            py::arg("rows"), "Keeps the state of these rows alone, ascending: row i goes on with that of rows[i].")
        .def("copy", &PythonNetwork::copy, "A network of its own, in the state after reset().")
        .def("__copy__", &PythonNetwork::copy)
        .def("__deepcopy__", [](const PythonNetwork& self, const py::dict&) { return self.copy(); })
        .def_property_readonly("input_count", [](const PythonNetwork& self) { return self.network().input_count(); })
        .def_property_readonly("output_count", [](const PythonNetwork& self) { return self.network().output_count(); })
        .def_property_readonly("is_recurrent", [](const PythonNetwork& self) { return self.network().is_recurrent(); })
        .def_property_readonly("hidden_count",
                               [](const PythonNetwork& self) {
                                   return self.network().program().node_count() - self.network().output_count();
                               })
        .def_property_readonly("connection_count",
                               [](const PythonNetwork& self) { return self.network().program().source_slot.size(); })
        .def_property_readonly("inputs",
                               [](const PythonNetwork& self) { return names_of(self.model().interface.inputs); })
        .def_property_readonly("outputs",
                               [](const PythonNetwork& self) { return names_of(self.model().interface.outputs); })
        .def_property_readonly("origin", [](const PythonNetwork& self) { return dict_of(self.model().origin); })
        .def(py::pickle([](const PythonNetwork& self) { return model_to_json(self.model()); },
                        [](const std::string& text) { return network_of_model(model_from_json(text)); }));
}

}  // namespace clade::python
