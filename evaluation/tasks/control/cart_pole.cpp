#include <clade/evaluation/tasks/control/cart_pole.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/evaluation/tasks/control/classic_control_kernels_internal.hpp>

#include <vector>

namespace clade {
namespace {

EnvironmentTraits cart_pole_traits() {
    return {.name = "cart_pole",
            .observations = {{.name = "position", .unit = "m", .low = -4.8, .high = 4.8, .scale = 0.5},
                             {.name = "velocity", .unit = "m/s", .scale = 0.5},
                             {.name = "angle", .unit = "rad", .low = -0.419, .high = 0.419, .scale = 5.0},
                             {.name = "angular velocity", .unit = "rad/s", .scale = 0.5}},
            .actions = discrete_actions({"push left", "push right"}),
            .step_limit = 500,
            .solved_return = 475.0,
            .step_seconds = 0.02,
            .page = {.reward = "1 per step, the last one included.",
                     .termination = "The cart is more than 2.4 m from the middle, the pole more than 12 degrees from "
                                    "upright, or after 500 steps.",
                     .source = "Barto, Sutton & Anderson 1983; dynamics and limits of Gymnasium's CartPole-v1. Start "
                               "states are uniform in +-0.05, from Clade's own generator."},
            .low = {-2.6, -0.6},
            .high = {2.6, 1.4}};
}

class CartPole final : public KernelEnvironment {
public:
    explicit CartPole(SimdLevel level)
        : KernelEnvironment(cart_pole_traits(), {{-0.05, 0.05}, {-0.05, 0.05}, {-0.05, 0.05}, {-0.05, 0.05}}, {},
                            classic_control_kernels_at(level).cart_pole) {}

    [[nodiscard]] Drawing draw(std::size_t lane) const override {
        const std::vector<double> state = state_of(lane);
        const double x = state[0];
        const auto [sine, cosine] = sincos_double(state[2]);
        const Point hinge{x, 0.24};
        return {{{.role = Shape::Role::scenery, .points = {{-2.4, 0.0}, {2.4, 0.0}}},
                 {.role = Shape::Role::body,
                  .points = {{x - 0.2, 0.0}, {x + 0.2, 0.0}, {x + 0.2, hinge.y}, {x - 0.2, hinge.y}},
                  .closed = true},
                 {.role = Shape::Role::part, .points = {hinge, {hinge.x + sine, hinge.y + cosine}}}}};
    }
};

}  // namespace

std::unique_ptr<KernelEnvironment> make_cart_pole(SimdLevel level) { return std::make_unique<CartPole>(level); }

CartPoleTask::CartPoleTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([] { return make_cart_pole(); }, params.episodes) {}

void visit_fields(CartPoleTask::Params& params, FieldVisitor& field) { visit_fields(params.episodes, field); }

void check_params(const CartPoleTask::Params& params, IssueSink& issues) {
    check_episodes(params.episodes, true, issues);
}

}  // namespace clade
