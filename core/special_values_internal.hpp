// NaN and infinity, by one name each for all sources: those that are compiled together share their unnamed namespaces.
// And what equality means where NaN is a value.
#pragma once

#include <limits>

namespace clade {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// Whether they are equal, or both NaN.
constexpr bool equal_or_nan(double a, double b) noexcept { return a == b || (a != a && b != b); }

}  // namespace clade
