// The dynamics of the classic control tasks, a table of them for each SIMD level.
#pragma once

#include <clade/core/kernels_internal.hpp>
#include <clade/evaluation/episodes/lane_environment.hpp>

namespace clade {

/// What state and actions are stands at the top of classic_control_kernels.cpp.
struct ClassicControlKernels {
    LaneKernels cart_pole;
    LaneKernels mountain_car;
    LaneKernels continuous_mountain_car;
    LaneKernels acrobot;
    LaneKernels pendulum;
};

CLADE_DECLARE_KERNELS(ClassicControlKernels, classic_control_kernels)

}  // namespace clade
