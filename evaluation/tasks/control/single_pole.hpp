// One pole on a cart, with continuous force: an easy control task.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <cstdint>

namespace clade {

/// Fitness: steps balanced. Solved when that is the step limit.
class SinglePoleTask final : public ControlTask {
public:
    struct Params {
        std::uint64_t max_steps = 100'000;
        bool velocities = true;
        double start_angle = 4.0;
        double cart_friction = 5e-4;
        double pole_friction = 2e-6;
    };

    explicit SinglePoleTask(const Params& params, const TaskContext& context = {});
};

void visit_fields(SinglePoleTask::Params& params, FieldVisitor& field);

}  // namespace clade
