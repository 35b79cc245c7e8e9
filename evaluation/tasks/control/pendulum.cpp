#include <clade/evaluation/tasks/control/pendulum.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>

namespace clade {
namespace {

EnvironmentTraits pendulum_traits() {
    return {
        .name = "pendulum",
        .observations = {{.name = "cosine", .low = -1.0, .high = 1.0},
                         {.name = "sine", .low = -1.0, .high = 1.0},
                         {.name = "angular velocity", .unit = "rad/s", .low = -8.0, .high = 8.0, .scale = 0.25}},
        .actions = continuous_actions({{.name = "torque", .unit = "N m", .low = -2.0, .high = 2.0}}),
        .step_limit = 200,
        .solved_return = -200.0,
        .step_seconds = 0.05,
        .page = {.reward =
                     "-(angle^2 + 0.1 angular velocity^2 + 0.001 torque^2) per step; the angle is from upright, in "
                     "[-pi, pi], before the step.",
                 .termination = "After 200 steps.",
                 .source = "Dynamics and limits of Gymnasium's Pendulum-v1, which names no solved return: -200 is "
                           "customary. Start states have any angle and an angular velocity in +-1, from Clade's own "
                           "generator."},
        .low = {-1.2, -1.2},
        .high = {1.2, 1.2}};
}

class Pendulum final : public KernelEnvironment {
public:
    explicit Pendulum(SimdLevel level)
        : KernelEnvironment(pendulum_traits(), {{-3.14159265358979323846, 3.14159265358979323846}, {-1.0, 1.0}}, {},
                            classic_control_kernels_at(level).pendulum) {}

    [[nodiscard]] Drawing draw(std::size_t lane) const override {
        const auto [sine, cosine] = sincos_double(state_of(lane)[0]);
        const Point tip{-sine, cosine};  // angles grow counterclockwise
        return {{{.role = Shape::Role::scenery, .points = {{0.0, 0.0}}, .radius = 0.04},
                 {.role = Shape::Role::body, .points = {{0.0, 0.0}, tip}},
                 {.role = Shape::Role::part, .points = {tip}, .radius = 0.08}}};
    }
};

}  // namespace

std::unique_ptr<KernelEnvironment> make_pendulum(SimdLevel level) { return std::make_unique<Pendulum>(level); }

PendulumTask::PendulumTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([] { return make_pendulum(); }, params.episodes) {}

void visit_fields(PendulumTask::Params& params, FieldVisitor& field) { visit_fields(params.episodes, field); }

void check_params(const PendulumTask::Params& params, IssueSink& issues) {
    check_episodes(params.episodes, false, issues);
}

}  // namespace clade
