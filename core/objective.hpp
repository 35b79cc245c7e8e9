// Which way fitness improves.
#pragma once

#include <clade/core/fields.hpp>

#include <array>

namespace clade {

enum class Objective { maximise, minimise };
template <>
struct EnumNames<Objective> {
    static constexpr std::array<std::string_view, 2> names{"maximise", "minimise"};
};

/// Whether fitness `a` is strictly better than `b`. NaN is worse than anything.
[[nodiscard]] constexpr bool is_better(double a, double b, Objective objective) noexcept {
    if (a != a) return false;
    if (b != b) return true;
    return objective == Objective::maximise ? a > b : a < b;
}

}  // namespace clade
