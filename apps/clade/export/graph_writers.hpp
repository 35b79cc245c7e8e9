// Exported models as graphs, for drawing and for other programs: DOT (Graphviz) and GraphML.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

[[nodiscard]] std::string write_dot(const ExportedModel& exported);
[[nodiscard]] std::string write_graphml(const ExportedModel& exported);

}  // namespace clade::exported
