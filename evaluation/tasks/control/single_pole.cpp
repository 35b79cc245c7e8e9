#include <clade/evaluation/tasks/control/single_pole.hpp>

#include <clade/evaluation/tasks/control/pole_environment.hpp>

namespace clade {
namespace {

std::unique_ptr<LaneEnvironment> make_environment(const SinglePoleTask::Params& params) {
    EnvironmentTraits traits{
        .name = "single_pole", .step_limit = params.max_steps, .solved_return = static_cast<double>(params.max_steps)};
    traits.page.reward = "1 per step that ends with the pole up; the fitness is their sum.";
    traits.page.termination =
        "The pole is more than 12 degrees from upright, the cart more than 2.4 m from the middle, or after max_steps.";
    traits.page.solved = "Balanced for max_steps.";
    traits.page.source =
        "Gomez, Schmidhuber & Miikkulainen, JMLR 9:937-965 (2008), section 5.1, after Barto, Sutton & Anderson (1983); "
        "inputs are scaled as in NEAT's double pole.";
    return std::make_unique<PoleEnvironment>(std::move(traits), PoleSetup{.poles = 1,
                                                                          .start_angle = params.start_angle,
                                                                          .max_angle = 0.2094384,
                                                                          .cart_friction = params.cart_friction,
                                                                          .pole_friction = params.pole_friction,
                                                                          .velocities = params.velocities});
}

}  // namespace

SinglePoleTask::SinglePoleTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([params] { return make_environment(params); }, {}) {}

void visit_fields(SinglePoleTask::Params& params, FieldVisitor& field) {
    field("max_steps", params.max_steps, at_least(1), "Maximum number of steps per episode, 0.02 s each.");
    field("velocities", params.velocities, "Give the network the velocities; without them it must be recurrent.");
    field("start_angle", params.start_angle, between(-11.9, 11.9), "Initial angle of the pole. [degrees]");
    field("cart_friction", params.cart_friction, between(0.0, 1.0), "Friction of the cart on its track. [N]");
    field("pole_friction", params.pole_friction, between(0.0, 0.01), "Friction of the hinge. [N m s]");
}

}  // namespace clade
