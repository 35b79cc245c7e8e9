// Progress that nobody reads.
#pragma once

namespace clade {

inline constexpr auto say_nothing = [](const auto&...) {};

}  // namespace clade
