#include <clade/evolution/refine/weight_optimizer.hpp>

#include <clade/core/functions/double_math_internal.hpp>

#include <algorithm>
#include <numeric>

namespace clade {

std::size_t default_offspring(std::size_t dimension) noexcept {
    return 4 + static_cast<std::size_t>(3.0 * log_double(static_cast<double>(dimension)));
}

void rank_candidates(std::span<const double> merit, std::span<std::size_t> ranking) {
    std::iota(ranking.begin(), ranking.end(), std::size_t{0});
    std::stable_sort(ranking.begin(), ranking.end(), [&](std::size_t a, std::size_t b) { return merit[a] > merit[b]; });
}

}  // namespace clade
