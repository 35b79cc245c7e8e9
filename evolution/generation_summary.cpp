#include <clade/evolution/generation_summary_internal.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace clade {
namespace {

/// The value in the middle, or the mean of the two there. Reorders `values`. @pre not empty.
double median_of(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return *std::max_element(values.begin(), middle) / 2 + *middle / 2;
}

/// Divides before it adds, as a sum of the largest values would overflow. @pre not empty.
double mean_of(std::span<const double> values) {
    const auto count = static_cast<double>(values.size());
    return std::accumulate(values.begin(), values.end(), 0.0, [&](double sum, double v) { return sum + v / count; });
}

std::uint32_t enabled_count(const AttributeView& genes) {
    return static_cast<std::uint32_t>(std::count(genes.enabled.begin(), genes.enabled.end(), 1));
}

}  // namespace

FitnessSummary summarise(std::vector<double>& values, FitnessDirection direction) {
    std::erase_if(values, [](double value) { return !std::isfinite(value); });
    if (values.empty()) return {nan, nan, nan, nan, nan};
    const double mean = mean_of(values);
    double variance = 0.0;
    for (const double value : values) variance += (value - mean) * (value - mean) / static_cast<double>(values.size());
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
    FitnessSummary summary{.best = *greatest, .mean = mean, .deviation = std::sqrt(variance), .worst = *least};
    if (direction == FitnessDirection::minimise) std::swap(summary.best, summary.worst);
    summary.median = median_of(values);
    return summary;
}

Complexity complexity_of(const GenomeStore& population, std::size_t champion) {
    const std::uint32_t outputs = population.shape().output_count;
    const auto genomes = static_cast<double>(population.size());
    const GenomeView best = population[champion];
    return {static_cast<double>(population.node_count()) / genomes - outputs,
            static_cast<double>(enabled_count(population.all_attributes())) / genomes,
            static_cast<std::uint32_t>(best.node_count()) - outputs, enabled_count(best)};
}

}  // namespace clade
