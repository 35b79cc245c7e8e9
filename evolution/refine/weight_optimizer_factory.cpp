#include <clade/evolution/refine/weight_optimizer_factory.hpp>

#include <clade/core/error.hpp>
#include <clade/evolution/refine/adam.hpp>
#include <clade/evolution/refine/cma_es.hpp>
#include <clade/evolution/refine/snes.hpp>

namespace clade {

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
