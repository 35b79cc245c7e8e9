#include <clade/evolution/refine/adam.hpp>

#include <clade/core/check.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

constexpr double beta_1 = 0.9;
constexpr double beta_2 = 0.999;
constexpr double epsilon = 1e-8;

}  // namespace

Adam::Adam(std::span<const double> start, const OptimizerSettings& settings)
    : learning_rate_(settings.learning_rate),
      point_(start.begin(), start.end()),
      first_(start.size(), 0.0),
      second_(start.size(), 0.0) {}

void Adam::ask(std::span<double> candidates, Stream& /*random*/) {
    CLADE_CHECK(candidates.size() == point_.size(), "one candidate is asked for");
    std::copy(point_.begin(), point_.end(), candidates.begin());
}

void Adam::tell(std::span<const double> merit, std::span<const double> gradients) {
    CLADE_CHECK(merit.size() == 1 && gradients.size() == point_.size(), "a merit and its derivatives are told");
    const bool finite =
        std::isfinite(merit[0]) &&
        std::all_of(gradients.begin(), gradients.end(), [](double derivative) { return std::isfinite(derivative); });
    const bool flat =
        std::all_of(gradients.begin(), gradients.end(), [](double derivative) { return derivative == 0.0; });
    exhausted_ = !finite || flat;
    if (exhausted_) return;
    first_decay_ *= beta_1;
    second_decay_ *= beta_2;
    for (std::size_t i = 0; i < point_.size(); ++i) {
        const double slope = gradients[i];
        first_[i] = beta_1 * first_[i] + (1.0 - beta_1) * slope;
        second_[i] = beta_2 * second_[i] + (1.0 - beta_2) * (slope * slope);
        const double mean = first_[i] / (1.0 - first_decay_);
        const double square = second_[i] / (1.0 - second_decay_);
        point_[i] += learning_rate_ * mean / (std::sqrt(square) + epsilon);  // uphill: merit are to grow
    }
}

}  // namespace clade
