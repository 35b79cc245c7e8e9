#include <clade/core/digest.hpp>

#include <array>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace clade {

std::uint64_t digest_bytes(std::span<const std::byte> bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

struct DigestOfParts::State {
    XXH3_state_t hashed{};
};

DigestOfParts::DigestOfParts() : state_(std::make_unique<State>()) { XXH3_64bits_reset(&state_->hashed); }

DigestOfParts::~DigestOfParts() = default;

void DigestOfParts::flush() noexcept { hash(std::span(buffer_).first(std::exchange(filled_, 0))); }

void DigestOfParts::hash(std::span<const std::byte> part) noexcept {
    XXH3_64bits_update(&state_->hashed, part.data(), part.size());
}

std::uint64_t DigestOfParts::value() noexcept {
    flush();
    return XXH3_64bits_digest(&state_->hashed);
}

std::string to_hex(std::uint64_t digest) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i) text[text.size() - 1 - i] = digits[(digest >> (4 * i)) & 15U];
    return text;
}

}  // namespace clade
