#include <clade/core/random/random.hpp>

#include <clade/core/functions/float_math_internal.hpp>

namespace clade {

RandomBlock threefry4x32(const RandomBlock& counter, const RandomBlock& key, int rounds) noexcept {
    const auto out = threefry<std::uint32_t>({counter[0], counter[1], counter[2], counter[3]},
                                             threefry_schedule(key.data()), static_cast<unsigned>(rounds));
    return {out.x0, out.x1, out.x2, out.x3};
}

std::uint32_t Stream::bits() noexcept {
    if (used_ == 4) {
        const auto out = threefry<std::uint32_t>({counter_[0], counter_[1], counter_[2], counter_[3]},
                                                 threefry_schedule(key_.data()), threefry_rounds);
        block_ = {out.x0, out.x1, out.x2, out.x3};
        ++counter_[2];
        used_ = 0;
    }
    return block_[used_++];
}

std::uint64_t Stream::bits64() noexcept {
    const std::uint64_t high = bits();
    return (high << 32) | bits();
}

double Stream::uniform() noexcept { return static_cast<double>(bits64() >> 11) * 0x1.0p-53; }

std::uint32_t Stream::below(std::uint32_t count) noexcept {
    std::uint64_t product = std::uint64_t{bits()} * count;
    auto low = static_cast<std::uint32_t>(product);
    if (low < count) {
        const std::uint32_t threshold = (0U - count) % count;
        while (low < threshold) {
            product = std::uint64_t{bits()} * count;
            low = static_cast<std::uint32_t>(product);
        }
    }
    return static_cast<std::uint32_t>(product >> 32);
}

// Not in the header: compiled by a user for a processor that fuses multiply and add, it would give other bits.
double Stream::uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }

double Stream::normal() noexcept { return static_cast<double>(normal_float(bits())); }

}  // namespace clade
