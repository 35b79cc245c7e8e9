#include <clade/evolution/refine/snes.hpp>

#include <clade/core/check.hpp>
#include <clade/core/functions/double_math_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

constexpr double largest_ratio = 1e7;

/// max(0, ln(lambda / 2 + 1) - ln(rank)), scaled to a sum of 1, less 1 / lambda: their sum is 0.
std::vector<double> utilities_of(std::size_t offspring) {
    const auto lambda = static_cast<double>(offspring);
    std::vector<double> utilities(offspring);
    for (std::size_t i = 0; i < offspring; ++i) {
        utilities[i] = std::max(0.0, log_double(lambda / 2.0 + 1.0) - log_double(static_cast<double>(i + 1)));
    }
    const double sum = std::accumulate(utilities.begin(), utilities.end(), 0.0);
    for (double& utility : utilities) utility = utility / sum - 1.0 / lambda;
    return utilities;
}

double rate_of(std::size_t dimension) {
    const auto n = static_cast<double>(dimension);
    return (3.0 + log_double(n)) / (5.0 * std::sqrt(n));
}

}  // namespace

Snes::Snes(std::span<const double> start, const OptimizerSettings& settings)
    : utilities_(utilities_of(settings.offspring == 0 ? default_offspring(start.size()) : settings.offspring)),
      first_sigma_(settings.step_size),
      rate_(rate_of(start.size())),
      mean_(start.begin(), start.end()),
      sigma_(start.size(), settings.step_size),
      normals_(offspring() * start.size()),
      ranking_(offspring()),
      flat_(start.size(), offspring()) {
    CLADE_CHECK(!start.empty() && offspring() >= 4, "SNES needs something to vary and four candidates");
}

void Snes::ask(std::span<double> candidates, Stream& random) {
    const std::size_t n = dimension();
    for (double& s : normals_) s = random.normal();
    for (std::size_t k = 0; k < offspring(); ++k) {
        for (std::size_t i = 0; i < n; ++i) candidates[k * n + i] = mean_[i] + sigma_[i] * normals_[k * n + i];
    }
}

void Snes::tell(std::span<const double> merit, std::span<const double> /*gradients*/) {
    CLADE_CHECK(merit.size() == offspring(), "a merit is missing");
    rank_candidates(merit, ranking_);
    for (std::size_t i = 0; i < dimension(); ++i) {
        double mean_gradient = 0.0;
        double sigma_gradient = 0.0;
        for (std::size_t rank = 0; rank < offspring(); ++rank) {
            const double s = normals_[ranking_[rank] * dimension() + i];
            mean_gradient += utilities_[rank] * s;
            sigma_gradient += utilities_[rank] * (s * s - 1.0);
        }
        mean_[i] += sigma_[i] * mean_gradient;
        sigma_[i] *= exp_double(rate_ / 2.0 * sigma_gradient);
    }
    note_exhaustion(merit);
}

void Snes::note_exhaustion(std::span<const double> merit) {
    flat_.note(merit);
    const auto [smallest, largest] = std::minmax_element(sigma_.begin(), sigma_.end());
    const bool collapsed = *largest < collapsed_step * first_sigma_;
    exhausted_ = exhausted_ || collapsed || !(*largest < largest_ratio * *smallest) || flat_.holds();
}

}  // namespace clade
