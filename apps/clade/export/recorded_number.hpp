// Numbers that record what is done to them: in the place of float in the engine's own functions, which are templates, they
// give the function as a calculation. So a formula is written once, and every exported language has it.
//
//   Calculation tanh;
//   tanh.inputs = {{"x", NumberType::single}};
//   const Single y = activated(Activation::tanh, input<float>(tanh, 0, 0));     // of activation_internal.hpp
//
// Operations on constants alone are done at once, and those that change nothing (x * 1, x / 1, x - 0) are left out; what
// remains gives the same bits as the engine.
#pragma once

#include "clade/export/calculation.hpp"

#include <clade/core/check.hpp>

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace clade::exported {

template <class Number>
constexpr NumberType type_of() {
    if constexpr (std::same_as<Number, float>) return NumberType::single;
    if constexpr (std::same_as<Number, double>) return NumberType::real;
    if constexpr (std::same_as<Number, std::uint32_t>) return NumberType::bits32;
    if constexpr (std::same_as<Number, std::uint64_t>) return NumberType::bits64;
    return NumberType::truth;
}

/// The unsigned integer of as many bits.
template <class Number>
using BitsOf = std::conditional_t<sizeof(Number) == sizeof(std::uint64_t), std::uint64_t, std::uint32_t>;

/// An operation of a calculation, or a constant. The calculation must outlive it.
template <class Number>
class Recorded {
public:
    Recorded() = default;  // 0

    /// Implicit, as in formulas.
    Recorded(Number constant) : value_(bits_of(constant)) {}  // NOLINT(google-explicit-constructor)
    Recorded(Calculation& calculation, const Operation& operation)
        : calculation_(&calculation), value_(calculation.append(operation)) {}

    [[nodiscard]] bool is_constant() const noexcept { return calculation_ == nullptr; }
    [[nodiscard]] Calculation* calculation() const noexcept { return calculation_; }

    /// @pre is_constant().
    [[nodiscard]] Number constant() const noexcept {
        if constexpr (std::same_as<Number, bool>) return value_ != 0;
        if constexpr (!std::same_as<Number, bool>) return std::bit_cast<Number>(static_cast<BitsOf<Number>>(value_));
    }

    /// Its place in the calculation, to which a constant is added.
    [[nodiscard]] std::uint32_t place_in(Calculation& calculation) const {
        if (!is_constant()) return static_cast<std::uint32_t>(value_);
        return calculation.append({.kind = OperationKind::constant, .type = type_of<Number>(), .number = value_});
    }

    friend Recorded operator+(Recorded a, Recorded b) {
        return combined(OperationKind::add, a, b, [](Number x, Number y) { return static_cast<Number>(x + y); });
    }
    friend Recorded operator-(Recorded a, Recorded b) {
        if (b.is_constant() && b.value_ == 0) return a;
        return combined(OperationKind::subtract, a, b, [](Number x, Number y) { return static_cast<Number>(x - y); });
    }
    friend Recorded operator*(Recorded a, Recorded b) {
        if (b.is_constant() && b.constant() == Number{1}) return a;
        if (a.is_constant() && a.constant() == Number{1}) return b;
        return combined(OperationKind::multiply, a, b, [](Number x, Number y) { return x * y; });
    }
    friend Recorded operator/(Recorded a, Recorded b) {
        if (b.is_constant() && b.constant() == Number{1}) return a;
        return combined(OperationKind::divide, a, b, [](Number x, Number y) { return x / y; });
    }
    friend Recorded operator&(Recorded a, Recorded b) {
        return combined(OperationKind::bit_and, a, b, [](Number x, Number y) { return x & y; });
    }
    friend Recorded operator^(Recorded a, Recorded b) {
        return combined(OperationKind::bit_xor, a, b, [](Number x, Number y) { return x ^ y; });
    }
    friend Recorded operator||(Recorded a, Recorded b) {
        if (a.is_constant() && !a.constant()) return b;
        if (b.is_constant() && !b.constant()) return a;
        return combined(OperationKind::either, a, b, [](Number x, Number y) { return x || y; });
    }
    friend Recorded operator<<(Recorded a, int count) {
        const auto number = static_cast<std::uint64_t>(count);
        return changed<Number>(
            OperationKind::shift_left, a, [&](Number x) { return x << count; }, number);
    }
    friend Recorded<bool> operator<(Recorded a, Recorded b) {
        return compared(OperationKind::less, a, b, [](Number x, Number y) { return x < y; });
    }
    friend Recorded<bool> operator>(Recorded a, Recorded b) { return b < a; }
    friend Recorded<bool> operator==(Recorded a, Recorded b) {
        return compared(OperationKind::equal, a, b, [](Number x, Number y) { return x == y; });
    }
    friend Recorded<bool> operator!=(Recorded a, Recorded b) {
        return compared(OperationKind::unequal, a, b, [](Number x, Number y) { return x != y; });
    }

    /// An operation with one operand, of which it makes another kind of number.
    template <class Other, class Do>
    static Recorded<Other> changed(OperationKind kind, Recorded a, const Do& change, std::uint64_t number = 0) {
        if (a.is_constant()) return Recorded<Other>(static_cast<Other>(change(a.constant())));
        Calculation& calculation = *a.calculation_;
        return Recorded<Other>(
            calculation,
            {.kind = kind, .type = type_of<Other>(), .operand = {a.place_in(calculation)}, .number = number});
    }

private:
    static std::uint64_t bits_of(Number constant) {
        if constexpr (std::same_as<Number, bool>) return constant ? 1 : 0;
        if constexpr (!std::same_as<Number, bool>) return std::bit_cast<BitsOf<Number>>(constant);
    }

    template <class Do>
    static Recorded combined(OperationKind kind, Recorded a, Recorded b, const Do& combine) {
        return joined<Number>(kind, a, b, combine);
    }
    template <class Do>
    static Recorded<bool> compared(OperationKind kind, Recorded a, Recorded b, const Do& compare) {
        return joined<bool>(kind, a, b, compare);
    }
    template <class Other, class Do>
    static Recorded<Other> joined(OperationKind kind, Recorded a, Recorded b, const Do& join) {
        if (a.is_constant() && b.is_constant()) return Recorded<Other>(join(a.constant(), b.constant()));
        Calculation& calculation = a.is_constant() ? *b.calculation_ : *a.calculation_;
        const std::uint32_t first = a.place_in(calculation);
        return Recorded<Other>(calculation,
                               {.kind = kind, .type = type_of<Other>(), .operand = {first, b.place_in(calculation)}});
    }

    Calculation* calculation_ = nullptr;  // of a constant: none
    std::uint64_t value_ = 0;             // the bits of a constant, or the position of the operation
};

using Single = Recorded<float>;
using Real = Recorded<double>;
using Truth = Recorded<bool>;

// The size of a vector that the engine's functions have overloads for: those for vectors must be well-formed.
static_assert(sizeof(Single) == 16);

/// A number of an input array.
template <class Number>
Recorded<Number> input(Calculation& calculation, std::size_t array, std::size_t index) {
    return Recorded<Number>(calculation, {.kind = OperationKind::input,
                                          .type = type_of<Number>(),
                                          .array = static_cast<std::uint32_t>(array),
                                          .index = static_cast<std::uint32_t>(index)});
}

/// Makes a number the next of an output array.
template <class Number>
void give(Calculation& calculation, std::size_t array, std::size_t index, Recorded<Number> number) {
    calculation.results.push_back(
        {static_cast<std::uint32_t>(array), static_cast<std::uint32_t>(index), number.place_in(calculation)});
}

template <class Number>
Recorded<Number> select(Truth condition, Recorded<Number> yes, Recorded<Number> no) {
    if (condition.is_constant()) return condition.constant() ? yes : no;
    Calculation& calculation = *condition.calculation();
    const std::uint32_t chosen = yes.place_in(calculation);
    return Recorded<Number>(calculation,
                            {.kind = OperationKind::select,
                             .type = type_of<Number>(),
                             .operand = {condition.place_in(calculation), chosen, no.place_in(calculation)}});
}

inline Real floor(Real x) {
    return Real::changed<double>(OperationKind::floor, x, [](double number) { return std::floor(number); });
}
inline Real to_real(Single x) {
    return Single::changed<double>(OperationKind::convert, x, [](float number) { return double{number}; });
}
inline Single to_single(Real x) {
    return Real::changed<float>(OperationKind::convert, x, [](double number) { return static_cast<float>(number); });
}

// What the engine's functions call, of float_math_internal.hpp, activation_internal.hpp and double_math_internal.hpp.

template <class Number>
Recorded<BitsOf<Number>> bits_of_number(Recorded<Number> x) {
    return Recorded<Number>::template changed<BitsOf<Number>>(
        OperationKind::to_bits, x, [](Number number) { return std::bit_cast<BitsOf<Number>>(number); });
}
template <class Number>
Recorded<Number> number_of_bits(Recorded<BitsOf<Number>> bits) {
    return Recorded<BitsOf<Number>>::template changed<Number>(
        OperationKind::from_bits, bits, [](BitsOf<Number> x) { return std::bit_cast<Number>(x); });
}
template <class Number>
Recorded<Number> shifted(Recorded<BitsOf<Number>> bits, int count) {
    return Recorded<BitsOf<Number>>::template changed<Number>(
        OperationKind::shifted_number, bits,
        [&](BitsOf<Number> x) {
            return static_cast<Number>(static_cast<std::make_signed_t<BitsOf<Number>>>(x) >> count);
        },
        static_cast<std::uint64_t>(count));
}

inline Recorded<std::uint32_t> float_bits(Single x) { return bits_of_number(x); }
inline Single bits_float(Recorded<std::uint32_t> bits) { return number_of_bits<float>(bits); }
inline Single shifted_number(Recorded<std::uint32_t> bits, int count) { return shifted<float>(bits, count); }
inline Single where(Truth mask, Single yes, Single no) { return select(mask, yes, no); }
inline Single larger_float(Single x, Single bound) { return select(x > bound, x, bound); }
inline Single smaller_float(Single x, Single bound) { return select(x < bound, x, bound); }

/// Elementary functions are not taken apart where they are called; exp2_float<Single>(x) and its like do that.
template <class Number, class... More>
Recorded<Number> called(std::uint64_t function, Recorded<Number> x, More... more) {
    CLADE_CHECK(!x.is_constant(), "functions are called of what is not known yet");
    Calculation& calculation = *x.calculation();
    return Recorded<Number>(calculation, {.kind = OperationKind::call,
                                          .type = type_of<Number>(),
                                          .operand = {x.place_in(calculation), more.place_in(calculation)...},
                                          .number = function});
}
template <class Number, class... More>
Recorded<Number> called(Elementary function, Recorded<Number> x, More... more) {
    return called(static_cast<std::uint64_t>(function), x, more...);
}
inline Single abs_float(Single x) {
    return x.is_constant() ? Single(std::fabs(x.constant())) : called(Elementary::absolute, x);
}
inline Single exp2_float(Single x) { return called(Elementary::exp2, x); }
inline Single exp_bounded(Single x) { return called(Elementary::exp, x); }
inline Single log_float(Single x) { return called(Elementary::log, x); }
inline Single sin_reduced(Single r, Single pushed) { return called(Elementary::sine, r, pushed); }
inline Real exp_double(Real x) { return called(Elementary::exp_double, x); }
inline Real log_double(Real x) { return called(Elementary::log_double, x); }

inline Recorded<std::uint64_t> double_bits(Real x) { return bits_of_number(x); }
inline Real bits_double(Recorded<std::uint64_t> bits) { return number_of_bits<double>(bits); }
inline Real shifted_double(Recorded<std::uint64_t> bits, int count) { return shifted<double>(bits, count); }
inline Real clamp_double(Real x, double low, double high) {
    const Real raised = select(x < Real(low), Real(low), x);
    return select(raised > Real(high), Real(high), raised);
}

}  // namespace clade::exported
