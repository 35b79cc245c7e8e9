// Finds the numbers of things by their digests: a hash table with open addressing, at most half full.
#pragma once

#include <clade/core/column.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace clade {

/// Things are numbered 0, 1, ... and kept by the owner. One with digest 0 is not in the index.
class DigestIndex {
public:
    /// Where number + 1 of the thing with this digest stands for which is_it(number) holds; 0 where there is none yet,
    /// for the owner to write. @pre make_room() was called since the last one was written.
    template <class IsIt>
    [[nodiscard]] std::uint32_t& place_of(std::uint64_t digest, const IsIt& is_it) noexcept {
        std::size_t at = digest & mask();
        while (places_[at] != 0 && !is_it(places_[at] - 1)) at = (at + 1) & mask();
        return places_[at];
    }

    /// Makes room for one more than the `indexed` things that are in the index. `count` have numbers; digest_of(number).
    template <class DigestOf>
    void make_room(std::size_t indexed, std::size_t count, const DigestOf& digest_of) {
        if (2 * (indexed + 1) <= places_.size()) return;
        const std::size_t size = std::max(least_size, 2 * places_.size());
        places_.resize(0);  // what is there need not be kept
        places_.resize(size);
        clear();
        for (std::uint32_t number = 0; number < count; ++number) {
            if (const std::uint64_t digest = digest_of(number); digest != 0) {
                place_of(digest, [](std::uint32_t) { return false; }) = number + 1;
            }
        }
    }

    void clear() noexcept { std::fill_n(places_.data(), places_.size(), 0U); }

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t capacity_bytes() const noexcept { return places_.capacity() * sizeof(std::uint32_t); }

private:
    static constexpr std::size_t least_size = 16;

    [[nodiscard]] std::size_t mask() const noexcept { return places_.size() - 1; }

    Column<std::uint32_t> places_;  // [power of two]: number + 1; 0: free
};

}  // namespace clade
