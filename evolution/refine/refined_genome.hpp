// The result of refining one genome.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <vector>

namespace clade {

struct RefinedGenome {
    std::size_t genome = 0;        ///< position in its generation
    double fitness_before = 0.0;   ///< as it was scored
    double fitness = 0.0;          ///< the best found, that before included
    std::size_t evaluations = 0;   ///< candidates scored
    std::vector<float> weights{};  ///< of all connections with that fitness; empty if nothing better was found
    std::vector<float> biases{};   ///< of all nodes, likewise

    [[nodiscard]] bool improved() const noexcept { return !weights.empty() || !biases.empty(); }
};

}  // namespace clade
