// Landing between two flags with three engines: Gymnasium's LunarLander-v3 on Box2D's physics.
//
// Constants, observations, rewards and terminations are Gymnasium's (envs/box2d/lunar_lander.py). Other than there: the
// physics are those of Box2D 2.4, not 2.3, whose joint limits work differently, and random numbers are our own. So
// returns agree in distribution, not step by step.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

struct LunarLanderParams {
    bool continuous = false;
    double gravity = -10.0;  ///< m/s^2
    bool wind = false;
    double wind_power = 15.0;       ///< N
    double turbulence_power = 1.5;  ///< N m
    EpisodeParams episodes{};
};

/// The lander as an environment. Observations [8]: position x, y, velocity x, y, angle, turning speed (each scaled as in
/// Gymnasium), left leg touches, right leg touches. Actions: 0 nothing, 1 left engine, 2 main engine, 3 right engine; or
/// continuous [2]: main engine (on above 0, at half power or more) and side engines (on beyond -0.5 and 0.5).
[[nodiscard]] std::unique_ptr<Environment> make_lunar_lander(const LunarLanderParams& params);

class LunarLanderTask final : public ControlTask {
public:
    using Params = LunarLanderParams;

    LunarLanderTask() : LunarLanderTask(Params{}, {}) {}
    LunarLanderTask(const Params& params, const TaskContext& context);
};

void visit_fields(LunarLanderParams& params, FieldVisitor& field);
void check_params(const LunarLanderParams& params, IssueSink& issues);

}  // namespace clade
