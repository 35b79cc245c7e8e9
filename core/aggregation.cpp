#include <clade/core/aggregation.hpp>

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

float largest_magnitude(std::span<const float> values) noexcept {
    float best = values.front();
    for (const float value : values) {
        if (std::fabs(value) > std::fabs(best)) best = value;
    }
    return best;
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
            return largest_magnitude(values);
        case Aggregation::median:
            return median(values);
        case Aggregation::mean:
            return sum(values) / static_cast<float>(values.size());
    }
    return 0.0F;
}

}  // namespace clade
