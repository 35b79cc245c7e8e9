#include <clade/evolution/select/merit.hpp>

#include <clade/core/special_values_internal.hpp>

#include <algorithm>
#include <cmath>

namespace clade {

void FitnessMerit::assess(const ScoreTable& scores, FitnessDirection direction, std::span<double> merit) {
    const double sign = direction == FitnessDirection::maximise ? 1.0 : -1.0;
    std::transform(scores.fitness.begin(), scores.fitness.end(), merit.begin(),
                   [&](double fitness) { return std::isfinite(fitness) ? sign * fitness : -infinity; });
}

}  // namespace clade
