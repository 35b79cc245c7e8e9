// Tasks of rows that a program has in memory, and what their models say of new rows: what NeatClassifier and NeatRegressor
// are built on.
#pragma once

#include <pybind11/pybind11.h>

namespace clade::python {

void bind_data_task(pybind11::module_& module);

}  // namespace clade::python
