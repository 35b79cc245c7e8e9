// A 64-bit fingerprint of data (XXH3), for comparing runs and detecting damage. Not for secrets.
#pragma once

#include <clade/core/language_standard.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace clade {

/// Hash of the bytes, chained to `seed`: digest(b, digest(a)) tells a-then-b from b-then-a.
[[nodiscard]] std::uint64_t digest_bytes(std::span<const std::byte> bytes, std::uint64_t seed = 0) noexcept;

template <class T>
[[nodiscard]] std::uint64_t digest_of(std::span<const T> values, std::uint64_t seed = 0) noexcept {
    return digest_bytes(std::as_bytes(values), seed);
}

/// Hash of bytes that lie in parts: the same as digest_bytes() of all of them in a row.
class DigestOfParts {
public:
    DigestOfParts();
    ~DigestOfParts();
    DigestOfParts(const DigestOfParts&) = delete;
    DigestOfParts& operator=(const DigestOfParts&) = delete;

    void add(std::span<const std::byte> part) noexcept {
        if (part.size() > buffer_.size() - filled_) flush();
        if (part.size() > buffer_.size()) return hash(part);
        if (!part.empty()) std::memcpy(buffer_.data() + filled_, part.data(), part.size());
        filled_ += part.size();
    }

    /// Of what was added so far.
    [[nodiscard]] std::uint64_t value() noexcept;

private:
    struct State;

    void flush() noexcept;
    void hash(std::span<const std::byte> part) noexcept;

    std::array<std::byte, 8192> buffer_{};  // small parts are hashed together
    std::size_t filled_ = 0;
    std::unique_ptr<State> state_;
};

/// A digest as a value of its own, which is written as sixteen hexadecimal digits.
enum class Digest : std::uint64_t {};

constexpr std::uint64_t raw(Digest digest) noexcept { return static_cast<std::uint64_t>(digest); }

/// Sixteen hexadecimal digits.
[[nodiscard]] std::string to_hex(std::uint64_t digest);
[[nodiscard]] inline std::string to_hex(Digest digest) { return to_hex(raw(digest)); }

}  // namespace clade
