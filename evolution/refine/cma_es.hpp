// Covariance matrix adaptation: the (mu/mu_w, lambda)-CMA-ES of Hansen, "The CMA Evolution Strategy: A Tutorial" (arXiv
// 1604.00772, 2016), with its default parameters (Table 1) and its active update: the worse half of the candidates
// counts with negative weights.
//
//   candidate k   x_k = m + sigma y_k,  y_k = B D z_k,  z_k normal;   C = B D^2 B'
//
// Exhausted (the rules TolX, ConditionCov and EqualFunValues of Auger & Hansen, "A restart CMA evolution strategy with
// increasing population size", CEC 2005) when
//   - every coordinate's standard deviation is below 1e-9 of the first step size,
//   - the condition number of C is above 1e14,
//   - the best merit of an iteration has been the same for 10 + ceil(30 n / lambda) iterations.
// Where the best and the candidate of rank 0.7 lambda are equal, the step grows by exp(0.2 + c_sigma / d_sigma): away
// from the plateau (tutorial, appendix C).
//
// Time: O(lambda n^2) an iteration, and O(n^3) each 1 / (10 n (c_1 + c_mu)) iterations. Memory: two n x n matrices.
#pragma once

#include <clade/evolution/refine/flat_fitness.hpp>
#include <clade/evolution/refine/weight_optimizer.hpp>

#include <vector>

namespace clade {

class CmaEs final : public WeightOptimizer {
public:
    /// @pre `start` is not empty, offspring is 0 or at least 4.
    CmaEs(std::span<const double> start, const OptimizerSettings& settings);

    [[nodiscard]] std::size_t dimension() const noexcept override { return mean_.size(); }
    [[nodiscard]] std::size_t offspring() const noexcept override { return weights_.size(); }
    void ask(std::span<double> candidates, Stream& random) override;
    void tell(std::span<const double> merit, std::span<const double> gradients) override;
    [[nodiscard]] bool exhausted() const noexcept override { return exhausted_; }

    [[nodiscard]] std::span<const double> mean() const noexcept { return mean_; }
    [[nodiscard]] double step_size() const noexcept { return sigma_; }

private:
    /// Rates of learning, named as in the tutorial.
    struct Rates {
        double mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu;
    };

    void choose_weights();
    void move_mean();
    void follow_paths();
    void adapt_covariance();
    void adapt_step(std::span<const double> merit);
    void decompose();
    void note_exhaustion(std::span<const double> merit);

    [[nodiscard]] std::span<const double> normal(std::size_t rank) const noexcept;
    [[nodiscard]] std::span<const double> step(std::size_t rank) const noexcept;

    Rates rates_{};
    std::vector<double> weights_;  // [offspring], by rank: positive, then negative
    std::size_t parents_ = 0;      // mu: those of positive weight
    double first_sigma_;
    double sigma_;
    std::vector<double> mean_;           // m [n]
    std::vector<double> covariance_;     // C [n x n], column after column; the lower triangle
    std::vector<double> axes_;           // B [n x n], column after column
    std::vector<double> lengths_;        // D [n]
    std::vector<double> path_sigma_;     // [n]
    std::vector<double> path_c_;         // [n]
    std::vector<double> normals_;        // z_k [offspring x n]
    std::vector<double> steps_;          // y_k [offspring x n]
    std::vector<std::size_t> ranking_;   // [offspring], best first
    std::vector<double> normal_mean_;    // weighted mean of the parents' z [n]
    std::vector<double> step_mean_;      // weighted mean of the parents' y [n]
    std::vector<double> scratch_;        // [n]
    double path_start_ = 1.0;            // (1 - c_sigma)^(2 iterations)
    bool path_is_short_ = true;          // h_sigma
    std::size_t since_decomposed_ = 0;   // [iterations]
    std::size_t decomposition_gap_ = 1;  // [iterations]
    FlatFitness flat_;
    bool exhausted_ = false;
};

}  // namespace clade
