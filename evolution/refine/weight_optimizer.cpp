#include <clade/evolution/refine/weight_optimizer.hpp>

#include <clade/core/check.hpp>
#include <clade/core/functions/double_math_internal.hpp>
#include <clade/evolution/refine/adam.hpp>
#include <clade/evolution/refine/cma_es.hpp>
#include <clade/evolution/refine/snes.hpp>

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

std::unique_ptr<WeightOptimizer> make_weight_optimizer(RefineMethod method, std::span<const double> start,
                                                       const OptimizerSettings& settings) {
    switch (method) {
        case RefineMethod::cma_es:
            return std::make_unique<CmaEs>(start, settings);
        case RefineMethod::snes:
            return std::make_unique<Snes>(start, settings);
        case RefineMethod::adam:
            return std::make_unique<Adam>(start, settings);
        case RefineMethod::none:
            break;
    }
    throw LogicError("no refinement method was chosen");
}

}  // namespace clade
