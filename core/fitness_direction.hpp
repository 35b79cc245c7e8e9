// Which way fitness improves.
#pragma once

#include <clade/core/fields.hpp>

#include <array>

namespace clade {

enum class FitnessDirection { maximise, minimise };
template <>
struct EnumNames<FitnessDirection> {
    static constexpr std::array<std::string_view, 2> names{"maximise", "minimise"};
};

/// Whether fitness `a` is strictly better than `b`. NaN is worse than anything.
[[nodiscard]] constexpr bool is_better(double a, double b, FitnessDirection direction) noexcept {
    if (a != a) return false;
    if (b != b) return true;
    return direction == FitnessDirection::maximise ? a > b : a < b;
}

/// Whether fitness `a` is at least as good as `target`.
[[nodiscard]] constexpr bool reaches(double a, double target, FitnessDirection direction) noexcept {
    return a == target || is_better(a, target, direction);
}

}  // namespace clade
