// What the kernels of pole balancing are called with.
//
//   state         position | velocity | angle 1 | rate 1 | angle 2 | rate 2     m, m/s, rad, rad/s; one pole: four rows
//   observations  the state, or what of it is no velocity, then a 1 for the bias
//   actions       force in N
#pragma once

#include <clade/core/kernels_internal.hpp>
#include <clade/evaluation/episodes/lane_environment.hpp>

#include <cstddef>

namespace clade {

/// The constants of a pole as the equations of motion use them.
struct PoleConstants {
    double mass;           ///< kg
    double moment;         ///< mass times half-length, kg m
    double inverse_reach;  ///< 3/4 over half-length, 1/m
    double friction;       ///< of the hinge over `moment`
};

/// All constants, doubles throughout: what LanePass::constants points to.
struct CartConstants {
    double friction;   ///< of the cart on its track, N
    double max_angle;  ///< rad
    PoleConstants poles[2];
};
inline constexpr std::size_t cart_constant_count = sizeof(CartConstants) / sizeof(double);

inline constexpr double track_end = 2.4;  ///< m from the middle

/// The kernels of one SIMD level.
struct PoleKernels {
    LaneKernels of[2][2];  ///< [second pole][velocities are observed]
};

CLADE_DECLARE_KERNELS(PoleKernels, pole_kernels)

}  // namespace clade
