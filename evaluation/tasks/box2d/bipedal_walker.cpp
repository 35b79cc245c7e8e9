#include <clade/evaluation/tasks/box2d/bipedal_walker.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/core/random/random.hpp>
#include <clade/evaluation/tasks/box2d/scene_internal.hpp>
#include <clade/evaluation/tasks/box2d/terrain_internal.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace clade {
namespace {

using std::numbers::pi;
constexpr float leg_width = 8.0F / box2d_scale;  // m
constexpr float leg_height = 34.0F / box2d_scale;
constexpr float leg_down = -8.0F / box2d_scale;  // of the hip below the hull's centre
constexpr float ground_friction = 2.5F;
constexpr float strongest_torque = 80.0F;      // N m
constexpr std::array<float, 2> fastest{4, 6};  // rad/s, of hip and knee
constexpr std::size_t lidar_count = 10;
constexpr double lidar_range = 160.0 / 30.0;                                                   // m
constexpr double view_width = 600.0 / 30.0;                                                    // m
constexpr double view_height = 400.0 / 30.0;                                                   // m
constexpr double finish = static_cast<double>(terrain_points - terrain_grass) * terrain_step;  // m

/// The nearest ground on a ray, as a share of its length.
class NearestGround final : public b2RayCastCallback {
public:
    float ReportFixture(b2Fixture* fixture, const b2Vec2& /*point*/, const b2Vec2& /*normal*/,
                        float fraction) override {
        if ((fixture->GetFilterData().categoryBits & ground_category) == 0)
            return -1.0F;  // go on as if it were not there
        share = fraction;
        return fraction;  // nothing farther
    }
    float share = 1.0F;
};

EnvironmentTraits walker_traits(bool hardcore) {
    EnvironmentTraits traits{.name = "bipedal_walker",
                             .observations = {{.name = "hull angle", .unit = "rad", .low = -pi, .high = pi},
                                              {.name = "turning speed", .low = -5, .high = 5},
                                              {.name = "velocity x", .low = -5, .high = 5},
                                              {.name = "velocity y", .low = -5, .high = 5}},
                             .step_limit = hardcore ? 2000U : 1600U,
                             .solved_return = 300.0,
                             .step_seconds = 1.0 / double{box2d_steps_per_second},
                             .low = {0, 0},
                             .high = {terrain_step * static_cast<double>(terrain_points), view_height}};
    for (const std::string leg : {"left ", "right "}) {
        traits.observations.push_back({.name = leg + "hip angle", .unit = "rad", .low = -pi, .high = pi});
        traits.observations.push_back({.name = leg + "hip speed", .low = -5, .high = 5});
        traits.observations.push_back({.name = leg + "knee angle", .unit = "rad", .low = -pi, .high = pi});
        traits.observations.push_back({.name = leg + "knee speed", .low = -5, .high = 5});
        traits.observations.push_back({.name = leg + "foot touches", .low = 0, .high = 1});
        for (const char* joint : {"hip", "knee"}) {
            traits.actions.controls.push_back({.name = leg + joint, .low = -1, .high = 1});
        }
    }
    for (std::size_t i = 0; i < lidar_count; ++i) {
        traits.observations.push_back({.name = "ground at ray " + std::to_string(i), .low = 0, .high = 1});
    }
    traits.page = {
        .reward =
            "Per step: the change of 130/30 x - 5 |hull angle|, minus 0.028 for each motor at full torque. -100 "
            "instead "
            "for the step of a fall.",
        .termination =
            "The hull touches the ground, the walker leaves at the left or reaches the end at the right, or after "
            "1600 steps (hardcore: 2000).",
        .source =
            "Gymnasium's BipedalWalker-v3, with Box2D 2.4 (Gymnasium: 2.3, other joint limits) and Clade's own random "
            "numbers: returns agree in distribution, not step by step. Box2D calls the system's sine and cosine: "
            "results are reproducible on equal systems only."};
    return traits;
}

class BipedalWalker final : public Environment {
public:
    explicit BipedalWalker(const BipedalWalkerParams& params)
        : hardcore_(params.hardcore), traits_(walker_traits(params.hardcore)) {
        for (std::size_t i = 0; i < lidar_count; ++i) {
            const SineCosine angle = sincos_double(1.5 * static_cast<double>(i) / 10.0);
            rays_[i] = {static_cast<float>(angle.sine * lidar_range), static_cast<float>(-angle.cosine * lidar_range)};
        }
    }

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        Stream stream({seed, 0, Purpose::episode}, 0);
        scene_ = std::make_unique<Scene>(-10.0F);
        shaping_.reset();
        add_terrain(make_terrain(stream, hardcore_));
        add_walker(static_cast<float>(stream.uniform(-5.0, 5.0)));
        // As Gymnasium: the first observation is that after a step of nothing.
        step(std::array<float, 4>{}, observation);
    }

