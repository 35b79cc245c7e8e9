// Ranks genomes by merit with a radix sort, which avoids mispredicted comparisons.
#pragma once

#include <cstdint>
#include <span>

namespace clade {

struct RankedGenome {
    std::uint64_t key = 0;  ///< the lower, the better
    std::uint32_t genome = 0;
};

/// Lower for higher merit, equal for equal ones. @pre not NaN.
[[nodiscard]] std::uint64_t rank_key(double merit) noexcept;

/// Sorts by key, those of equal keys by genome, in linear time. Returns where the sorted ones are: in `genomes` or in
/// `space`, both of which it overwrites.
/// @pre `genomes` are in ascending order; `space` has room for as many.
[[nodiscard]] std::span<const RankedGenome> sort_ranked(std::span<RankedGenome> genomes, std::span<RankedGenome> space);

}  // namespace clade
