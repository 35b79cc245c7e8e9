#include <clade/evaluation/tasks/control/acrobot.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>

#include <vector>

namespace clade {
namespace {

EnvironmentTraits acrobot_traits() {
    return {.name = "acrobot",
            .observations =
                {{.name = "cosine 1", .low = -1.0, .high = 1.0},
                 {.name = "sine 1", .low = -1.0, .high = 1.0},
                 {.name = "cosine 2", .low = -1.0, .high = 1.0},
                 {.name = "sine 2", .low = -1.0, .high = 1.0},
                 {.name = "angular velocity 1", .unit = "rad/s", .low = -12.567, .high = 12.567, .scale = 0.25},
                 {.name = "angular velocity 2", .unit = "rad/s", .low = -28.275, .high = 28.275, .scale = 0.125}},
            .actions = discrete_actions({"torque -1", "no torque", "torque +1"}),
            .step_limit = 500,
            .solved_return = -100.0,
            .step_seconds = 0.2,
            .page = {.reward = "-1 per step, 0 for the step that reaches the goal.",
                     .termination = "The tip is more than a link's length above the hinge, or after 500 steps.",
                     .source = "Sutton 1996; dynamics and limits of Gymnasium's Acrobot-v1 (Sutton & Barto 1998, 11.3; "
                               "one Runge-Kutta step of 0.2 s). Start states are uniform in +-0.1, from Clade's own "
                               "generator."},
            .low = {-2.2, -2.2},
            .high = {2.2, 2.2}};
}

class Acrobot final : public KernelEnvironment {
public:
    explicit Acrobot(SimdLevel level)
        : KernelEnvironment(acrobot_traits(), {{-0.1, 0.1}, {-0.1, 0.1}, {-0.1, 0.1}, {-0.1, 0.1}}, {},
                            classic_control_kernels_at(level).acrobot) {}

    [[nodiscard]] Drawing draw(std::size_t lane) const override {
        const std::vector<double> state = state_of(lane);
        const SineCosine upper = sincos_double(state[0]);
        const SineCosine lower = sincos_double(state[0] + state[1]);
        const Point elbow{upper.sine, -upper.cosine};
        const Point tip{elbow.x + lower.sine, elbow.y - lower.cosine};
        return {{{.role = Shape::Role::scenery, .points = {{-2.2, 1.0}, {2.2, 1.0}}},
                 {.role = Shape::Role::body, .points = {{0.0, 0.0}, elbow}},
                 {.role = Shape::Role::part, .points = {elbow, tip}},
                 {.role = Shape::Role::part, .points = {elbow}, .radius = 0.08}}};
    }
};

}  // namespace

std::unique_ptr<KernelEnvironment> make_acrobot(SimdLevel level) { return std::make_unique<Acrobot>(level); }

AcrobotTask::AcrobotTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([] { return make_acrobot(); }, params.episodes) {}

void visit_fields(AcrobotTask::Params& params, FieldVisitor& field) { visit_fields(params.episodes, field); }

void check_params(const AcrobotTask::Params& params, IssueSink& issues) {
    check_episodes(params.episodes, true, issues);
}

}  // namespace clade
