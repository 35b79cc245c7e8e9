// Aggregation functions: how a node combines its weighted inputs into one number. Of no inputs every built-in aggregate
// is 0.
#pragma once

#include <clade/core/functions/function_table.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace clade {

enum class Aggregation : std::uint8_t { sum, product, max, min, maxabs, median, mean };

template <>
struct EnumNames<Aggregation> {
    static constexpr std::array<std::string_view, 7> names{"sum", "product", "max", "min", "maxabs", "median", "mean"};
};

/// Sees the weighted inputs in the order of the connections' innovations; may reorder them.
using AggregationFunction = float (*)(std::span<float>);
using AggregationTable = FunctionTable<Aggregation, AggregationFunction>;

/// A built-in aggregate of the values, which may be reordered. @pre built-in.
[[nodiscard]] float aggregate(Aggregation aggregation, std::span<float> values) noexcept;

/// The derivatives of a built-in aggregate by each of the values. At a kink, where several values are the extreme one,
/// the first of them counts as it; of several that are the median, one. @pre built-in, as many slopes as values.
void aggregate_slopes(Aggregation aggregation, std::span<const float> values, std::span<float> slopes) noexcept;

/// A built-in aggregate's formula in words, of the weighted inputs v1 to vn. @pre built-in.
[[nodiscard]] std::string_view aggregation_formula(Aggregation aggregation) noexcept;

}  // namespace clade
