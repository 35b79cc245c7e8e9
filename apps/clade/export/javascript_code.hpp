// Exported models as a module for JavaScript.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

/// For browsers and Node. Gives the bits of the engine.
[[nodiscard]] std::string write_javascript(const ExportedModel& exported);

}  // namespace clade::exported
