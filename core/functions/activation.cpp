#include <clade/core/functions/activation.hpp>

#include <clade/core/functions/activation_slope_internal.hpp>

namespace clade {

float activate(Activation activation, float x) noexcept { return activated(activation, x); }

float activation_slope(Activation activation, float x) noexcept {
    switch (activation) {
#define CLADE_CASE(name)   \
    case Activation::name: \
        return slope_##name(x, activation_##name(x));
        CLADE_FOR_EACH_ACTIVATION(CLADE_CASE)
#undef CLADE_CASE
    }
    return 0.0F;
}

std::string_view activation_formula(Activation activation) noexcept {
    switch (activation) {
        case Activation::sigmoid:
            return "1 / (1 + exp(-5 x)), 5 x limited to [-60, 60]";
        case Activation::tanh:
            return "tanh(2.5 x)";
        case Activation::sin:
            return "sin(5 x), 5 x limited to [-60, 60]";
        case Activation::gauss:
            return "exp(-5 x^2), x limited to [-3.4, 3.4]";
        case Activation::relu:
            return "max(0, x)";
        case Activation::elu:
            return "x if x > 0, else exp(x) - 1";
        case Activation::lelu:
            return "x if x > 0, else 0.005 x";
        case Activation::selu:
            return "1.0507 x if x > 0, else 1.0507 * 1.67326 (exp(x) - 1)";
        case Activation::softplus:
            return "0.2 ln(1 + exp(5 x)), 5 x limited to [-60, 60]";
        case Activation::identity:
            return "x";
        case Activation::clamped:
            return "x limited to [-1, 1]";
        case Activation::inv:
            return "1 / x; 0 where |x| < 1e-7";
        case Activation::log:
            return "ln(max(1e-7, x))";
        case Activation::exp:
            return "exp(x), x limited to [-60, 60]";
        case Activation::abs:
            return "|x|";
        case Activation::hat:
            return "max(0, 1 - |x|)";
        case Activation::square:
            return "x^2";
        case Activation::cube:
            return "x^3";
        case Activation::steepened_sigmoid:
            return "1 / (1 + exp(-4.9 x)), 4.9 x limited to [-60, 60]";
        case Activation::logistic:
            return "1 / (1 + exp(-x)), x limited to [-60, 60]";
        case Activation::leaky_relu:
            return "x if x > 0, else 0.001 x";
    }
    return "";
}

}  // namespace clade
