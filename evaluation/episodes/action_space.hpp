// Actions of a step, and how the outputs of a network become one.
#pragma once

#include <clade/core/fields.hpp>
#include <clade/evaluation/signal.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace clade {

/// The actions of a step: one of several choices, or a number for each of several controls.
struct ActionSpace {
    std::vector<std::string> choices{};  ///< discrete: what 0, 1, ... mean; empty for continuous actions
    std::vector<Signal> controls{};      ///< continuous: each with its low and high; empty for discrete actions

    [[nodiscard]] bool is_discrete() const noexcept { return !choices.empty(); }

    /// The number of values that step() takes: 1 (the index of the choice), or one per control.
    [[nodiscard]] std::size_t size() const noexcept { return is_discrete() ? 1 : controls.size(); }
};

[[nodiscard]] inline ActionSpace discrete_actions(std::vector<std::string> choices) {
    return {.choices = std::move(choices), .controls = {}};
}
[[nodiscard]] inline ActionSpace continuous_actions(std::vector<Signal> controls) {
    return {.choices = {}, .controls = std::move(controls)};
}

/// How a network's outputs become an action.
enum class ActionMapping {
    automatic,    ///< argmax for discrete actions, linear for continuous ones
    argmax,       ///< discrete: an output a choice, the largest is taken (the first of equal ones)
    threshold,    ///< discrete: one output, [0, 1] cut into equal parts, one a choice
    linear,       ///< continuous: [0, 1] becomes [low, high], outputs beyond are clipped
    scaled_tanh,  ///< continuous: tanh(output) from [-1, 1] becomes [low, high]
};
template <>
struct EnumNames<ActionMapping> {
    static constexpr std::array<std::string_view, 5> names{"automatic", "argmax", "threshold", "linear", "scaled_tanh"};
};

/// The mapping that `automatic` stands for with such actions, or the one asked for.
[[nodiscard]] ActionMapping mapping_of(ActionMapping asked, const ActionSpace& actions) noexcept;

/// Outputs that a network has under this mapping.
[[nodiscard]] std::size_t output_count_of(ActionMapping asked, const ActionSpace& actions) noexcept;

/// Actions [actions.size() x lanes] from outputs [output_count_of(...) x lanes]. An output that is not a number counts
/// as the lowest.
void map_actions(ActionMapping asked, const ActionSpace& space, std::span<const float> outputs,
                 std::span<float> actions, std::size_t lanes);

}  // namespace clade
