// Digests of what a run log holds: of single rows, of the rows of other tables that belong to a generation, and the chain.
//
//   digest(row)   XXH3 of the row's values in the order of its columns; a value is a byte that says its type and its bits
//   parts         of a generation: for each table of part_tables the sum of its rows' digests, 32 bits
//   chain         digest of the chain before, and of all other values of the generation's row, `parts` among them
//
// A chunk's row has the values of one column of one generation, whatever they are packed with.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/digest.hpp>
#include <clade/core/fields.hpp>
#include <clade/core/functions/enumerator_names_internal.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace clade {

/// The digest of a row's values, as SQLite stores them.
class RowDigest {
public:
    template <class... Values>
    [[nodiscard]] static std::uint64_t of(const Values&... values) {
        RowDigest digest;
        (digest.add(values), ...);
        return digest.value();
    }

    template <class T>
        requires std::integral<T> || std::is_enum_v<T>
    void add(T value) {
        add_bits('i', static_cast<std::int64_t>(value));
    }
    void add(double value) {
        if (std::isnan(value)) return add_null();
        add_bits('d', value + 0.0);  // SQLite stores -0 as 0
    }
    void add(std::string_view text) { add_bytes('t', std::as_bytes(std::span(text))); }
    void add(std::span<const std::byte> bytes) { add_bytes('b', bytes); }
    void add(std::optional<std::int64_t> value) { value ? add(*value) : add_null(); }
    void add_null() { values_.value('n'); }

    [[nodiscard]] std::uint64_t value() const noexcept { return digest_bytes(values_.bytes()); }

private:
    template <class T>
    void add_bits(char type, T bits) {
        values_.value(type);
        values_.value(bits);
    }
    void add_bytes(char type, std::span<const std::byte> bytes) {
        values_.value(type);
        values_.values(bytes);
    }

    ByteWriter values_;
};

/// The tables whose rows belong to a generation, in the order of `parts`.
enum class Part : std::uint8_t { chunk, species, champion, measure, statistic, refinement, race, failure };
template <>
struct EnumNames<Part> {
    static constexpr std::array<std::string_view, 8> names{"chunk",     "species",    "champion", "measure",
                                                           "statistic", "refinement", "race",     "failure"};
};
static_assert(names_are_enumerators<Part>(), "EnumNames<Part> must name the tables as the enum does, in its order");
inline constexpr const auto& part_tables = EnumNames<Part>::names;

/// The column `parts` of a generation. The order of rows does not count.
class PartDigests {
public:
    void add(Part part, std::uint64_t row) noexcept {
        sums_[static_cast<std::size_t>(part)] += static_cast<std::uint32_t>(row);
    }

    /// Little-endian; a table without rows has 0, and those at the end are left out.
    [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
        std::size_t count = sums_.size();
        while (count > 0 && sums_[count - 1] == 0) --count;
        return std::as_bytes(std::span(sums_).first(count));
    }

    [[nodiscard]] bool operator==(const PartDigests&) const = default;
    [[nodiscard]] bool equal(Part part, const PartDigests& other) const noexcept {
        return sums_[static_cast<std::size_t>(part)] == other.sums_[static_cast<std::size_t>(part)];
    }

    /// Reads what bytes() gave; nothing if it cannot be that.
    [[nodiscard]] static std::optional<PartDigests> read(std::span<const std::byte> bytes) noexcept {
        PartDigests result;
        if (bytes.size() > sizeof result.sums_ || bytes.size() % sizeof(std::uint32_t) != 0) return std::nullopt;
        if (!bytes.empty()) std::memcpy(result.sums_.data(), bytes.data(), bytes.size());
        return result;
    }

private:
    std::array<std::uint32_t, part_tables.size()> sums_{};
};

}  // namespace clade
