// A network drawn with characters.
#pragma once

#include "clade/plot/node_labels.hpp"

#include <optional>
#include <string>

namespace clade::plot {

struct TextFrame {
    std::size_t width = 80;   ///< [characters]
    std::size_t height = 24;  ///< [lines] at most
    bool unicode = false;     ///< braille dots
};

/// Connections of positive weight solid, of negative weight dotted; backward ones as a list below. Nothing if it does not
/// fit, or would be a tangle.
[[nodiscard]] std::optional<std::string> network_text(const GenomeView& genome, const GenomeShape& shape,
                                                      const NodeLabels& labels, const TextFrame& frame);

}  // namespace clade::plot
