#include <clade/evaluation/model/said_row_internal.hpp>

#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/data/class_scores_internal.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace clade {
namespace {

/// What the outputs of one label say; the class of the largest.
std::uint32_t say_label(double sharpness, std::span<const float> outputs, std::span<double> probabilities) {
    const std::array<std::uint32_t, 1> any{};  // the true class is not asked for
    const ClassPredictions row{.outputs = outputs, .label = any, .sharpness = sharpness};
    const bool finite = std::ranges::all_of(outputs, [](float output) { return std::isfinite(output); });
    for (std::size_t c = 0; c < outputs.size(); ++c) probabilities[c] = finite ? class_probability(row, 0, c) : nan;
    return static_cast<std::uint32_t>(said_class(row, 0));
}

}  // namespace

void say_row(const DataInterface& data, std::span<const float> outputs, std::span<double> values,
             std::span<std::uint32_t> labels) {
    for (std::size_t label = 0, first = 0; label < data.labels.size(); ++label) {
        const std::size_t classes = data.labels[label].classes.size();
        const std::uint32_t said =
            say_label(data.sharpness, outputs.subspan(first, classes), values.subspan(first, classes));
        if (!labels.empty()) labels[label] = said;
        first += classes;
    }
    for (std::size_t t = 0; t < data.targets.size(); ++t) {
        const double output{outputs[t]};
        values[t] = std::isfinite(output) ? data.targets[t].offset + data.targets[t].scale * output : nan;
    }
}

}  // namespace clade