    Step step(std::span<const float> action, std::span<float> observation) override {
        double effort = 0.0;
        for (std::size_t i = 0; i < joints_.size(); ++i) {
            const float strength = std::min(std::abs(action[i]), 1.0F);
            const float direction = action[i] > 0.0F ? 1.0F : action[i] < 0.0F ? -1.0F : 0.0F;
            joints_[i]->SetMotorSpeed(fastest[i % 2] * direction);
            joints_[i]->SetMaxMotorTorque(strongest_torque * strength);
            effort += double{strength};
        }
        scene_->step();
        observe(observation);
        const auto x = double{hull_->GetPosition().x};
        const double shaping = 130.0 * x / 30.0 - 5.0 * std::abs(double{hull_->GetAngle()});
        const double gained = shaping_ ? shaping - *shaping_ : 0.0;
        shaping_ = shaping;
        if (scene_->contacts.broken() || x < 0.0) return {.reward = -100.0, .done = true};
        return {.reward = gained - 0.00035 * double{strongest_torque} * effort, .done = x > finish};
    }

    [[nodiscard]] Drawing draw() const override {
        using Role = Shape::Role;
        Drawing drawing;
        drawing.shapes.push_back({.role = Role::scenery, .points = terrain_.ground});
        for (const auto& block : terrain_.blocks) {
            drawing.shapes.push_back({.role = Role::scenery, .points = {block.begin(), block.end()}, .closed = true});
        }
        for (const b2Body* leg : legs_) drawing.shapes.push_back(outline(*leg, Role::part));
        drawing.shapes.push_back(outline(*hull_, Role::body));
        return drawing;
    }

private:
    static b2Vec2 vector_of(Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }

    void add_terrain(Terrain terrain) {
        terrain_ = std::move(terrain);
        const b2BodyDef still;
        for (const auto& block : terrain_.blocks) {
            std::array<b2Vec2, 4> corners;
            std::transform(block.begin(), block.end(), corners.begin(), vector_of);
            b2PolygonShape shape;
            shape.Set(corners.data(), static_cast<int32>(corners.size()));
            b2FixtureDef fixture;
            fixture.shape = &shape;
            fixture.friction = ground_friction;
            scene_->world.CreateBody(&still)->CreateFixture(&fixture);
        }
        b2Body* ground = scene_->world.CreateBody(&still);
        for (std::size_t i = 0; i + 1 < terrain_.ground.size(); ++i) {
            add_edge(*ground, vector_of(terrain_.ground[i]), vector_of(terrain_.ground[i + 1]), ground_friction);
        }
    }

    void add_walker(float push) {
        b2World& world = scene_->world;
        const b2Vec2 start{static_cast<float>(terrain_step * static_cast<double>(terrain_start) / 2.0),
                           static_cast<float>(terrain_height) + 2.0F * leg_height};
        const b2PolygonShape shape = scaled_polygon({{-30, 9}, {6, 9}, {34, 1}, {34, -8}, {-30, -8}});
        hull_ = add_body(world, start, 0.0F, shape, {.density = 5.0F, .friction = 0.1F, .category = 0x0020});
        hull_->ApplyForceToCenter({push, 0.0F}, true);
        for (std::size_t side = 0; side < 2; ++side) {
            const float sign = side == 0 ? -1.0F : 1.0F;
            b2RevoluteJointDef hip = motor_joint(-0.8F, 1.1F, strongest_torque, sign);
            hip.bodyA = hull_;
            hip.localAnchorA = {0.0F, leg_down};
            b2Body* upper = add_limb(start, 0.5F, leg_width, sign, hip, 2 * side);
            b2RevoluteJointDef knee = motor_joint(-1.6F, -0.1F, strongest_torque, 1.0F);
            knee.bodyA = upper;
            knee.localAnchorA = {0.0F, -leg_height / 2.0F};
            add_limb(start, 1.5F, 0.8F * leg_width, sign, knee, 2 * side + 1);
        }
        scene_->contacts.watch(hull_, {legs_[1], legs_[3]});
    }

