// The one table of the built-in aggregations: formula, value and slopes of each, of at least one value.
//
// A value may reorder what it is given. Slopes are the derivatives by each of the values, written over zeros; at a kink
// they are those that aggregation.hpp promises.
//
// To add an aggregation: its enumerator and name (aggregation.hpp), and its entry here. What is missing does not compile.
#pragma once

#include <clade/core/functions/aggregation.hpp>
#include <clade/core/functions/enumerator_names_internal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string_view>

namespace clade {
namespace {

/// How many values come before the one at `index` in ascending order; equal ones in the order given.
inline std::size_t rank_of(std::span<const float> values, std::size_t index) noexcept {
    std::size_t rank = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        rank += values[i] < values[index] || (values[i] == values[index] && i < index) ? 1U : 0U;
    }
    return rank;
}

/// The first of the values that are largest in magnitude.
inline std::span<const float>::iterator largest_magnitude(std::span<const float> values) noexcept {
    return std::max_element(values.begin(), values.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
}

/// Gives the whole slope to the value that was chosen.
inline void give_all(std::span<const float> values, std::span<const float>::iterator chosen,
                     std::span<float> slopes) noexcept {
    slopes[static_cast<std::size_t>(chosen - values.begin())] = 1.0F;
}

static_assert(
    names_are_enumerators<Aggregation>(),
    "EnumNames<Aggregation> must name every enumerator, in their order: add its name at the end, and make the "
    "array one longer");

/// An entry of the table.
template <Aggregation aggregation>
struct AggregationEntry;

template <>
struct AggregationEntry<Aggregation::sum> {
    static constexpr std::string_view formula = "v1 + v2 + ... + vn";
    static float value(std::span<const float> values) noexcept {
        float total = 0.0F;
        for (const float value : values) total += value;
        return total;
    }
    static void slopes(std::span<const float> /*values*/, std::span<float> slopes) noexcept {
        std::fill(slopes.begin(), slopes.end(), 1.0F);
    }
};

template <>
struct AggregationEntry<Aggregation::product> {
    static constexpr std::string_view formula = "v1 v2 ... vn";
    static float value(std::span<const float> values) noexcept {
        float total = 1.0F;
        for (const float value : values) total *= value;
        return total;
    }
    /// Each the product of the others.
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        float before = 1.0F;
        for (std::size_t i = 0; i < values.size(); ++i) {
            slopes[i] = before;
            before *= values[i];
        }
        float behind = 1.0F;
        for (std::size_t i = values.size(); i-- > 0;) {
            slopes[i] *= behind;
            behind *= values[i];
        }
    }
};

template <>
struct AggregationEntry<Aggregation::max> {
    static constexpr std::string_view formula = "the largest value";
    static float value(std::span<const float> values) noexcept {
        return *std::max_element(values.begin(), values.end());
    }
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        give_all(values, std::max_element(values.begin(), values.end()), slopes);
    }
};

template <>
struct AggregationEntry<Aggregation::min> {
    static constexpr std::string_view formula = "the smallest value";
    static float value(std::span<const float> values) noexcept {
        return *std::min_element(values.begin(), values.end());
    }
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        give_all(values, std::min_element(values.begin(), values.end()), slopes);
    }
};

template <>
struct AggregationEntry<Aggregation::maxabs> {
    static constexpr std::string_view formula = "the value with the largest |v|, with its sign";
    static float value(std::span<const float> values) noexcept { return *largest_magnitude(values); }
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        give_all(values, largest_magnitude(values), slopes);
    }
};

template <>
struct AggregationEntry<Aggregation::median> {
    static constexpr std::string_view formula = "the middle value, or the mean of the middle two";
    static float value(std::span<float> values) noexcept {
        const std::size_t half = values.size() / 2;
        std::sort(values.begin(), values.end());
        return values.size() % 2 == 1 ? values[half] : 0.5F * (values[half - 1] + values[half]);
    }
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        const std::size_t half = values.size() / 2;
        const bool odd = values.size() % 2 == 1;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::size_t rank = rank_of(values, i);
            if (rank == half) slopes[i] = odd ? 1.0F : 0.5F;
            if (!odd && rank == half - 1) slopes[i] = 0.5F;
        }
    }
};

template <>
struct AggregationEntry<Aggregation::mean> {
    static constexpr std::string_view formula = "(v1 + v2 + ... + vn) / n";
    static float value(std::span<const float> values) noexcept {
        return AggregationEntry<Aggregation::sum>::value(values) / static_cast<float>(values.size());
    }
    static void slopes(std::span<const float> values, std::span<float> slopes) noexcept {
        std::fill(slopes.begin(), slopes.end(), 1.0F / static_cast<float>(values.size()));
    }
};

/// Calls use(entry) with the entry of a built-in aggregation; does nothing for any other.
template <class Use, std::size_t number = 0>
void with_aggregation(Aggregation aggregation, const Use& use) {
    if constexpr (number < EnumNames<Aggregation>::names.size()) {
        if (aggregation == Aggregation{number}) return use(AggregationEntry<Aggregation{number}>{});
        with_aggregation<Use, number + 1>(aggregation, use);
    }
}

}  // namespace
}  // namespace clade
