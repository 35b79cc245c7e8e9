// What lies before and behind a network, as calculations that give the same bits as Predictor and Policy.
//
//   data:     row [columns] -> encode -> inputs -> network -> outputs -> predict -> probabilities, or targets
//   control:  observation   -> scale  -> inputs -> network -> outputs -> act     -> the index of a choice, or controls
#pragma once

#include "clade/export/calculation.hpp"

#include <clade/evaluation/model/model_interface.hpp>

#include <vector>

namespace clade::exported {

/// `row` [columns] of doubles to `inputs`. A value that Predictor refuses makes an input that is not finite.
[[nodiscard]] Calculation encode_calculation(const DataInterface& data);

/// `inputs` and `outputs` of the network to `predictions` [outputs] of doubles: probabilities of classes, or targets in
/// their units; all NaN where an input is not finite or, as Predictor says, an output is not.
[[nodiscard]] Calculation predict_calculation(const DataInterface& data, std::size_t input_count);

/// `observation` to `inputs`.
[[nodiscard]] Calculation scale_calculation(const std::vector<Signal>& inputs);

/// `outputs` to `action`.
[[nodiscard]] Calculation act_calculation(const ControlInterface& control);

}  // namespace clade::exported
