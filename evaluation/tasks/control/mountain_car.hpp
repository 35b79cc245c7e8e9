// Mountain car: an engine too weak for the hill must swing up (Moore 1990; as MountainCar-v0 of Gymnasium).
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

class MountainCarTask final : public ControlTask {
public:
    struct Params {
        EpisodeParams episodes{};
    };

    MountainCarTask() : MountainCarTask(Params{}, {}) {}
    MountainCarTask(const Params& params, const TaskContext& context);
};

void visit_fields(MountainCarTask::Params& params, FieldVisitor& field);
void check_params(const MountainCarTask::Params& params, IssueSink& issues);

/// State: x, v.
[[nodiscard]] std::unique_ptr<KernelEnvironment> make_mountain_car(SimdLevel level = best_simd_level());

/// The hill, the goal at `goal` and the car at `x`: for both mountain cars.
[[nodiscard]] Drawing draw_mountain_car(double x, double goal);

}  // namespace clade
