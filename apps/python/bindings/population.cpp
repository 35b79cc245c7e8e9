#include "python/bindings/population.hpp"

#include <clade/core/error.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace clade::python {
namespace {

/// About how many networks a thread takes at once.
std::size_t grain_of(std::size_t networks, const Parallel& parallel) {
    return std::max<std::size_t>(1, networks / (parallel.threads() * 8));
}

/// [rows x columns], row after row, to column after column.
void transpose(const float* from, std::size_t rows, std::size_t columns, float* to) {
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) to[c * rows + r] = from[r * columns + c];
    }
}

/// One observation through a network that has no state is quicker without a batch; the bits are the same.
void activate(Network& network, const float* observations, float* actions, std::size_t rows) {
    const std::size_t inputs = network.input_count() * rows;
    const std::size_t outputs = network.output_count() * rows;
    if (rows == 1 && !network.is_recurrent()) {
        network.activate({observations, inputs}, {actions, outputs});
    } else {
        network.activate_batch({observations, inputs}, {actions, outputs}, rows);
    }
}

/// The columns of all genes by name, read-only, genome after genome: those of structure, which genomes share in the store,
/// copied; those of attributes where they lie. `begin(genomes, g)` is where the rows of genome g begin.
template <class Begin, class Structure, class Attributes>
py::dict gene_columns(const py::object& self, const Begin& begin, const Structure& structure,
                      const Attributes& attributes) {
    const GenomeStore& genomes = self.cast<const Population&>().genomes();
    py::dict columns;
    std::vector<py::array> copies;
    structure(
        [&]<class T>(const GeneColumn& column, std::span<const T>) {
            using Number = typename NumpyNumber<T>::type;
            copies.emplace_back(py::array_t<Number>(static_cast<py::ssize_t>(begin(genomes, genomes.size()))));
            columns[py::str(std::string(column.name))] = copies.back();
        },
        GenomeView{});
    for (std::size_t g = 0; g < genomes.size(); ++g) {
        std::size_t c = 0;
        structure(
            [&]<class T>(const GeneColumn&, std::span<const T> values) {
                auto* const to = static_cast<typename NumpyNumber<T>::type*>(copies[c++].mutable_data());
                std::ranges::transform(values, to + begin(genomes, g), number_of<T>);
            },
            genomes[g]);
    }
    for (const py::array& copy : copies) copy.attr("flags").attr("writeable") = false;
    attributes([&](const GeneColumn& column,
                   const auto& values) { columns[py::str(std::string(column.name))] = view_of(values, self); },
               genomes.all_attributes());
    return columns;
}

std::size_t node_begin(const GenomeStore& genomes, std::size_t genome) { return genomes.node_begin(genome); }
std::size_t connection_begin(const GenomeStore& genomes, std::size_t genome) {
    return genomes.connection_begin(genome);
}

py::dict node_columns(const py::object& self) {
    return gene_columns(
        self, node_begin, [](auto&& visit, const GenomeView& genes) { visit_node_structure(visit, genes); },
        [](auto&& visit, const AttributeView& genes) { visit_node_attributes(visit, genes); });
}

py::dict connection_columns(const py::object& self) {
    return gene_columns(
        self, connection_begin, [](auto&& visit, const GenomeView& genes) { visit_connection_structure(visit, genes); },
        [](auto&& visit, const AttributeView& genes) { visit_connection_attributes(visit, genes); });
}

/// Where the rows of each genome end.
template <class Begin>
py::array ends_of(const Population& population, const Begin& begin) {
    py::array_t<std::size_t> ends(static_cast<py::ssize_t>(population.size()));
    for (std::size_t g = 0; g < population.size(); ++g) ends.mutable_data()[g] = begin(population.genomes(), g + 1);
    return ends;
}

std::size_t index_in(const Population& population, py::ssize_t index) {
    const auto size = static_cast<py::ssize_t>(population.size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) throw py::index_error("the population has " + std::to_string(size) + " genomes");
    return static_cast<std::size_t>(index);
}

}  // namespace

