// NumPy arrays of numbers that Clade has.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

namespace clade::python {

namespace py = pybind11;

/// Rows of numbers as networks read them: converted, copied only where they are not float32 already.
using Observations = py::array_t<float, py::array::forcecast>;

/// What a number, an id or a digest is in NumPy.
template <class T>
struct NumpyNumber {
    using type = T;
};
template <class T>
    requires std::is_enum_v<T>
struct NumpyNumber<T> {
    using type = std::underlying_type_t<T>;
};

/// The number of an id, or the number itself.
template <class T>
constexpr auto number_of(T value) noexcept {
    return static_cast<typename NumpyNumber<T>::type>(value);
}

/// The numbers where they lie, to be read; `owner` keeps them alive.
template <class T>
py::array view_of(std::span<const T> values, const py::object& owner) {
    using Number = typename NumpyNumber<T>::type;
    py::array array(py::dtype::of<Number>(), {static_cast<py::ssize_t>(values.size())}, {}, values.data(), owner);
    array.attr("flags").attr("writeable") = false;
    return array;
}

/// A column a member of rows, filled row by row: `visit(visitor, row)` calls visitor(column, member...) for each.
template <class Row, class Visit>
py::dict columns_of(const std::vector<Row>& rows, const Visit& visit) {
    py::dict columns;
    std::vector<py::array> arrays;
    const Row prototype{};
    visit(
        [&]<class T>(const auto& column, const T&) {
            arrays.emplace_back(py::array_t<typename NumpyNumber<T>::type>(static_cast<py::ssize_t>(rows.size())));
            columns[py::str(std::string(column.name))] = arrays.back();
        },
        prototype);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::size_t c = 0;
        visit(
            [&]<class T>(const auto&, const T& value) {
                static_cast<typename NumpyNumber<T>::type*>(arrays[c++].mutable_data())[r] = number_of(value);
            },
            rows[r]);
    }
    return columns;
}

}  // namespace clade::python
