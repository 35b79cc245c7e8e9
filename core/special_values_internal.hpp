// NaN and infinity, by one name each for all sources: those that are compiled together share their unnamed namespaces.
#pragma once

#include <limits>

namespace clade {

inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace clade
