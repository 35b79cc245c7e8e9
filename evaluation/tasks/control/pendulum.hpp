// Pendulum: swung up and held upright by a torque too weak to lift it (as Pendulum-v1 of Gymnasium).
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

class PendulumTask final : public ControlTask {
public:
    struct Params {
        EpisodeParams episodes{};
    };

    PendulumTask() : PendulumTask(Params{}, {}) {}
    PendulumTask(const Params& params, const TaskContext& context);
};

void visit_fields(PendulumTask::Params& params, FieldVisitor& field);
void check_params(const PendulumTask::Params& params, IssueSink& issues);

/// State: theta, theta', 0: upright.
[[nodiscard]] std::unique_ptr<KernelEnvironment> make_pendulum(SimdLevel level = best_simd_level());

}  // namespace clade
