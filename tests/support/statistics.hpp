// Goodness of fit for random numbers with fixed seeds: each bound is passed by all but one honest sample in 10 000.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <span>
#include <vector>

namespace clade {

/// Distance between a sample and a continuous distribution function, times the root of the sample size
/// (Kolmogorov & Smirnov).
inline double ks_distance(std::vector<double> sample, const std::function<double(double)>& distribution) {
    std::sort(sample.begin(), sample.end());
    const auto n = static_cast<double>(sample.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = distribution(sample[i]);
        largest = std::max({largest, static_cast<double>(i + 1) / n - expected, expected - static_cast<double>(i) / n});
    }
    return largest * std::sqrt(n);
}

inline constexpr double ks_bound = 2.23;

/// Sum of (observed - expected)^2 / expected over equally likely cells.
inline double chi_square(std::span<const std::size_t> observed) {
    const double total = std::accumulate(observed.begin(), observed.end(), 0.0);
    const double expected = total / static_cast<double>(observed.size());
    double sum = 0.0;
    for (const std::size_t count : observed) {
        const double lack = static_cast<double>(count) - expected;
        sum += lack * lack / expected;
    }
    return sum;
}

/// The bound of chi_square() for so many cells (Wilson & Hilferty).
inline double chi_square_bound(std::size_t cells) {
    const auto freedom = static_cast<double>(cells - 1);
    const double spread = 2.0 / (9.0 * freedom);
    return freedom * std::pow(1.0 - spread + 3.72 * std::sqrt(spread), 3.0);
}

/// How far a count lies from its mean under a binomial distribution, in standard deviations.
inline double binomial_deviation(std::size_t count, std::size_t trials, double probability) {
    const auto n = static_cast<double>(trials);
    return std::fabs(static_cast<double>(count) - n * probability) / std::sqrt(n * probability * (1.0 - probability));
}

inline constexpr double binomial_bound = 4.0;

inline double normal_distribution(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// Correlation of two samples of equal length.
inline double correlation(std::span<const float> a, std::span<const float> b) {
    const auto n = static_cast<double>(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
    const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
    double ab = 0.0;
    double aa = 0.0;
    double bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double da = a[i] - mean_a;
        const double db = b[i] - mean_b;
        ab += da * db;
        aa += da * da;
        bb += db * db;
    }
    return ab / std::sqrt(aa * bb);
}

}  // namespace clade
