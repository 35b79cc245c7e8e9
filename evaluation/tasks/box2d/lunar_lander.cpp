#include <clade/evaluation/tasks/box2d/lunar_lander.hpp>

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/double_math_internal.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evaluation/tasks/box2d/scene_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace clade {
namespace {

constexpr double scale = double{box2d_scale};
constexpr double scene_width = 600.0 / scale;   // m, of the view
constexpr double scene_height = 400.0 / scale;  // m
using std::numbers::pi;
constexpr std::size_t chunk_count = 11;  // corners of the ground
constexpr double helipad_y = scene_height / 4.0;
constexpr double main_power = 13.0;  // N s an impulse and metre
constexpr double side_power = 0.6;

struct Thrust {
    double main = 0.0;       // 0, or 0.5 to 1
    double side = 0.0;       // likewise
    double direction = 0.0;  // of the side engine: -1 left, 1 right
};

Thrust thrust_of(std::span<const float> action, bool continuous) {
    if (!continuous) {
        if (action[0] == 2.0F) return {.main = 1.0};
        const bool side = action[0] == 1.0F || action[0] == 3.0F;
        return side ? Thrust{.side = 1.0, .direction = double{action[0]} - 2.0} : Thrust{};
    }
    const double main = std::clamp(double{action[0]}, -1.0, 1.0);
    const double side = std::clamp(double{action[1]}, -1.0, 1.0);
    Thrust thrust;
    if (main > 0.0) thrust.main = 0.5 * (main + 1.0);
    if (std::abs(side) > 0.5) {
        thrust.side = std::abs(side);
        thrust.direction = side < 0.0 ? -1.0 : 1.0;
    }
    return thrust;
}

b2Vec2 vector_of(double x, double y) { return {static_cast<float>(x), static_cast<float>(y)}; }

/// A gust, in [-1, 1], that changes smoothly with `index` and never repeats.
double gust(double index) {
    const double sum = sin_double(0.02 * index) + sin_double(pi * 0.01 * index);
    return double{activate(Activation::tanh, static_cast<float>(sum / 2.5))};  // the activation is tanh(2.5 x)
}

EnvironmentTraits lander_traits(bool continuous) {
    EnvironmentTraits traits{.name = "lunar_lander",
                             .observations = {{.name = "x", .low = -2.5, .high = 2.5},
                                              {.name = "y", .low = -2.5, .high = 2.5},
                                              {.name = "velocity x", .low = -10, .high = 10},
                                              {.name = "velocity y", .low = -10, .high = 10},
                                              {.name = "angle", .unit = "rad", .low = -2 * pi, .high = 2 * pi},
                                              {.name = "turning speed", .low = -10, .high = 10},
                                              {.name = "left leg touches", .low = 0, .high = 1},
                                              {.name = "right leg touches", .low = 0, .high = 1}},
                             .step_limit = 1000,
                             .solved_return = 200.0,
                             .step_seconds = 1.0 / double{box2d_steps_per_second},
                             .low = {0, 0},
                             .high = {scene_width, scene_height}};
    traits.actions = continuous ? continuous_actions({{.name = "main engine", .low = -1, .high = 1},
                                                      {.name = "side engines", .low = -1, .high = 1}})
                                : discrete_actions({"nothing", "left engine", "main engine", "right engine"});
    traits.page = {
        .reward =
            "Per step: the change of -100 distance - 100 speed - 100 |angle| + 10 for each leg on the ground (all from "
            "the observations), minus 0.3 for the main and 0.03 for a side engine at full power. Last step: 100 if "
            "the lander is at rest, -100 if it crashed or left the view.",
        .termination =
            "The body touches the ground, the lander leaves the view sideways or comes to rest, or after 1000 steps.",
        .source =
            "Gymnasium's LunarLander-v3, with Box2D 2.4 (Gymnasium: 2.3, other joint limits) and Clade's own random "
            "numbers: returns agree in distribution, not step by step. Box2D calls the system's sine and cosine: "
            "results are reproducible on equal systems only."};
    return traits;
}

class LunarLander final : public Environment {
public:
    explicit LunarLander(const LunarLanderParams& params)
        : params_(params), traits_(lander_traits(params.continuous)) {}

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        stream_ = Stream({seed, 0, Purpose::episode}, 0);
        scene_ = std::make_unique<Scene>(static_cast<float>(params_.gravity));
        shaping_.reset();
        add_ground();
        add_lander();
        const auto any_index = [&] { return std::floor(stream_.uniform(-9999.0, 9999.0)); };
        wind_index_ = any_index();
        turbulence_index_ = any_index();
        act(Thrust{}, observation);  // as Gymnasium: the first observation is that after a step of nothing
    }

    Step step(std::span<const float> action, std::span<float> observation) override {
        return act(thrust_of(action, params_.continuous), observation);
    }

    [[nodiscard]] Drawing draw() const override {
        using Role = Shape::Role;
        Drawing drawing;
        drawing.shapes.push_back({.role = Role::scenery, .points = ground_});
        for (const double x : {ground_[chunk_count / 2 - 1].x, ground_[chunk_count / 2 + 1].x}) {
            const double top = helipad_y + 50.0 / scale;
            drawing.shapes.push_back(
                {.role = Role::scenery,
                 .points = {{x, helipad_y}, {x, top}, {x + 25.0 / scale, top - 5.0 / scale}, {x, top - 10.0 / scale}}});
        }
        for (const b2Body* leg : legs_) drawing.shapes.push_back(outline(*leg, Role::part));
        drawing.shapes.push_back(outline(*lander_, Role::body));
        return drawing;
    }

private:
    void add_ground() {
        std::array<double, chunk_count + 1> heights{};
        for (double& level : heights) level = stream_.uniform(0.0, scene_height / 2.0);
        for (std::size_t i = chunk_count / 2 - 2; i <= chunk_count / 2 + 2; ++i) heights[i] = helipad_y;
        ground_.clear();
        for (std::size_t i = 0; i < chunk_count; ++i) {
            const double before = heights[i == 0 ? chunk_count : i - 1];
            ground_.push_back({scene_width / static_cast<double>(chunk_count - 1) * static_cast<double>(i),
                               0.33 * (before + heights[i] + heights[i + 1])});
        }
        const b2BodyDef still;
        b2Body* moon = scene_->world.CreateBody(&still);
        add_edge(*moon, {0.0F, 0.0F}, vector_of(scene_width, 0.0), 0.2F);
        for (std::size_t i = 0; i + 1 < chunk_count; ++i) {
            add_edge(*moon, vector_of(ground_[i].x, ground_[i].y), vector_of(ground_[i + 1].x, ground_[i + 1].y), 0.1F);
        }
    }

    void add_lander() {
        b2World& world = scene_->world;
        const b2PolygonShape hull = scaled_polygon({{-14, 17}, {-17, 0}, {-17, -10}, {17, -10}, {17, 0}, {14, 17}});
        lander_ = add_body(world, vector_of(scene_width / 2.0, scene_height), 0.0F, hull,
                           {.density = 5.0F, .friction = 0.1F, .category = 0x0010});
        const double push_x = stream_.uniform(-1000.0, 1000.0);
        lander_->ApplyForceToCenter(vector_of(push_x, stream_.uniform(-1000.0, 1000.0)), true);
        const b2PolygonShape leg = box(2.0F / box2d_scale, 8.0F / box2d_scale);
        for (const double side : {-1.0, 1.0}) {
            b2Body* body = add_body(world, vector_of(scene_width / 2.0 - side * 20.0 / scale, scene_height),
                                    static_cast<float>(0.05 * side), leg, {.category = 0x0020});
            const bool left = side < 0.0;
            b2RevoluteJointDef joint =
                motor_joint(left ? 0.4F : -0.9F, left ? 0.9F : -0.4F, 40.0F, static_cast<float>(0.3 * side));
            joint.bodyA = lander_;
            joint.bodyB = body;
            joint.localAnchorB = vector_of(side * 20.0 / scale, 18.0 / scale);
            world.CreateJoint(&joint);
            legs_[left ? 0 : 1] = body;
        }
        scene_->contacts.watch(lander_, {legs_[0], legs_[1]});
    }

    Step act(const Thrust& thrust, std::span<float> observation) {
        if (params_.wind && !scene_->contacts.touches(0) && !scene_->contacts.touches(1)) blow();
        fire(thrust);
        scene_->step();
        const std::array<double, 8> state = observed();
        std::copy(state.begin(), state.end(), observation.begin());
        const double shaping = -100.0 * std::sqrt(state[0] * state[0] + state[1] * state[1]) -
                               100.0 * std::sqrt(state[2] * state[2] + state[3] * state[3]) -
                               100.0 * std::abs(state[4]) + 10.0 * state[6] + 10.0 * state[7];
        const double gained = shaping_ ? shaping - *shaping_ : 0.0;
        shaping_ = shaping;
        if (!lander_->IsAwake()) return {.reward = 100.0, .done = true};
        if (scene_->contacts.broken() || std::abs(state[0]) >= 1.0) return {.reward = -100.0, .done = true};
        return {.reward = gained - 0.30 * thrust.main - 0.03 * thrust.side};
    }

    void blow() {
        lander_->ApplyForceToCenter(vector_of(gust(wind_index_) * params_.wind_power, 0.0), true);
        lander_->ApplyTorque(static_cast<float>(gust(turbulence_index_) * params_.turbulence_power), true);
        wind_index_ += 1.0;
        turbulence_index_ += 1.0;
    }

    void fire(const Thrust& thrust) {
        const auto [s, c] = sincos_double(double{lander_->GetAngle()});
        const b2Vec2 position = lander_->GetPosition();
        const double along = stream_.uniform(-1.0, 1.0) / scale;  // engines do not burn evenly
        const double across = stream_.uniform(-1.0, 1.0) / scale;
        // Where an engine sits, upside down and seen from the centre: `up` towards the tip and `aside`.
        const auto impulse = [&](double up, double aside, double power, b2Vec2 shift) {
            const double x = s * up - c * aside;
            const double y = -c * up - s * aside;
            const b2Vec2 place = position + vector_of(x + double{shift.x}, y + double{shift.y});
            lander_->ApplyLinearImpulse(vector_of(-x * power, -y * power), place, true);
        };
        if (thrust.main > 0.0) impulse(4.0 / scale + 2.0 * along, across, main_power * thrust.main, {0.0F, 0.0F});
        if (thrust.side > 0.0) {
            // 17 across and 14 along: Gymnasium's own.
            impulse(along, 3.0 * across + thrust.direction * 12.0 / scale, side_power * thrust.side,
                    vector_of(-s * 17.0 / scale, c * 14.0 / scale));
        }
    }

    [[nodiscard]] std::array<double, 8> observed() const {
        const b2Vec2 position = lander_->GetPosition();
        const b2Vec2 velocity = lander_->GetLinearVelocity();
        const auto rate = double{box2d_steps_per_second};
        return {(double{position.x} - scene_width / 2.0) / (scene_width / 2.0),
                (double{position.y} - (helipad_y + 18.0 / scale)) / (scene_height / 2.0),
                double{velocity.x} * (scene_width / 2.0) / rate,
                double{velocity.y} * (scene_height / 2.0) / rate,
                double{lander_->GetAngle()},
                20.0 * double{lander_->GetAngularVelocity()} / rate,
                scene_->contacts.touches(0) ? 1.0 : 0.0,
                scene_->contacts.touches(1) ? 1.0 : 0.0};
    }

    LunarLanderParams params_;
    EnvironmentTraits traits_;
    Stream stream_{{}, 0};
    std::unique_ptr<Scene> scene_;
    std::vector<Point> ground_;  // [chunk_count]
    b2Body* lander_ = nullptr;
    std::array<b2Body*, 2> legs_{};  // left, right
    std::optional<double> shaping_{};
    double wind_index_ = 0.0;
    double turbulence_index_ = 0.0;
};

}  // namespace

std::unique_ptr<Environment> make_lunar_lander(const LunarLanderParams& params) {
    return std::make_unique<LunarLander>(params);
}

LunarLanderTask::LunarLanderTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask(
          [params] { return std::make_unique<EnvironmentLanes>([params] { return make_lunar_lander(params); }); },
          params.episodes) {}

void visit_fields(LunarLanderParams& params, FieldVisitor& field) {
    field("continuous", params.continuous, "Continuous engine power (two outputs) instead of four discrete actions.");
    field("gravity", params.gravity, between(-12.0, 0.0), "Vertical acceleration. [m/s^2]");
    field("wind", params.wind, "Add wind, which pushes and turns the lander in the air.");
    field("wind_power", params.wind_power, between(0.0, 20.0), "Maximum force of the wind. [N]");
    field("turbulence_power", params.turbulence_power, between(0.0, 2.0), "Maximum torque of the wind. [N m]");
    visit_fields(params.episodes, field);
}

void check_params(const LunarLanderParams& params, IssueSink& issues) {
    check_episodes(params.episodes, !params.continuous, issues);
}

}  // namespace clade
