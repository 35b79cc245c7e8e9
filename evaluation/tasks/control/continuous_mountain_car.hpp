// Mountain car with a force to choose, which costs (as MountainCarContinuous-v0 of Gymnasium).
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

class ContinuousMountainCarTask final : public ControlTask {
public:
    struct Params {
        EpisodeParams episodes{};
    };

    ContinuousMountainCarTask() : ContinuousMountainCarTask(Params{}, {}) {}
    ContinuousMountainCarTask(const Params& params, const TaskContext& context);
};

void visit_fields(ContinuousMountainCarTask::Params& params, FieldVisitor& field);
void check_params(const ContinuousMountainCarTask::Params& params, IssueSink& issues);

/// State: x, v.
[[nodiscard]] std::unique_ptr<KernelEnvironment> make_continuous_mountain_car(SimdLevel level = best_simd_level());

}  // namespace clade
