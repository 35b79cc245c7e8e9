// Vectors are summed in loops of our own: Eigen's products of matrices choose their order by the processor's caches.
#include <clade/evolution/refine/cma_es.hpp>

#include <clade/core/check.hpp>
#include <clade/core/functions/double_math_internal.hpp>

// In a namespace of its own: of equal inline functions the linker keeps one, and a program that uses Eigen too may have
// compiled its own with other instructions.
#define Eigen clade_eigen
#include <Eigen/Eigenvalues>
#undef Eigen

#include <algorithm>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

constexpr double largest_condition = 1e14;

double squared_length(std::span<const double> x) { return std::inner_product(x.begin(), x.end(), x.begin(), 0.0); }

/// y += factor x
void add_multiple(std::span<double> y, double factor, std::span<const double> x) {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] += factor * x[i];
}

/// y = matrix x, with a matrix of y.size() rows, column after column.
void multiply(std::span<const double> matrix, std::span<const double> x, std::span<double> y) {
    std::fill(y.begin(), y.end(), 0.0);
    for (std::size_t column = 0; column < x.size(); ++column) {
        add_multiple(y, x[column], matrix.subspan(column * y.size(), y.size()));
    }
}

/// (sum of the weights)^2 / sum of their squares.
double effective_count(std::span<const double> weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    return sum * sum / squared_length(weights);
}

/// Of the length of a vector of n normal numbers.
double expected_length(double n) { return std::sqrt(n) * (1.0 - 1.0 / (4.0 * n) + 1.0 / (21.0 * n * n)); }

}  // namespace

CmaEs::CmaEs(std::span<const double> start, const OptimizerSettings& settings)
    : weights_(settings.offspring == 0 ? default_offspring(start.size()) : settings.offspring),
      first_sigma_(settings.step_size),
      sigma_(settings.step_size),
      mean_(start.begin(), start.end()),
      flat_(start.size(), weights_.size()) {
    CLADE_CHECK(!start.empty() && weights_.size() >= 4, "CMA-ES needs something to vary and four candidates");
    const std::size_t n = dimension();
    choose_weights();
    covariance_.assign(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) covariance_[i * n + i] = 1.0;
    axes_ = covariance_;
    lengths_.assign(n, 1.0);
    for (auto* vector : {&path_sigma_, &path_c_, &normal_mean_, &step_mean_, &scratch_}) vector->assign(n, 0.0);
    normals_.resize(offspring() * n);
    steps_.resize(offspring() * n);
    ranking_.resize(offspring());
}

/// Table 1 of the tutorial.
void CmaEs::choose_weights() {
    const auto n = static_cast<double>(dimension());
    const auto lambda = static_cast<double>(offspring());
    parents_ = offspring() / 2;
    for (std::size_t i = 0; i < offspring(); ++i) {
        weights_[i] = log_double((lambda + 1.0) / 2.0) - log_double(static_cast<double>(i + 1));
    }
    const std::span better = std::span(weights_).first(parents_);
    const std::span worse = std::span(weights_).subspan(parents_);
    Rates& r = rates_;
    r.mu_eff = effective_count(better);
    r.c_sigma = (r.mu_eff + 2.0) / (n + r.mu_eff + 5.0);
    r.d_sigma = 1.0 + 2.0 * std::max(0.0, std::sqrt((r.mu_eff - 1.0) / (n + 1.0)) - 1.0) + r.c_sigma;
    r.c_c = (4.0 + r.mu_eff / n) / (n + 4.0 + 2.0 * r.mu_eff / n);
    r.c_1 = 2.0 / ((n + 1.3) * (n + 1.3) + r.mu_eff);
    r.c_mu = std::min(1.0 - r.c_1, 2.0 * (0.25 + r.mu_eff + 1.0 / r.mu_eff - 2.0) / ((n + 2.0) * (n + 2.0) + r.mu_eff));

    const double mu_eff_worse = effective_count(worse);
    const double negative_sum = std::min(
        {1.0 + r.c_1 / r.c_mu, 1.0 + 2.0 * mu_eff_worse / (r.mu_eff + 2.0), (1.0 - r.c_1 - r.c_mu) / (n * r.c_mu)});
    const double better_sum = std::accumulate(better.begin(), better.end(), 0.0);
    const double worse_sum = -std::accumulate(worse.begin(), worse.end(), 0.0);
    for (double& weight : better) weight /= better_sum;
    for (double& weight : worse) weight *= negative_sum / worse_sum;
    decomposition_gap_ = std::max<std::size_t>(1, static_cast<std::size_t>(1.0 / (10.0 * n * (r.c_1 + r.c_mu))));
}

void CmaEs::ask(std::span<double> candidates, Stream& random) {
    const std::size_t n = dimension();
    for (double& z : normals_) z = random.normal();
    for (std::size_t k = 0; k < offspring(); ++k) {
        const std::span y = std::span(steps_).subspan(k * n, n);
        for (std::size_t i = 0; i < n; ++i) scratch_[i] = lengths_[i] * normals_[k * n + i];
        multiply(axes_, scratch_, y);
        for (std::size_t i = 0; i < n; ++i) candidates[k * n + i] = mean_[i] + sigma_ * y[i];
    }
}

