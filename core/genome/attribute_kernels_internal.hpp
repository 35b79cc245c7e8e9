// What the attribute kernels are called with: plain numbers, prepared once a pass.
#pragma once

#include <clade/core/kernels_internal.hpp>

#include <cstddef>
#include <cstdint>

namespace clade {

/// Rows whose random numbers are made together: passes that begin and end at multiples of it do nothing twice.
inline constexpr std::size_t attribute_rows_per_tile = 1024;

/// How a newborn value comes from a random number.
struct Birth {
    enum class Kind : std::uint32_t { normal, uniform, values };
    Kind kind;
    float offset;         ///< mean, low
    float scale;          ///< deviation, high - low
    const float* values;  ///< [value_count], for Kind::values
    std::uint32_t value_count;
};

/// A part of the numbers that a random word can be: those of 31 bits from `first` to `last`.
struct WordRange {
    std::int32_t first;
    std::int32_t last;  ///< first - 1: none
    float scale;        ///< makes a word's distance from `first` a number in [0, 1], or [0, value_count] at a birth
};

/// A pass over the rows [first, first + count) of a column, `rows` pointing at row `first`.
struct AttributePass {
    enum class Step : std::uint32_t { none, uniform, normal };

    float* rows;
    std::uint64_t first;
    std::size_t count;
    const std::uint32_t* key;  ///< [4]
    Birth birth;
    float min;
    float max;
    WordRange born;       ///< all words: those at which a row is born, when every row is
    WordRange replaced;   ///< words at which a row is born anew
    WordRange perturbed;  ///< words, behind those, at which it is moved
    float perturb_power;
    Step step;         ///< how; none: `perturbed` is empty
    const float* old;  ///< one value that every row has before it mutates; nullptr: the rows' own
};

/// The kernels of one SIMD level.
struct AttributeKernels {
    void (*initialise)(const AttributePass&);
    void (*mutate)(const AttributePass&);
};

CLADE_DECLARE_KERNELS(AttributeKernels, attribute_kernels)

}  // namespace clade