    /// Half a leg, `below` so many leg heights, hung on by a joint that knows all but this body.
    b2Body* add_limb(b2Vec2 start, float below, float limb_width, float sign, b2RevoluteJointDef joint,
                     std::size_t index) {
        const b2Vec2 place{start.x, start.y - leg_height * below - leg_down};
        b2Body* limb = add_body(scene_->world, place, sign * 0.05F, box(limb_width / 2.0F, leg_height / 2.0F),
                                {.category = 0x0020});
        joint.bodyB = limb;
        joint.localAnchorB = {0.0F, leg_height / 2.0F};
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): the definition says what it makes
        joints_[index] = static_cast<b2RevoluteJoint*>(scene_->world.CreateJoint(&joint));
        legs_[index] = limb;
        return limb;
    }

    void observe(std::span<float> observation) const {
        const b2Vec2 velocity = hull_->GetLinearVelocity();
        const auto rate = double{box2d_steps_per_second};
        observation[0] = hull_->GetAngle();
        observation[1] = static_cast<float>(2.0 * double{hull_->GetAngularVelocity()} / rate);
        observation[2] = static_cast<float>(0.3 * double{velocity.x} * view_width / rate);
        observation[3] = static_cast<float>(0.3 * double{velocity.y} * view_height / rate);
        for (std::size_t side = 0; side < 2; ++side) {
            const std::span<float> leg = observation.subspan(4 + 5 * side, 5);
            const b2RevoluteJoint& hip = *joints_[2 * side];
            const b2RevoluteJoint& knee = *joints_[2 * side + 1];
            leg[0] = hip.GetJointAngle();
            leg[1] = hip.GetJointSpeed() / fastest[0];
            leg[2] = knee.GetJointAngle() + 1.0F;
            leg[3] = knee.GetJointSpeed() / fastest[1];
            leg[4] = scene_->contacts.touches(side) ? 1.0F : 0.0F;
        }
        const b2Vec2 eye = hull_->GetPosition();
        for (std::size_t i = 0; i < lidar_count; ++i) {
            NearestGround nearest;
            scene_->world.RayCast(&nearest, eye, eye + rays_[i]);
            observation[14 + i] = nearest.share;
        }
    }

    bool hardcore_;
    EnvironmentTraits traits_;
    std::array<b2Vec2, lidar_count> rays_;
    std::unique_ptr<Scene> scene_;
    Terrain terrain_{};
    b2Body* hull_ = nullptr;
    std::array<b2Body*, 4> legs_{};             // upper, lower, upper, lower
    std::array<b2RevoluteJoint*, 4> joints_{};  // hip, knee, hip, knee
    std::optional<double> shaping_{};
};

}  // namespace

std::unique_ptr<Environment> make_bipedal_walker(const BipedalWalkerParams& params) {
    return std::make_unique<BipedalWalker>(params);
}

BipedalWalkerTask::BipedalWalkerTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask(
          [params] { return std::make_unique<EnvironmentLanes>([params] { return make_bipedal_walker(params); }); },
          params.episodes) {}

void visit_fields(BipedalWalkerParams& params, FieldVisitor& field) {
    field("hardcore", params.hardcore, "Add stumps, stairs and pits.");
    visit_fields(params.episodes, field);
}

void check_params(const BipedalWalkerParams& params, IssueSink& issues) {
    check_episodes(params.episodes, false, issues);
}

}  // namespace clade
