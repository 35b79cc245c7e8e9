// A struct with visit_fields() as a dict: names to values, blocks to dicts.
#pragma once

#include <clade/core/fields.hpp>

#include <pybind11/pybind11.h>

#include <vector>

namespace clade::python {

namespace py = pybind11;

/// Collects every field that it visits.
class FieldValues final : public FieldVisitor {
public:
    /// All that was visited so far.
    [[nodiscard]] py::dict values() const { return open_.front(); }

protected:
    void visit(const FieldInfo& info, bool& value) override { set(info, py::bool_(value)); }
    void visit(const FieldInfo& info, int& value) override { set(info, py::int_(value)); }
    void visit(const FieldInfo& info, std::uint64_t& value) override { set(info, py::int_(value)); }
    void visit(const FieldInfo& info, double& value) override { set(info, py::float_(value)); }
    void visit(const FieldInfo& info, std::string& value) override { set(info, py::str(value)); }
    void visit(const FieldInfo& info, std::optional<std::uint64_t>& value) override;
    void visit(const FieldInfo& info, std::optional<double>& value) override;
    void visit(const FieldInfo& info, std::vector<double>& value) override;
    void visit(const FieldInfo& info, std::vector<std::string>& value) override;
    void visit_choice(const FieldInfo& info, int& choice) override;
    void enter(std::string_view name, std::string_view meaning) override;
    void leave() override;

private:
    void set(const FieldInfo& info, const py::object& value);

    std::vector<py::dict> open_{py::dict()};  // innermost last
};

/// The fields of a struct, and their values.
template <class Params>
[[nodiscard]] py::dict dict_of(Params params) {
    FieldValues values;
    visit_fields(params, static_cast<FieldVisitor&>(values));
    return values.values();
}

}  // namespace clade::python
