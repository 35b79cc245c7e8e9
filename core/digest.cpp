#include <clade/core/digest.hpp>

#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace clade {

std::uint64_t digest_bytes(std::span<const std::byte> bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string to_hex(std::uint64_t digest) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[text.size() - 1 - i] = digits[(digest >> (4 * i)) & 15U];
    return text;
}

}  // namespace clade
