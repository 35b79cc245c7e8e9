// Rows in a random order.
#pragma once

#include <clade/core/random/random.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace clade {

/// Every order is equally likely (Fisher & Yates).
inline void shuffle(std::span<std::size_t> values, Stream stream) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[stream.below(static_cast<std::uint32_t>(i))]);
    }
}

}  // namespace clade
