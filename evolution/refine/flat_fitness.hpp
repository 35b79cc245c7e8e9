// Detects a flat fitness landscape.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace clade {

/// The rule EqualFunValues of Auger & Hansen 2005: the best merit of an iteration has not changed, up or down, over the
/// last 10 + ceil(30 n / offspring) of them.
class FlatFitness {
public:
    FlatFitness(std::size_t dimension, std::size_t offspring)
        : limit_(10 + (30 * dimension + offspring - 1) / offspring) {}

    /// Takes note of an iteration's merit. @pre not empty.
    void note(std::span<const double> merit) {
        const double best = *std::max_element(merit.begin(), merit.end());
        equal_ = equal_ > 0 && best == best_ ? equal_ + 1 : 1;
        best_ = best;
    }

    [[nodiscard]] bool holds() const noexcept { return equal_ >= limit_; }

private:
    std::size_t limit_;      // iterations
    std::size_t equal_ = 0;  // iterations with the same best merit, up to the last
    double best_ = 0.0;
};

/// A step size this small against the first moves no weight in single precision any more.
inline constexpr double collapsed_step = 1e-9;

}  // namespace clade
