// Activation functions: output = activation(bias + response x aggregate).
//
// The first eighteen have the names and the formulas of neat-python 2.1; `steepened_sigmoid` is the one of Stanley &
// Miikkulainen 2002. Arguments are first limited so that no function overflows (activation_formula() says how).
#pragma once

#include <clade/core/functions/function_table.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace clade {

enum class Activation : std::uint8_t {
    sigmoid,
    tanh,
    sin,
    gauss,
    relu,
    elu,
    lelu,
    selu,
    softplus,
    identity,
    clamped,
    inv,
    log,
    exp,
    abs,
    hat,
    square,
    cube,
    steepened_sigmoid,
    logistic,
    leaky_relu,
};

template <>
struct EnumNames<Activation> {
    static constexpr std::array<std::string_view, 21> names{
        "sigmoid",           "tanh",     "sin",       "gauss", "relu", "elu", "lelu", "selu",   "softplus",
        "identity",          "clamped",  "inv",       "log",   "exp",  "abs", "hat",  "square", "cube",
        "steepened_sigmoid", "logistic", "leaky_relu"};
};

using ActivationFunction = float (*)(float);
using ActivationTable = FunctionTable<Activation, ActivationFunction>;

/// A built-in function's value. Absolute error at most 1e-6 x max(1, |value|). @pre built-in.
[[nodiscard]] float activate(Activation activation, float x) noexcept;

/// A built-in function's derivative; at a kink the one on its left, beyond the limits of its argument 0. @pre built-in.
[[nodiscard]] float activation_slope(Activation activation, float x) noexcept;

/// A built-in function's formula in words, e.g. "1 / (1 + exp(-4.9 x))". @pre built-in.
[[nodiscard]] std::string_view activation_formula(Activation activation) noexcept;

}  // namespace clade
