// Optimisers of a vector of weights, by ask and tell. weight_optimizer_factory.hpp makes them.
//
// Results depend on the start, the settings, the random numbers and the merit alone: no method calls libm where
// processors differ, and sums run in a fixed order.
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/refine/refine_params.hpp>

#include <cstddef>
#include <span>

namespace clade {

/// An ask/tell optimiser of one vector of weights. For one thread at a time.
class WeightOptimizer {
public:
    virtual ~WeightOptimizer() = default;

    /// The number of weights, at least 1.
    [[nodiscard]] virtual std::size_t dimension() const noexcept = 0;

    /// The number of candidates per iteration, constant.
    [[nodiscard]] virtual std::size_t offspring() const noexcept = 0;

    /// Whether tell() needs the candidates' gradients.
    [[nodiscard]] virtual bool needs_gradient() const noexcept { return false; }

    /// Writes the candidates of the next iteration. [offspring x dimension]
    virtual void ask(std::span<double> candidates, Stream& random) = 0;

    /// Takes the merit of each candidate of the last ask(), higher is better, -infinity for one that failed [offspring],
    /// and the derivatives of the merit by the candidates' numbers [offspring x dimension]: empty for a method that
    /// needs none. @pre no merit is NaN.
    virtual void tell(std::span<const double> merit, std::span<const double> gradients = {}) = 0;

    /// True when more iterations are unlikely to help; each method states its rule. A restart may help.
    [[nodiscard]] virtual bool exhausted() const noexcept = 0;
};

struct OptimizerSettings {
    double step_size = RefineParams{}.step_size;          ///< first standard deviation; not for adam
    std::size_t offspring = 0;                            ///< candidates an iteration; 0 for the method's own number
    double learning_rate = RefineParams{}.learning_rate;  ///< for adam
};

/// The default number of candidates per iteration: 4 + floor(3 ln n), for CMA-ES and SNES (Hansen 2016, Table 1; Schaul
/// et al. 2011, Table 1).
[[nodiscard]] std::size_t default_offspring(std::size_t dimension) noexcept;

/// The indices of the candidates by their merit, best first, equal ones in their order. [merit.size()]
void rank_candidates(std::span<const double> merit, std::span<std::size_t> ranking);

}  // namespace clade
