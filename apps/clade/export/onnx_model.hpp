// Exported models as ONNX: IR 8, operators of opset 17, on numbers of shape [rows, 1] each.
//
// Operations become operators one by one, in the engine's order, so that sums have its bits; exp, log and sine are those of
// the runtime, which has others.
#pragma once

#include "clade/export/exported_model.hpp"

#include <string>

namespace clade::exported {

/// The bytes of a file. Inputs: the row, observation or inputs [rows, ...], and of a recurrent network that keeps it the
/// state [rows, nodes]. Outputs: what the task makes of the outputs, the outputs, and the next state.
[[nodiscard]] std::string write_onnx(const ExportedModel& exported);

}  // namespace clade::exported
