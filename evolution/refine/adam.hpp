// Adam: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1, with the decay rates given
// there (0.9 and 0.999, epsilon 1e-8). Their learning rate is 0.001.
//
// One candidate an iteration, the first one the start itself. Merit are not looked at: what is best among the
// candidates is for the caller to keep.
//
// Exhausted when a candidate failed, a derivative was not finite, or all of them were 0.
#pragma once

#include <clade/evolution/refine/weight_optimizer.hpp>

#include <vector>

namespace clade {

class Adam final : public WeightOptimizer {
public:
    /// @pre `start` is not empty.
    Adam(std::span<const double> start, const OptimizerSettings& settings);

    [[nodiscard]] std::size_t dimension() const noexcept override { return point_.size(); }
    [[nodiscard]] std::size_t offspring() const noexcept override { return 1; }
    [[nodiscard]] bool needs_gradient() const noexcept override { return true; }
    void ask(std::span<double> candidates, Stream& random) override;
    void tell(std::span<const double> merit, std::span<const double> gradients) override;
    [[nodiscard]] bool exhausted() const noexcept override { return exhausted_; }

private:
    double learning_rate_;
    std::vector<double> point_;   // [n]
    std::vector<double> first_;   // [n]: decaying mean of the derivatives
    std::vector<double> second_;  // [n]: of their squares
    double first_decay_ = 1.0;    // to the power of the iterations
    double second_decay_ = 1.0;
    bool exhausted_ = false;
};

}  // namespace clade
