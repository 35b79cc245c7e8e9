#include <clade/evolution/select/ranking.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

namespace clade {
namespace {

constexpr std::size_t digit_bits = 8;
constexpr std::size_t digit_count = 64 / digit_bits;
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;

/// Below that, counting all digits takes longer than comparing.
constexpr std::size_t few = 64;

std::size_t digit_of(std::uint64_t key, std::size_t digit) noexcept {
    return (key >> (digit * digit_bits)) % digit_values;
}

/// How often each digit has each value.
using DigitCounts = std::array<std::array<std::uint32_t, digit_values>, digit_count>;

DigitCounts count_digits(std::span<const RankedGenome> genomes) {
    DigitCounts counts{};
    for (const RankedGenome& ranked : genomes) {
        for (std::size_t digit = 0; digit < digit_count; ++digit) ++counts[digit][digit_of(ranked.key, digit)];
    }
    return counts;
}

}  // namespace

std::uint64_t rank_key(double merit) noexcept {
    constexpr std::uint64_t sign = std::uint64_t{1} << 63;
    const auto bits = std::bit_cast<std::uint64_t>(merit + 0.0);  // -0 + 0 is 0
    return (bits & sign) != 0 ? bits : ~bits & ~sign;
}

std::span<const RankedGenome> sort_ranked(std::span<RankedGenome> genomes, std::span<RankedGenome> space) {
    if (genomes.size() < few) {
        std::sort(genomes.begin(), genomes.end(), [](const RankedGenome& a, const RankedGenome& b) {
            return a.key != b.key ? a.key < b.key : a.genome < b.genome;
        });
        return genomes;
    }
    DigitCounts counts = count_digits(genomes);
    for (std::size_t digit = 0; digit < digit_count; ++digit) {
        auto& place = counts[digit];  // of the next genome with each value
        if (place[digit_of(genomes.front().key, digit)] == genomes.size()) continue;
        std::exclusive_scan(place.begin(), place.end(), place.begin(), std::uint32_t{0});
        for (const RankedGenome& ranked : genomes) space[place[digit_of(ranked.key, digit)]++] = ranked;
        std::swap(genomes, space);
    }
    return genomes;
}

}  // namespace clade
