#include <clade/experiment/trials/statistics.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

constexpr std::size_t exact_below =
    50;  // values of a sample: the exact distribution takes time with their fourth power

constexpr double normal_quantile = 1.959963984540054;  // 2.5 % of the values lie above

/// The same of Student's distribution: from a table for few degrees of freedom, else by the expansion around the normal one
/// (Abramowitz & Stegun 1964, 26.7.5), whose error is below 0.0005 then.
double student_quantile(std::size_t freedom) {
    constexpr std::array table{12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622};
    if (freedom <= table.size()) return table[freedom - 1];
    constexpr double z = normal_quantile;
    const auto n = static_cast<double>(freedom);
    const double first = (z * z * z + z) / 4.0;
    const double second = (5.0 * std::pow(z, 5) + 16.0 * z * z * z + 3.0 * z) / 96.0;
    const double third = (3.0 * std::pow(z, 7) + 19.0 * std::pow(z, 5) + 17.0 * z * z * z - 15.0 * z) / 384.0;
    return z + first / n + second / (n * n) + third / (n * n * n);
}

/// The pairs of two samples as a rank test counts them.
struct Pairs {
    double greater = 0.0;     ///< (a, b) with a > b, ties counted half
    double tied_cubes = 0.0;  ///< sum of t^3 - t over groups of t equal values of both samples
};

Pairs count_pairs(std::span<const double> a, std::span<const double> b) {
    std::vector<double> all(a.begin(), a.end());
    all.insert(all.end(), b.begin(), b.end());
    std::sort(all.begin(), all.end());
    std::vector<double> others(b.begin(), b.end());
    std::sort(others.begin(), others.end());
    Pairs pairs;
    for (const double value : a) {
        const auto [low, high] = std::equal_range(others.begin(), others.end(), value);
        pairs.greater += static_cast<double>(low - others.begin()) + 0.5 * static_cast<double>(high - low);
    }
    for (auto begin = all.begin(); begin != all.end();) {
        const auto end = std::upper_bound(begin, all.end(), *begin);
        const auto count = static_cast<double>(end - begin);
        pairs.tied_cubes += count * count * count - count;
        begin = end;
    }
    return pairs;
}

/// The chance of each U of samples of n and m values without ties: of the greatest value, n of n + m times one of the
/// first sample, and then above all m of the second.
std::vector<double> exact_distribution(std::size_t n, std::size_t m) {
    std::vector<std::vector<double>> chances(m + 1, {1.0});  // [values of the second sample][U], of i of the first
    for (std::size_t i = 1; i <= n; ++i) {
        chances[0] = {1.0};
        for (std::size_t j = 1; j <= m; ++j) {
            const double first = static_cast<double>(i) / static_cast<double>(i + j);
            std::vector<double> next(i * j + 1, 0.0);
            for (std::size_t u = 0; u < chances[j].size(); ++u) next[u + j] += first * chances[j][u];
            for (std::size_t u = 0; u < chances[j - 1].size(); ++u) next[u] += (1.0 - first) * chances[j - 1][u];
            chances[j] = std::move(next);
        }
    }
    return chances[m];
}

double exact_p(double u, std::size_t n, std::size_t m) {
    const std::vector<double> chances = exact_distribution(n, m);
    const auto tail = static_cast<std::ptrdiff_t>(std::min(u, static_cast<double>(n * m) - u));
    return std::min(1.0, 2.0 * std::accumulate(chances.begin(), chances.begin() + tail + 1, 0.0));
}

double normal_p(double u, double n, double m, double tied_cubes) {
    const double both = n + m;
    const double variance = n * m / 12.0 * (both + 1.0 - tied_cubes / (both * (both - 1.0)));
    if (!(variance > 0.0)) return 1.0;  // all values are equal
    const double distance = std::max(0.0, std::fabs(u - n * m / 2.0) - 0.5);
    return std::erfc(distance / std::sqrt(2.0 * variance));
}

double log_choose(double n, double k) { return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0); }

}  // namespace

Summary summarise(std::vector<double> values) {
    const bool unknown = std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
    if (values.empty() || unknown) return {values.size(), nan, nan, nan, nan, nan};
    std::sort(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double upper = values[values.size() / 2];
    const double lower = values[(values.size() - 1) / 2];
    return {.count = values.size(),
            .mean = mean,
            .deviation = values.size() < 2 ? nan : std::sqrt(squares / (count - 1.0)),
            .median = lower == upper ? upper : lower + (upper - lower) / 2.0,  // of infinite ones the same
            .lowest = values.front(),
            .highest = values.back()};
}

Interval wilson_interval(std::size_t successes, std::size_t trials) {
    constexpr double z = normal_quantile;
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double center = share + z * z / (2.0 * n);
    const double half = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    const double scale = 1.0 + z * z / n;
    return {successes == 0 ? 0.0 : (center - half) / scale, successes == trials ? 1.0 : (center + half) / scale};
}

Interval mean_interval(const Summary& values) {
    if (values.count < 2) return {nan, nan};
    const double error = values.deviation / std::sqrt(static_cast<double>(values.count));
    const double half = student_quantile(values.count - 1) * error;
    return {values.mean - half, values.mean + half};
}

RankTest rank_test(std::span<const double> a, std::span<const double> b) {
    const Pairs pairs = count_pairs(a, b);
    const auto n = static_cast<double>(a.size());
    const auto m = static_cast<double>(b.size());
    const bool exact = a.size() < exact_below && b.size() < exact_below && pairs.tied_cubes == 0.0;
    return {.u = pairs.greater,
            .p = exact ? exact_p(pairs.greater, a.size(), b.size()) : normal_p(pairs.greater, n, m, pairs.tied_cubes),
            .a12 = 1.0 - pairs.greater / (n * m)};
}

double fisher_test(std::size_t successes_a, std::size_t trials_a, std::size_t successes_b, std::size_t trials_b) {
    const std::size_t successes = successes_a + successes_b;
    const auto log_chance = [&](std::size_t in_a) {
        return log_choose(static_cast<double>(trials_a), static_cast<double>(in_a)) +
               log_choose(static_cast<double>(trials_b), static_cast<double>(successes - in_a)) -
               log_choose(static_cast<double>(trials_a + trials_b), static_cast<double>(successes));
    };
    constexpr double slack = 1e-7;  // tables as likely as this one but for rounding count
    const double observed = log_chance(successes_a) + slack;
    double p = 0.0;
    const std::size_t least = successes > trials_b ? successes - trials_b : 0;
    for (std::size_t in_a = least; in_a <= std::min(successes, trials_a); ++in_a) {
        if (log_chance(in_a) <= observed) p += std::exp(log_chance(in_a));
    }
    return std::min(1.0, p);
}

std::vector<double> holm(std::span<const double> p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double least = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const double scaled = p[order[rank]] * static_cast<double>(p.size() - rank);
        least = std::max(least, std::min(1.0, scaled));
        adjusted[order[rank]] = least;
    }
    return adjusted;
}

}  // namespace clade
