#include "python/bindings/field_values.hpp"

#include <pybind11/stl.h>

#include <string>

namespace clade::python {

void FieldValues::visit(const FieldInfo& info, std::optional<std::uint64_t>& value) { set(info, py::cast(value)); }
void FieldValues::visit(const FieldInfo& info, std::optional<double>& value) { set(info, py::cast(value)); }
void FieldValues::visit(const FieldInfo& info, std::vector<double>& value) { set(info, py::cast(value)); }
void FieldValues::visit(const FieldInfo& info, std::vector<std::string>& value) { set(info, py::cast(value)); }

void FieldValues::visit_choice(const FieldInfo& info, int& choice) {
    set(info, py::str(std::string(info.choices[static_cast<std::size_t>(choice)])));
}

void FieldValues::enter(std::string_view name, std::string_view /*meaning*/) {
    const py::dict block;
    open_.back()[py::str(std::string(name))] = block;
    open_.push_back(block);
}

void FieldValues::leave() { open_.pop_back(); }

void FieldValues::set(const FieldInfo& info, const py::object& value) {
    open_.back()[py::str(std::string(info.name))] = value;
}

}  // namespace clade::python
