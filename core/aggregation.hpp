// How a node combines its weighted inputs into one number. Of no inputs every built-in aggregate is 0.
#pragma once

#include <clade/core/function_table.hpp>

#include <array>
#include <cstdint>
#include <span>

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

}  // namespace clade