Population::Population(const Generation& generation, Parallel parallel)
    : genomes_(generation.genomes),
      network_(generation.network),
      number_(generation.number),
      seed_(generation.seed),
      parallel_(std::move(parallel)) {}

PythonNetwork Population::network(std::size_t genome) const {
    Model model;
    model.genome = {GenomeStore(genomes_.shape()), network_};
    model.genome.store.append(genomes_[genome]);
    return network_of_model(std::move(model));
}

void Population::compile() {
    if (!networks_.empty()) return;
    networks_.resize(size());
    parallel_.for_ranges(size(), grain_of(size(), parallel_), [&](std::size_t begin, std::size_t end, std::size_t) {
        NetworkCompiler compiler;
        for (std::size_t i = begin; i < end; ++i) {
            compiler.compile(genomes_[i], genomes_.shape(), network_, networks_[i].program());
            networks_[i].reset();
        }
    });
}

py::array Population::operator()(const Observations& observations) {
    const std::size_t inputs = genomes_.shape().input_count;
    const std::size_t outputs = genomes_.shape().output_count;
    const bool shared = observations.ndim() == 2;
    const bool each = observations.ndim() == 3 && static_cast<std::size_t>(observations.shape(0)) == size();
    if ((!shared && !each) || static_cast<std::size_t>(observations.shape(observations.ndim() - 1)) != inputs) {
        const std::string count = std::to_string(inputs);
        throw Error("a population of " + std::to_string(size()) + " networks takes an array of shape (rows, " + count +
                    "), or (" + std::to_string(size()) + ", rows, " + count + "), got " + shape_text(observations));
    }
    const auto values = py::array_t<float, py::array::c_style | py::array::forcecast>(observations);
    const auto rows = static_cast<std::size_t>(observations.shape(observations.ndim() - 2));
    py::array_t<float> actions({size(), outputs, rows});
    const float* const from = values.data();
    float* const to = actions.mutable_data();
    if (rows > 0) {
        const py::gil_scoped_release no_gil;
        compile();
        const std::size_t count = rows * inputs;
        std::vector<float> columns(shared ? count : 0);
        if (shared) transpose(from, rows, inputs, columns.data());
        parallel_.for_ranges(size(), grain_of(size(), parallel_), [&](std::size_t begin, std::size_t end, std::size_t) {
            std::vector<float> own(shared ? 0 : count);
            for (std::size_t i = begin; i < end; ++i) {
                if (!shared) transpose(from + i * count, rows, inputs, own.data());
                activate(networks_[i], shared ? columns.data() : own.data(), to + i * rows * outputs, rows);
            }
        });
    }
    return actions.attr("transpose")(0, 2, 1);
}

void Population::reset() {
    for (Network& network : networks_) network.reset();
}

void bind_population(py::module_& module) {
    py::class_<Population, std::shared_ptr<Population>>(module, "Population",
                                                        "The genomes of a generation: a sequence of networks, and flat "
                                                        "arrays. It stays as it is while evolution goes on.")
        .def("__len__", &Population::size)
        .def("__getitem__",
             [](const Population& self, py::ssize_t index) { return self.network(index_in(self, index)); })
        .def(
            "__call__", &Population::operator(), py::arg("observations"),
            "Every network at once, on all threads: [rows, inputs], the same for all, or [networks, rows, inputs], to\n"
            "[networks, rows, outputs]; float32. Recurrent networks keep their state.")
        .def("reset", &Population::reset, "Forgets the state of all networks.")
        .def_property_readonly("generation", &Population::number, "Its number, from 0 on.")
        .def_property_readonly("seed", &Population::seed, "That of the run.")
        .def_property_readonly("nodes", &node_columns,
                               "Columns of all nodes by name, read-only, genome after genome; inputs have no rows.")
        .def_property_readonly("connections", &connection_columns,
                               "Columns of all connections by name, read-only, genome after genome.")
        .def_property_readonly(
            "node_ends", [](const Population& self) { return ends_of(self, node_begin); },
            "[networks]: where the rows of each genome end.")
        .def_property_readonly(
            "connection_ends", [](const Population& self) { return ends_of(self, connection_begin); },
            "[networks]: where the rows of each genome end.");
}

}  // namespace clade::python
