// Exported models as a module for Rust.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

/// Needs `core` alone, so it is for no_std as well. Gives the bits of the engine.
[[nodiscard]] std::string write_rust(const ExportedModel& exported);

}  // namespace clade::exported
