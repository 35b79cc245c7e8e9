// Shares of a whole over time as text: each letter is a stream, whose height in a column is its share there.
//
//   bbbbbccccc....
//   aaabbbbccccccc
//   aaaaaaabbbbbbb
//   +-------------
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace clade {

/// One stream, its amounts from left to right, from the place `begin` on.
struct RiverStream {
    char mark = '.';
    std::size_t begin = 0;
    std::vector<double> amounts{};  ///< not negative
};

struct RiverFrame {
    std::size_t width = 80;   ///< [characters]
    std::size_t height = 10;  ///< [lines] of the plot
    std::string axis = "generation";
};

/// The first stream at the bottom. Where there are more places than columns, a column shows one place of its own. Empty if
/// there is no stream.
[[nodiscard]] std::string river_chart(const std::vector<RiverStream>& streams, const RiverFrame& frame);

}  // namespace clade
