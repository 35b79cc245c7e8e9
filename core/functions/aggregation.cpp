#include <clade/core/functions/aggregation.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

float sum(std::span<const float> values) noexcept {
    float total = 0.0F;
    for (const float value : values) total += value;
    return total;
}

float median(std::span<float> values) noexcept {
    const std::size_t half = values.size() / 2;
    std::sort(values.begin(), values.end());
    return values.size() % 2 == 1 ? values[half] : 0.5F * (values[half - 1] + values[half]);
}

/// The first of the values that are largest in magnitude.
std::span<const float>::iterator largest_magnitude(std::span<const float> values) noexcept {
    return std::max_element(values.begin(), values.end(), [](float a, float b) { return std::fabs(a) < std::fabs(b); });
}

/// Each the product of the others.
void product_slopes(std::span<const float> values, std::span<float> slopes) noexcept {
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

/// How many values come before the one at `index` in ascending order; equal ones in the order given.
std::size_t rank_of(std::span<const float> values, std::size_t index) noexcept {
    std::size_t rank = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        rank += values[i] < values[index] || (values[i] == values[index] && i < index) ? 1U : 0U;
    }
    return rank;
}

void median_slopes(std::span<const float> values, std::span<float> slopes) noexcept {
    const std::size_t half = values.size() / 2;
    const bool odd = values.size() % 2 == 1;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t rank = rank_of(values, i);
        if (rank == half) slopes[i] = odd ? 1.0F : 0.5F;
        if (!odd && rank == half - 1) slopes[i] = 0.5F;
    }
}

}  // namespace

float aggregate(Aggregation aggregation, std::span<float> values) noexcept {
    if (values.empty()) return 0.0F;
    switch (aggregation) {
        case Aggregation::sum:
            return sum(values);
        case Aggregation::product: {
            float total = 1.0F;
            for (const float value : values) total *= value;
            return total;
        }
        case Aggregation::max:
            return *std::max_element(values.begin(), values.end());
        case Aggregation::min:
            return *std::min_element(values.begin(), values.end());
        case Aggregation::maxabs:
            return *largest_magnitude(values);
        case Aggregation::median:
            return median(values);
        case Aggregation::mean:
            return sum(values) / static_cast<float>(values.size());
    }
    return 0.0F;
}

void aggregate_slopes(Aggregation aggregation, std::span<const float> values, std::span<float> slopes) noexcept {
    if (values.empty()) return;
    std::fill(slopes.begin(), slopes.end(), 0.0F);
    const auto give_all = [&](auto chosen) { slopes[static_cast<std::size_t>(chosen - values.begin())] = 1.0F; };
    switch (aggregation) {
        case Aggregation::sum:
            std::fill(slopes.begin(), slopes.end(), 1.0F);
            return;
        case Aggregation::product:
            product_slopes(values, slopes);
            return;
        case Aggregation::max:
            give_all(std::max_element(values.begin(), values.end()));
            return;
        case Aggregation::min:
            give_all(std::min_element(values.begin(), values.end()));
            return;
        case Aggregation::maxabs:
            give_all(largest_magnitude(values));
            return;
        case Aggregation::median:
            median_slopes(values, slopes);
            return;
        case Aggregation::mean:
            std::fill(slopes.begin(), slopes.end(), 1.0F / static_cast<float>(values.size()));
            return;
    }
}

}  // namespace clade
