// Makes the optimiser of a method.
//
//   const auto optimizer = make_weight_optimizer(RefineMethod::cma_es, start, {.step_size = 0.5});
//   std::vector<double> candidates(optimizer->offspring() * optimizer->dimension());
//   while (!optimizer->exhausted()) {
//       optimizer->ask(candidates, random);
//       ... a merit for each candidate ...
//       optimizer->tell(merit);
//   }
#pragma once

#include <clade/evolution/refine/weight_optimizer.hpp>

#include <memory>
#include <span>

namespace clade {

/// An optimiser of `method` that begins at `start`. @pre `method` is not none, `start` is not empty.
[[nodiscard]] std::unique_ptr<WeightOptimizer> make_weight_optimizer(RefineMethod method, std::span<const double> start,
                                                                     const OptimizerSettings& settings);

/// What such an optimiser takes at least, about. `offspring` as in RefineParams. [bytes]
[[nodiscard]] double optimizer_memory(RefineMethod method, double dimension, int offspring);

}  // namespace clade
