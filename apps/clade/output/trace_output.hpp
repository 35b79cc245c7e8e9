// Output of an episode: its steps as CSV, drawings as SVG and text.
#pragma once

#include <clade/evaluation/episodes/trace.hpp>

#include <cstddef>
#include <string>

namespace clade {

/// A header, then one row per step.
[[nodiscard]] std::string trace_csv(const Trace& trace);

/// Moments of the episode side by side, evenly spread in time; empty where the task has no picture.
[[nodiscard]] std::string trace_svg(const Trace& trace);

/// Its first, middle and last moment drawn in characters, at most `width` wide; empty where there is no picture.
[[nodiscard]] std::string trace_text(const Trace& trace, std::size_t width);

}  // namespace clade
