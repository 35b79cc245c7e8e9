// What the outputs of a network say of a row of data.
#pragma once

#include <clade/evaluation/model/model_interface.hpp>

#include <cstdint>
#include <span>

namespace clade {

/// Probabilities or numbers, [output_count], NaN where an output is not finite; and of each label the class of its largest
/// output: [label_count], or empty if these are not wanted.
void say_row(const DataInterface& data, std::span<const float> outputs, std::span<double> values,
             std::span<std::uint32_t> labels);

}  // namespace clade
