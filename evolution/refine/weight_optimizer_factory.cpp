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

double optimizer_memory(RefineMethod method, double dimension, int offspring) {
    const double candidates =
        offspring > 0 ? offspring : static_cast<double>(default_offspring(static_cast<std::size_t>(dimension)));
    double numbers = 0.0;  // of double
    switch (method) {
        case RefineMethod::cma_es:
            numbers = dimension * (2.0 * dimension + 3.0 * candidates);  // covariance, axes; normals, steps, candidates
            break;
        case RefineMethod::snes:
            numbers = dimension * 2.0 * candidates;
            break;
        case RefineMethod::adam:
            numbers = dimension * 4.0;
            break;
        case RefineMethod::none:
            break;
    }
    return numbers * sizeof(double);
}

}  // namespace clade
