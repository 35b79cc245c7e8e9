#include "python/bindings/data_task.hpp"

#include "python/bindings/network.hpp"
#include "python/bindings/python_task.hpp"

#include <clade/evaluation/model/predictor.hpp>
#include <clade/evaluation/tasks/data/data_task.hpp>

#include <pybind11/stl.h>

#include <algorithm>
#include <utility>

namespace clade::python {
namespace {

using Rows = py::array_t<double, py::array::f_style | py::array::forcecast>;
using Codes = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>;

/// The task of a table, with the parameters that all tasks of data have.
class TableBlueprint final : public TaskBlueprint {
public:
    TableBlueprint(std::string name, std::shared_ptr<const DataTable> table)
        : name_(std::move(name)), table_(std::move(table)) {}
    void visit(FieldVisitor& field) override { visit_fields(params_, field); }
    void check(IssueSink& issues) const override { check_params(params_, issues); }
    [[nodiscard]] std::unique_ptr<Task> make(const TaskContext& context) const override {
        return std::make_unique<DataTask>(name_, *table_, params_, context.seed);
    }

private:
    std::string name_;
    std::shared_ptr<const DataTable> table_;
    DataTaskParams params_;
};

class TableSource final : public TaskSource {
public:
    TableSource(std::string name, DataTable table)
        : name_(std::move(name)), table_(std::make_shared<const DataTable>(std::move(table))) {
        check_table(*table_);
    }

    [[nodiscard]] const std::string& name() const override { return name_; }

    void add_to(TaskRegistry& registry, const std::shared_ptr<Interruption>& /*interruption*/) const override {
        registry.add({name_, "Rows of a program.",
                      [name = name_, table = table_] { return std::make_unique<TableBlueprint>(name, table); },
                      data_task_defaults()});
    }

private:
    std::string name_;
    std::shared_ptr<const DataTable> table_;
};

/// A column each of rows [rows, columns].
std::vector<DataColumn> columns_of(const Rows& rows, const std::vector<std::string>& names) {
    if (rows.ndim() != 2 || rows.shape(1) != static_cast<py::ssize_t>(names.size())) {
        throw Error("rows must be of shape (rows, " + std::to_string(names.size()) + "), got " + shape_text(rows));
    }
    std::vector<DataColumn> columns(names.size());
    for (std::size_t c = 0; c < names.size(); ++c) {
        const double* const begin = rows.data(0, 0) + c * static_cast<std::size_t>(rows.shape(0));
        columns[c].name = names[c];
        columns[c].values.assign(begin, begin + rows.shape(0));
    }
    return columns;
}

std::shared_ptr<TableSource> classification_of(std::string name, const Rows& rows,
                                               const std::vector<std::string>& columns, const Codes& codes,
                                               std::vector<std::string> classes) {
    DataTable table{.inputs = columns_of(rows, columns)};
    table.labels.push_back({.classes = std::move(classes), .codes = {codes.data(), codes.data() + codes.size()}});
    return std::make_shared<TableSource>(std::move(name), std::move(table));
}

std::shared_ptr<TableSource> regression_of(std::string name, const Rows& rows, const std::vector<std::string>& columns,
                                           const Rows& targets, const std::vector<std::string>& target_names) {
    return std::make_shared<TableSource>(
        std::move(name), DataTable{.inputs = columns_of(rows, columns), .targets = columns_of(targets, target_names)});
}

/// [rows, outputs]: probabilities of the classes, or numbers in the units of the targets.
py::array predict(Predictor& predictor, const Rows& rows) {
    if (rows.ndim() != 2) throw Error("rows must be of shape (rows, columns), got " + shape_text(rows));
    ColumnMatrix<double> matrix(static_cast<std::size_t>(rows.shape(0)), static_cast<std::size_t>(rows.shape(1)));
    for (std::size_t c = 0; c < matrix.columns(); ++c) {
        std::copy_n(rows.data() + c * matrix.rows(), matrix.rows(), matrix.column(c).begin());
    }
    const TargetMatrix values = predictor.predict(matrix).values;
    py::array_t<double, py::array::f_style> predicted(
        {static_cast<py::ssize_t>(values.rows()), static_cast<py::ssize_t>(values.columns())});
    std::ranges::copy(values.values(), predicted.mutable_data());
    return predicted;
}

}  // namespace

void bind_data_task(py::module_& module) {
    py::class_<TableSource, TaskSource, std::shared_ptr<TableSource>>(module, "TableTask")
        .def_static("classification", &classification_of, py::arg("name"), py::arg("rows"), py::arg("columns"),
                    py::arg("codes"), py::arg("classes"))
        .def_static("regression", &regression_of, py::arg("name"), py::arg("rows"), py::arg("columns"),
                    py::arg("targets"), py::arg("target_names"));
    py::class_<Predictor>(module, "Predictor",
                          "Predicts rows with the champion of a task of data, whatever file or rows it was trained on.")
        .def(py::init([](const PythonNetwork& network) { return Predictor(network.model()); }), py::arg("network"))
        .def_property_readonly("columns", &Predictor::columns, "The names of the columns that rows consist of.")
        .def("predict", &predict, py::arg("rows"),
             "[rows, columns] to [rows, outputs]: probabilities of the classes, or numbers in the units of the "
             "targets.\n"
             "A category is its position, NaN a missing value.");
}

}  // namespace clade::python
