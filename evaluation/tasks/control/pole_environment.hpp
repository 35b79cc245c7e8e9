// One or two poles hinged on a cart, which is pushed along a track so that they stay up: what the tasks of pole
// balancing have in common. Physics and sources: pole_kernels.cpp.
#pragma once

#include <clade/evaluation/episodes/lane_environment.hpp>

#include <cstddef>

namespace clade {

/// A cart with its poles. The first pole is 1 m long and weighs 0.1 kg, the cart weighs 1 kg.
struct PoleSetup {
    std::size_t poles = 1;        ///< 1 or 2
    double second_pole = 0.1;     ///< length and mass of the second pole as a part of the first one's
    double start_angle = 4.0;     ///< degrees, of the first pole; all else begins with 0
    double max_angle = 0.628329;  ///< rad, either pole
    double cart_friction = 0.0;   ///< N, against the motion
    double pole_friction = 2e-6;  ///< N m s, in each hinge
    bool velocities = true;       ///< whether a network reads them
};

class PoleEnvironment final : public KernelEnvironment {
public:
    /// `texts` gives name, limits and page; observations and actions, and how it looks, are added here.
    PoleEnvironment(EnvironmentTraits texts, const PoleSetup& setup, SimdLevel simd = best_simd_level());

    /// Track, cart and poles.
    [[nodiscard]] Drawing draw(std::size_t lane) const override;

private:
    PoleSetup setup_;
};

}  // namespace clade
