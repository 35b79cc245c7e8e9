#include <clade/evaluation/tasks/control/mountain_car.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>

#include <utility>

namespace clade {
namespace {

EnvironmentTraits mountain_car_traits() {
    return {.name = "mountain_car",
            .observations = {{.name = "position", .low = -1.2, .high = 0.6, .scale = 1.0},
                             {.name = "velocity", .unit = "1/step", .low = -0.07, .high = 0.07, .scale = 20.0}},
            .actions = discrete_actions({"accelerate left", "coast", "accelerate right"}),
            .step_limit = 200,
            .solved_return = -110.0,
            .page = {.reward = "-1 per step.",
                     .termination = "The car reaches position 0.5, or after 200 steps.",
                     .source = "Moore 1990; dynamics and limits of Gymnasium's MountainCar-v0. Start positions are "
                               "uniform in [-0.6, -0.4), from Clade's own generator."},
            .low = {-1.25, 0.0},
            .high = {0.65, 1.15}};
}

class MountainCar final : public KernelEnvironment {
public:
    explicit MountainCar(SimdLevel level)
        : KernelEnvironment(mountain_car_traits(), {{-0.6, -0.4}, {0.0, 0.0}}, {},
                            classic_control_kernels_at(level).mountain_car) {}

    [[nodiscard]] Drawing draw(std::size_t lane) const override { return draw_mountain_car(state_of(lane)[0], 0.5); }
};

}  // namespace

std::unique_ptr<KernelEnvironment> make_mountain_car(SimdLevel level) { return std::make_unique<MountainCar>(level); }

Drawing draw_mountain_car(double x, double goal) {
    // The height whose slope the dynamics has, as Gymnasium draws it.
    const auto on_hill = [](double at) { return Point{at, 0.45 * sin_double(3.0 * at) + 0.55}; };
    Shape hill{.role = Shape::Role::scenery};
    for (int i = 0; i <= 60; ++i) hill.points.push_back(on_hill(-1.2 + 0.03 * i));
    const Point foot = on_hill(goal);
    const Point car = on_hill(x);
    return {{std::move(hill),
             {.role = Shape::Role::scenery, .points = {foot, {foot.x, foot.y + 0.12}}},
             {.role = Shape::Role::body, .points = {{car.x, car.y + 0.04}}, .radius = 0.04}}};
}

MountainCarTask::MountainCarTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([] { return make_mountain_car(); }, params.episodes) {}

void visit_fields(MountainCarTask::Params& params, FieldVisitor& field) { visit_fields(params.episodes, field); }

void check_params(const MountainCarTask::Params& params, IssueSink& issues) {
    check_episodes(params.episodes, true, issues);
}

}  // namespace clade
