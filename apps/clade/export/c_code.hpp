// Exported models as a header for C99 and C++.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

/// No heap, no library; gives the bits of the engine, whatever the compiler's flags, but for -ffast-math, which it refuses.
[[nodiscard]] std::string write_c(const ExportedModel& exported);

}  // namespace clade::exported