std::span<const double> CmaEs::normal(std::size_t rank) const noexcept {
    return std::span(normals_).subspan(ranking_[rank] * dimension(), dimension());
}

std::span<const double> CmaEs::step(std::size_t rank) const noexcept {
    return std::span(steps_).subspan(ranking_[rank] * dimension(), dimension());
}

void CmaEs::tell(std::span<const double> merit, std::span<const double> /*gradients*/) {
    CLADE_CHECK(merit.size() == offspring(), "a merit is missing");
    rank_candidates(merit, ranking_);
    move_mean();
    follow_paths();
    adapt_covariance();
    adapt_step(merit);
    if (++since_decomposed_ >= decomposition_gap_) decompose();
    note_exhaustion(merit);
}

void CmaEs::move_mean() {
    std::fill(normal_mean_.begin(), normal_mean_.end(), 0.0);
    std::fill(step_mean_.begin(), step_mean_.end(), 0.0);
    for (std::size_t rank = 0; rank < parents_; ++rank) {
        add_multiple(normal_mean_, weights_[rank], normal(rank));
        add_multiple(step_mean_, weights_[rank], step(rank));
    }
    add_multiple(mean_, sigma_, step_mean_);
}

/// C^(-1/2) times the mean step is B times the mean z.
void CmaEs::follow_paths() {
    const Rates& r = rates_;
    const auto n = static_cast<double>(dimension());
    multiply(axes_, normal_mean_, scratch_);
    const double gain = std::sqrt(r.c_sigma * (2.0 - r.c_sigma) * r.mu_eff);
    for (std::size_t i = 0; i < dimension(); ++i) {
        path_sigma_[i] = (1.0 - r.c_sigma) * path_sigma_[i] + gain * scratch_[i];
    }
    path_start_ *= (1.0 - r.c_sigma) * (1.0 - r.c_sigma);
    path_is_short_ =
        std::sqrt(squared_length(path_sigma_) / (1.0 - path_start_)) < (1.4 + 2.0 / (n + 1.0)) * expected_length(n);
    const double gain_c = path_is_short_ ? std::sqrt(r.c_c * (2.0 - r.c_c) * r.mu_eff) : 0.0;
    for (std::size_t i = 0; i < dimension(); ++i) {
        path_c_[i] = (1.0 - r.c_c) * path_c_[i] + gain_c * step_mean_[i];
    }
}

void CmaEs::adapt_covariance() {
    const Rates& r = rates_;
    const std::size_t n = dimension();
    const double weight_sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
    const double correction = path_is_short_ ? 0.0 : r.c_1 * r.c_c * (2.0 - r.c_c);
    const double kept = 1.0 + correction - r.c_1 - r.c_mu * weight_sum;
    for (double& c : covariance_) c *= kept;
    const auto add_outer = [&](double factor, std::span<const double> y) {
        for (std::size_t column = 0; column < n; ++column) {
            const std::span below = std::span(covariance_).subspan(column * n + column, n - column);
            add_multiple(below, factor * y[column], y.subspan(column));
        }
    };
    add_outer(r.c_1, path_c_);
    for (std::size_t rank = 0; rank < offspring(); ++rank) {
        double weight = weights_[rank];
        if (weight < 0.0) weight *= static_cast<double>(n) / squared_length(normal(rank));
        add_outer(r.c_mu * weight, step(rank));
    }
}

void CmaEs::adapt_step(std::span<const double> merit) {
    const Rates& r = rates_;
    const double ratio = std::sqrt(squared_length(path_sigma_)) / expected_length(static_cast<double>(dimension()));
    sigma_ *= exp_double(r.c_sigma / r.d_sigma * (ratio - 1.0));
    const std::size_t far = (7 * offspring() + 9) / 10 - 1;
    if (merit[ranking_.front()] == merit[ranking_[far]]) sigma_ *= exp_double(0.2 + r.c_sigma / r.d_sigma);
}

void CmaEs::decompose() {
    const auto n = static_cast<clade_eigen::Index>(dimension());
    const clade_eigen::Map<const clade_eigen::MatrixXd> covariance(covariance_.data(), n, n);
    const clade_eigen::SelfAdjointEigenSolver<clade_eigen::MatrixXd> solver(covariance);  // reads the lower triangle
    since_decomposed_ = 0;
    const double smallest = solver.eigenvalues()[0];
    const double largest = solver.eigenvalues()[n - 1];
    if (solver.info() != clade_eigen::Success || !(largest < largest_condition * smallest)) {
        exhausted_ = true;
        return;
    }
    for (clade_eigen::Index i = 0; i < n; ++i)
        lengths_[static_cast<std::size_t>(i)] = std::sqrt(solver.eigenvalues()[i]);
    std::copy_n(solver.eigenvectors().data(), axes_.size(), axes_.begin());
}

void CmaEs::note_exhaustion(std::span<const double> merit) {
    flat_.note(merit);
    double widest = 0.0;
    for (std::size_t i = 0; i < dimension(); ++i) widest = std::max(widest, covariance_[i * dimension() + i]);
    const bool collapsed = sigma_ * std::sqrt(widest) < collapsed_step * first_sigma_;
    exhausted_ = exhausted_ || collapsed || flat_.holds();
}

}  // namespace clade
