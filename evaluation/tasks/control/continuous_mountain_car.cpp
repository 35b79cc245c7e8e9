#include <clade/evaluation/tasks/control/continuous_mountain_car.hpp>

#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>
#include <clade/evaluation/tasks/control/mountain_car.hpp>

namespace clade {
namespace {

EnvironmentTraits continuous_mountain_car_traits() {
    return {
        .name = "continuous_mountain_car",
        .observations = {{.name = "position", .low = -1.2, .high = 0.6, .scale = 1.0},
                         {.name = "velocity", .unit = "1/step", .low = -0.07, .high = 0.07, .scale = 20.0}},
        .actions = continuous_actions({{.name = "force", .low = -1.0, .high = 1.0}}),
        .step_limit = 999,
        .solved_return = 90.0,
        .page = {.reward = "-0.1 times the squared force per step, and 100 for reaching the goal.",
                 .termination = "The car reaches position 0.45, or after 999 steps.",
                 .source = "Moore 1990; dynamics and limits of Gymnasium's MountainCarContinuous-v0, whose state is "
                           "in single precision: here sums are in double and rounded once per step. Start positions "
                           "are uniform in [-0.6, -0.4), from Clade's own generator."},
        .low = {-1.25, 0.0},
        .high = {0.65, 1.15}};
}

class ContinuousMountainCar final : public KernelEnvironment {
public:
    explicit ContinuousMountainCar(SimdLevel level)
        : KernelEnvironment(continuous_mountain_car_traits(), {{-0.6, -0.4}, {0.0, 0.0}}, {},
                            classic_control_kernels_at(level).continuous_mountain_car) {}

    [[nodiscard]] Drawing draw(std::size_t lane) const override { return draw_mountain_car(state_of(lane)[0], 0.45); }
};

}  // namespace

std::unique_ptr<KernelEnvironment> make_continuous_mountain_car(SimdLevel level) {
    return std::make_unique<ContinuousMountainCar>(level);
}

ContinuousMountainCarTask::ContinuousMountainCarTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([] { return make_continuous_mountain_car(); }, params.episodes) {}

void visit_fields(ContinuousMountainCarTask::Params& params, FieldVisitor& field) {
    visit_fields(params.episodes, field);
}

void check_params(const ContinuousMountainCarTask::Params& params, IssueSink& issues) {
    check_episodes(params.episodes, false, issues);
}

}  // namespace clade
