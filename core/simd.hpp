// SIMD levels: the vector instructions that a kernel may use. Every level gives the same bits; higher ones are faster.
#pragma once

#include <clade/core/fields.hpp>

#include <array>
#include <string_view>

namespace clade {

enum class SimdLevel { baseline, avx2, avx512 };

template <>
struct EnumNames<SimdLevel> {
    static constexpr std::array<std::string_view, 3> names{"baseline", "avx2", "avx512"};
};

/// The highest level that this processor has.
[[nodiscard]] SimdLevel best_simd_level() noexcept;

/// The lower of `level` and what this processor has.
[[nodiscard]] SimdLevel supported(SimdLevel level) noexcept;

}  // namespace clade
