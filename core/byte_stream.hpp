// Writes plain values as bytes and reads them back, for checkpoints. Reading checks every length: damaged input gives
// FormatError.
#pragma once

#include <clade/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace clade {

/// Appends values, little-endian, to a growing buffer.
class ByteWriter {
public:
    /// Makes room for so many bytes in all: up to then, what is written stays where it is.
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }

    template <class T>
        requires std::is_trivially_copyable_v<T>
    void value(const T& value) {
        append(&value, sizeof value);
    }

    /// The count, then the values.
    template <class T>
    void values(std::span<const T> values) {
        value(static_cast<std::uint64_t>(values.size()));
        append(values.data(), values.size_bytes());
    }

    /// Bytes as they are, without a count.
    void raw_bytes(std::span<const std::byte> bytes) { append(bytes.data(), bytes.size()); }

    [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }

private:
    void append(const void* data, std::size_t size) {
        const auto* begin = static_cast<const std::byte*>(data);
        bytes_.insert(bytes_.end(), begin, begin + size);
    }

    std::vector<std::byte> bytes_;
};

/// Reads values in the order in which ByteWriter wrote them.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

    template <class T>
        requires std::is_trivially_copyable_v<T>
    T value() {
        T value;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }

    template <class T>
    std::vector<T> values() {
        const auto count = value<std::uint64_t>();
        if (count > remaining() / sizeof(T)) throw FormatError("data ends early");
        std::vector<T> values(static_cast<std::size_t>(count));
        const std::size_t size = values.size() * sizeof(T);
        if (size != 0) std::memcpy(values.data(), take(size), size);
        return values;
    }

    /// The count must be what is expected: the values go where there is room for them.
    template <class T>
    void values_into(std::span<T> to) {
        if (value<std::uint64_t>() != to.size()) throw FormatError("a column has the wrong length");
        if (!to.empty()) std::memcpy(to.data(), take(to.size_bytes()), to.size_bytes());
    }

    /// So many bytes as they are.
    [[nodiscard]] std::span<const std::byte> raw_bytes(std::size_t size) { return {take(size), size}; }

    [[nodiscard]] std::size_t remaining() const noexcept { return bytes_.size() - at_; }

private:
    const std::byte* take(std::size_t size) {
        if (size > remaining()) throw FormatError("data ends early");
        const std::byte* begin = bytes_.data() + at_;
        at_ += size;
        return begin;
    }

    std::span<const std::byte> bytes_;
    std::size_t at_ = 0;
};

}  // namespace clade
