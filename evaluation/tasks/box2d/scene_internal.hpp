// What the Box2D environments share: a world that lasts one episode, parts made as Gymnasium makes them, who touches the
// ground, and drawings. For sources in this folder: no other file sees Box2D.
#pragma once

#include <clade/evaluation/episodes/environment.hpp>

#include <box2d/box2d.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <vector>

namespace clade {

inline constexpr float box2d_scale = 30.0F;  // pixels of Gymnasium's picture in a metre
inline constexpr float box2d_steps_per_second = 50.0F;
inline constexpr std::uint16_t ground_category = 0x0001;  // what lander, hull and legs collide with

/// Who touches the ground. As in Gymnasium a foot counts as off the ground as soon as any of its contacts ends.
class GroundContacts final : public b2ContactListener {
public:
    /// Contacts from now on: `fragile` must never have one.
    void watch(const b2Body* fragile, std::array<const b2Body*, 2> feet) {
        fragile_ = fragile;
        feet_ = feet;
    }
    [[nodiscard]] bool broken() const noexcept { return broken_; }
    [[nodiscard]] bool touches(std::size_t foot) const noexcept { return touches_[foot]; }

    void BeginContact(b2Contact* contact) override { note(*contact, true); }
    void EndContact(b2Contact* contact) override { note(*contact, false); }

private:
    void note(b2Contact& contact, bool begins) {
        for (const b2Body* body : {contact.GetFixtureA()->GetBody(), contact.GetFixtureB()->GetBody()}) {
            if (body == fragile_ && begins) broken_ = true;
            for (std::size_t foot = 0; foot < feet_.size(); ++foot) {
                if (body == feet_[foot]) touches_[foot] = begins;
            }
        }
    }

    const b2Body* fragile_ = nullptr;
    std::array<const b2Body*, 2> feet_{};
    std::array<bool, 2> touches_{};
    bool broken_ = false;
};

/// The world of one episode. Each has one of its own, so that nothing is carried over.
struct Scene {
    explicit Scene(float gravity) : world({0.0F, gravity}) { world.SetContactListener(&contacts); }

    void step() { world.Step(1.0F / box2d_steps_per_second, 6 * 30, 2 * 30); }

    GroundContacts contacts;  // outlives the world, which tells of contacts that end with it
    b2World world;
};

/// A body of one piece: how heavy for its size, how slippery, what it is.
struct Piece {
    float density = 1.0F;
    float friction = 0.2F;
    std::uint16_t category = 0x0001;
    std::uint16_t collides_with = ground_category;
};

inline b2Body* add_body(b2World& world, b2Vec2 position, float angle, const b2PolygonShape& shape, const Piece& piece) {
    b2BodyDef definition;
    definition.type = b2_dynamicBody;
    definition.position = position;
    definition.angle = angle;
    b2FixtureDef fixture;
    fixture.shape = &shape;
    fixture.density = piece.density;
    fixture.friction = piece.friction;
    fixture.filter.categoryBits = piece.category;
    fixture.filter.maskBits = piece.collides_with;
    b2Body* body = world.CreateBody(&definition);
    body->CreateFixture(&fixture);
    return body;
}

/// A polygon given in pixels.
inline b2PolygonShape scaled_polygon(std::initializer_list<b2Vec2> pixels) {
    std::vector<b2Vec2> points;
    for (const b2Vec2 pixel : pixels) points.push_back((1.0F / box2d_scale) * pixel);
    b2PolygonShape shape;
    shape.Set(points.data(), static_cast<int32>(points.size()));
    return shape;
}

inline b2PolygonShape box(float half_width, float half_height) {
    b2PolygonShape shape;
    shape.SetAsBox(half_width, half_height);
    return shape;
}

/// Adds a line to a body that does not move.
inline void add_edge(b2Body& body, b2Vec2 from, b2Vec2 to, float friction) {
    b2EdgeShape shape;
    shape.SetTwoSided(from, to);
    b2FixtureDef fixture;
    fixture.shape = &shape;
    fixture.friction = friction;
    body.CreateFixture(&fixture);
}

/// A hinge with motor and limits. Bodies and anchors are set by the caller.
inline b2RevoluteJointDef motor_joint(float lower, float upper, float torque, float speed) {
    b2RevoluteJointDef joint;
    joint.enableLimit = true;
    joint.lowerAngle = lower;
    joint.upperAngle = upper;
    joint.enableMotor = true;
    joint.maxMotorTorque = torque;
    joint.motorSpeed = speed;
    return joint;
}

inline Point point_of(b2Vec2 v) { return {double{v.x}, double{v.y}}; }

/// The body's one polygon where it is now.
inline Shape outline(const b2Body& body, Shape::Role role) {
    Shape shape{.role = role, .closed = true};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-static-cast-downcast): add_body() makes no other shape
    const auto& polygon = static_cast<const b2PolygonShape&>(*body.GetFixtureList()->GetShape());
    for (int32 i = 0; i < polygon.m_count; ++i) {
        shape.points.push_back(point_of(body.GetWorldPoint(polygon.m_vertices[i])));
    }
    return shape;
}

}  // namespace clade
