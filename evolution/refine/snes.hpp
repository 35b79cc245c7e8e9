// A separable natural evolution strategy: SNES of Schaul, Glasmachers & Schmidhuber, "High dimensions and heavy tails
// for natural evolution strategies", GECCO 2011; also Wierstra et al., "Natural evolution strategies", JMLR 15, 2014,
// with the utilities and learning rates given there (Table 1). Each coordinate has a step size of its own and no
// correlation is learned: O(n) a candidate, for many weights.
//
//   candidate k   x_k = m + sigma s_k (by coordinates), s_k normal
//
// Exhausted when
//   - every step size is below 1e-9 of the first one,
//   - the largest step size is above 1e7 times the smallest (the condition number 1e14 of CMA-ES),
//   - the best merit of an iteration has been the same for 10 + ceil(30 n / lambda) iterations.
#pragma once

#include <clade/evolution/refine/flat_fitness.hpp>
#include <clade/evolution/refine/weight_optimizer.hpp>

#include <vector>

namespace clade {

class Snes final : public WeightOptimizer {
public:
    /// @pre `start` is not empty, offspring is 0 or at least 4.
    Snes(std::span<const double> start, const OptimizerSettings& settings);

    [[nodiscard]] std::size_t dimension() const noexcept override { return mean_.size(); }
    [[nodiscard]] std::size_t offspring() const noexcept override { return utilities_.size(); }
    void ask(std::span<double> candidates, Stream& random) override;
    void tell(std::span<const double> merit, std::span<const double> gradients) override;
    [[nodiscard]] bool exhausted() const noexcept override { return exhausted_; }

private:
    void note_exhaustion(std::span<const double> merit);

    std::vector<double> utilities_;  // [offspring], by rank
    double first_sigma_;
    double rate_;                       // eta_sigma; that of the mean is 1
    std::vector<double> mean_;          // [n]
    std::vector<double> sigma_;         // [n]
    std::vector<double> normals_;       // s_k [offspring x n]
    std::vector<std::size_t> ranking_;  // [offspring], best first
    FlatFitness flat_;
    bool exhausted_ = false;
};

}  // namespace clade
