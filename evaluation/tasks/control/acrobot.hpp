// Acrobot: two links hang from a hinge; a motor between them must swing the tip above a line (Sutton 1996; as Acrobot-v1
// of Gymnasium, "book" dynamics).
#pragma once

#include <clade/core/simd.hpp>
#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

class AcrobotTask final : public ControlTask {
public:
    struct Params {
        EpisodeParams episodes{};
    };

    AcrobotTask() : AcrobotTask(Params{}, {}) {}
    AcrobotTask(const Params& params, const TaskContext& context);
};

void visit_fields(AcrobotTask::Params& params, FieldVisitor& field);
void check_params(const AcrobotTask::Params& params, IssueSink& issues);

/// State: theta1, theta2, theta1', theta2', 0: hanging down, straight.
[[nodiscard]] std::unique_ptr<KernelEnvironment> make_acrobot(SimdLevel level = best_simd_level());

}  // namespace clade
