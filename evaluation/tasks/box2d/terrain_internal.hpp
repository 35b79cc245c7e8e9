// The ground that the bipedal walker meets: random, as Gymnasium lays it out.
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evaluation/episodes/trace.hpp>

#include <array>
#include <cstddef>
#include <vector>

namespace clade {

inline constexpr std::size_t terrain_points = 200;
inline constexpr std::size_t terrain_start = 20;              // points of even ground at the start
inline constexpr std::size_t terrain_grass = 10;              // at most so many points between obstacles
inline constexpr double terrain_step = 14.0 / 30.0;           // m between points
inline constexpr double terrain_height = 400.0 / 30.0 / 4.0;  // m, of the start

struct Terrain {
    std::vector<Point> ground{};                 // [terrain_points], from left to right
    std::vector<std::array<Point, 4>> blocks{};  // stumps, stairs, and the walls of pits
};

/// Rough grass; with obstacles between if `hardcore`.
[[nodiscard]] Terrain make_terrain(Stream& stream, bool hardcore);

}  // namespace clade
