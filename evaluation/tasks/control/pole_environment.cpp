#include <clade/evaluation/tasks/control/pole_environment.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/core/special_values_internal.hpp>
#include <clade/evaluation/tasks/control/pole_kernels_internal.hpp>

#include <cstring>

namespace clade {
namespace {

constexpr double radians_a_degree = 3.14159265358979323846 / 180.0;
constexpr double max_force = 10.0;  // N

struct PoleSize {
    double half_length;  // m
    double mass;         // kg
};

PoleSize size_of_pole(const PoleSetup& setup, std::size_t pole) {
    const double part = pole == 0 ? 1.0 : setup.second_pole;
    return {0.5 * part, 0.1 * part};
}

std::vector<double> constants_of(const PoleSetup& setup) {
    CartConstants constants{.friction = setup.cart_friction, .max_angle = setup.max_angle, .poles = {}};
    for (std::size_t i = 0; i < 2; ++i) {
        const PoleSize size = size_of_pole(setup, i);
        const double moment = size.mass * size.half_length;
        constants.poles[i] = {.mass = size.mass,
                              .moment = moment,
                              .inverse_reach = 0.75 / size.half_length,
                              .friction = setup.pole_friction / moment};
    }
    std::vector<double> numbers(cart_constant_count);
    std::memcpy(numbers.data(), &constants, sizeof constants);
    return numbers;
}

std::vector<StartRange> start_of(const PoleSetup& setup) {
    std::vector<StartRange> start(2 + 2 * setup.poles);
    start[2].low = start[2].high = setup.start_angle * radians_a_degree;
    return start;
}

/// Scales as in NEAT's own code (Stanley, NEAT 1.2, experiments.cpp).
EnvironmentTraits traits_of(EnvironmentTraits traits, const PoleSetup& setup) {
    const auto observe = [&](std::string name, std::string unit, double bound, double divisor) {
        traits.observations.push_back(
            {.name = std::move(name), .unit = std::move(unit), .low = -bound, .high = bound, .scale = 1.0 / divisor});
    };
    observe("position", "m", track_end, 4.8);
    if (setup.velocities) observe("velocity", "m/s", infinity, 2.0);
    for (std::size_t i = 0; i < setup.poles; ++i) {
        const std::string number = setup.poles == 1 ? "" : " " + std::to_string(i + 1);
        observe("angle" + number, "rad", setup.max_angle, 0.52);
        if (setup.velocities) observe("angular velocity" + number, "rad/s", infinity, 2.0);
    }
    traits.observations.push_back({.name = "bias", .low = 1.0, .high = 1.0, .scale = 0.5});
    traits.actions = continuous_actions({{.name = "force", .unit = "N", .low = -max_force, .high = max_force}});
    traits.random = false;
    traits.step_seconds = 0.02;
    traits.low = {-track_end - 0.3, -0.3};
    traits.high = {track_end + 0.3, 1.3};
    return traits;
}

}  // namespace

PoleEnvironment::PoleEnvironment(EnvironmentTraits texts, const PoleSetup& setup, SimdLevel simd)
    : KernelEnvironment(traits_of(std::move(texts), setup), start_of(setup), constants_of(setup),
                        pole_kernels_at(simd).of[setup.poles - 1][setup.velocities ? 1 : 0]),
      setup_(setup) {}

Drawing PoleEnvironment::draw(std::size_t lane) const {
    const std::vector<double> state = state_of(lane);
    const double x = state[0];
    Drawing drawing{};
    drawing.shapes.push_back({.role = Shape::Role::scenery, .points = {{-track_end, -0.2}, {track_end, -0.2}}});
    drawing.shapes.push_back({.role = Shape::Role::body,
                              .points = {{x - 0.2, -0.2}, {x + 0.2, -0.2}, {x + 0.2, 0.0}, {x - 0.2, 0.0}},
                              .closed = true});
    for (std::size_t i = 0; i < setup_.poles; ++i) {
        const SineCosine direction = sincos_double(state[2 + 2 * i]);
        const double length = 2.0 * size_of_pole(setup_, i).half_length;
        drawing.shapes.push_back({.role = Shape::Role::part,
                                  .points = {{x, 0.0}, {x + length * direction.sine, length * direction.cosine}}});
    }
    return drawing;
}

}  // namespace clade
