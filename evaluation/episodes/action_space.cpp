#include <clade/evaluation/episodes/action_space.hpp>

#include <clade/core/functions/activation.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

/// x in [low, high]; what is not a number is low.
float clipped(float x, float low, float high) { return x > low ? std::min(x, high) : low; }

void choose_largest(std::span<const float> outputs, std::span<float> actions, std::size_t lanes) {
    const std::size_t choices = outputs.size() / lanes;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        std::size_t chosen = 0;
        for (std::size_t c = 1; c < choices; ++c) {
            // Not `>`: a first output that is not a number loses to any number.
            const bool larger = !(outputs[c * lanes + lane] <= outputs[chosen * lanes + lane]);
            if (larger && !std::isnan(outputs[c * lanes + lane])) chosen = c;
        }
        actions[lane] = static_cast<float>(chosen);
    }
}

void choose_part(std::size_t choices, std::span<const float> outputs, std::span<float> actions) {
    const auto count = static_cast<float>(choices);
    for (std::size_t lane = 0; lane < actions.size(); ++lane) {
        actions[lane] = std::floor(clipped(outputs[lane] * count, 0.0F, count - 1.0F));
    }
}

}  // namespace

ActionMapping mapping_of(ActionMapping asked, const ActionSpace& actions) noexcept {
    if (asked != ActionMapping::automatic) return asked;
    return actions.is_discrete() ? ActionMapping::argmax : ActionMapping::linear;
}

std::size_t output_count_of(ActionMapping asked, const ActionSpace& actions) noexcept {
    switch (mapping_of(asked, actions)) {
        case ActionMapping::argmax:
            return actions.choices.size();
        case ActionMapping::threshold:
            return 1;
        default:
            return actions.controls.size();
    }
}

void map_actions(ActionMapping asked, const ActionSpace& space, std::span<const float> outputs,
                 std::span<float> actions, std::size_t lanes) {
    const ActionMapping mapping = mapping_of(asked, space);
    if (mapping == ActionMapping::argmax) return choose_largest(outputs, actions, lanes);
    if (mapping == ActionMapping::threshold) return choose_part(space.choices.size(), outputs, actions);
    for (std::size_t c = 0; c < space.controls.size(); ++c) {
        const auto low = static_cast<float>(space.controls[c].low);
        const auto high = static_cast<float>(space.controls[c].high);
        for (std::size_t i = c * lanes; i < (c + 1) * lanes; ++i) {
            // The activation is tanh(2.5 x).
            const float part = mapping == ActionMapping::linear
                                   ? outputs[i]
                                   : 0.5F + 0.5F * activate(Activation::tanh, outputs[i] / 2.5F);
            actions[i] = clipped(low + (high - low) * part, low, high);
        }
    }
}

}  // namespace clade
