// Walking on two legs over rough ground: Gymnasium's BipedalWalker-v3, and its hardcore form, on Box2D's physics.
//
// Constants, observations, rewards and terminations are Gymnasium's (envs/box2d/bipedal_walker.py). Other than there: the
// physics are those of Box2D 2.4, not 2.3, whose joint limits work differently, and random numbers are our own. So
// returns agree in distribution, not step by step.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

struct BipedalWalkerParams {
    bool hardcore = false;
    EpisodeParams episodes{};
};

/// The walker as an environment. Observations [24]: hull angle, turning speed, velocity x, y; for each leg hip angle, hip
/// speed, knee angle, knee speed, touches; ten distances to the ground, each a share of the range. Actions [4]: hip and
/// knee of each leg, in [-1, 1].
[[nodiscard]] std::unique_ptr<Environment> make_bipedal_walker(const BipedalWalkerParams& params);

class BipedalWalkerTask final : public ControlTask {
public:
    using Params = BipedalWalkerParams;

    BipedalWalkerTask() : BipedalWalkerTask(Params{}, {}) {}
    BipedalWalkerTask(const Params& params, const TaskContext& context);
};

void visit_fields(BipedalWalkerParams& params, FieldVisitor& field);
void check_params(const BipedalWalkerParams& params, IssueSink& issues);

}  // namespace clade
