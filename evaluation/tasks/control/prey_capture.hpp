// Prey capture: an agent hunts prey on a grid. It sees the prey only when near, so it needs memory.
//
// After Gomez & Miikkulainen, "Incremental Evolution of Complex General Behavior", Adaptive Behavior 5, 1997, in the form
// that SharpNEAT gives it: a grid of 24 x 24, 14 inputs, 4 outputs, 70 steps. The fitness is the share of episodes in
// which the prey is caught.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

struct PreyCaptureParams {
    int grid_size = 24;         ///< squares along a side
    int head_start = 4;         ///< moves of the prey before the agent moves at all
    double prey_speed = 1.0;    ///< probability that the prey moves in a step
    double sensor_range = 4.0;  ///< in squares
    EpisodeParams episodes{.episodes = 100};
};

/// The hunt as an environment. Observations [13]: prey in each of eight directions (0 or 1), prey at most 2 squares away
/// (0 or 1), nearness of the walls to the north, east, south and west (0 to 1). Actions: a square to the north, east,
/// south or west.
[[nodiscard]] std::unique_ptr<Environment> make_prey_capture(const PreyCaptureParams& params);

class PreyCaptureTask final : public ControlTask {
public:
    using Params = PreyCaptureParams;

    PreyCaptureTask() : PreyCaptureTask(Params{}, {}) {}
    PreyCaptureTask(const Params& params, const TaskContext& context);
};

void visit_fields(PreyCaptureParams& params, FieldVisitor& field);
void check_params(const PreyCaptureParams& params, IssueSink& issues);

}  // namespace clade
