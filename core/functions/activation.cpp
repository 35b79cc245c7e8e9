#include <clade/core/functions/activation.hpp>

#include <clade/core/functions/activation_internal.hpp>

namespace clade {

float activate(Activation activation, float x) noexcept { return activated(activation, x); }

float activation_slope(Activation activation, float x) noexcept {
    float slope = 0.0F;
    with_activation(activation, [&](auto entry) { slope = entry.slope(x, entry.value(x)); });
    return slope;
}

std::string_view activation_formula(Activation activation) noexcept {
    std::string_view formula;
    with_activation(activation, [&](auto entry) { formula = entry.formula; });
    return formula;
}

}  // namespace clade
