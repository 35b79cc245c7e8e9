#include <clade/core/functions/aggregation.hpp>

#include <clade/core/functions/aggregation_internal.hpp>

namespace clade {

float aggregate(Aggregation aggregation, std::span<float> values) noexcept {
    float value = 0.0F;
    if (!values.empty()) with_aggregation(aggregation, [&](auto entry) { value = entry.value(values); });
    return value;
}

void aggregate_slopes(Aggregation aggregation, std::span<const float> values, std::span<float> slopes) noexcept {
    if (values.empty()) return;
    std::fill(slopes.begin(), slopes.end(), 0.0F);
    with_aggregation(aggregation, [&](auto entry) { entry.slopes(values, slopes); });
}

std::string_view aggregation_formula(Aggregation aggregation) noexcept {
    std::string_view formula;
    with_aggregation(aggregation, [&](auto entry) { formula = entry.formula; });
    return formula;
}

}  // namespace clade
