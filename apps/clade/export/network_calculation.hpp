// A network and its functions as calculations, which give the same bits as the engine's Network (or both NaN).
#pragma once

#include "clade/export/calculation.hpp"

#include <clade/evaluation/network/network_program.hpp>

#include <cstdint>

namespace clade::exported {

/// A function that calculations call, by the number of the call: of one number alone, the sine of two.
[[nodiscard]] Calculation function_calculation(std::uint64_t number);

/// One step: `inputs` [input_count] to `outputs` [output_count]; of a recurrent network also `before` [node_count], the
/// values of the last step, to `after` [node_count]. @pre all functions are built-in.
[[nodiscard]] Calculation network_calculation(const NetworkProgram& program);

}  // namespace clade::exported
