// Exported models as a module for Python with NumPy.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

/// For arrays of any shape, of which the last axis is the inputs, or outputs. Gives the bits of the engine.
[[nodiscard]] std::string write_python(const ExportedModel& exported);

}  // namespace clade::exported
