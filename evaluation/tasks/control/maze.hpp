// The maze of novelty search: a robot measures walls and the direction of the goal; the straight way is a dead end.
//
// Lehman & Stanley, "Abandoning Objectives: Evolution through the Search for Novelty Alone", Evolutionary Computation
// 19(2), 2011, section 4; both maps are that paper's. Fitness is 300 minus the distance to the goal at the end, at least
// 0.1. What the robot did (behaviour) is where it ended.
#pragma once

#include <clade/evaluation/episodes/control_task.hpp>

#include <memory>

namespace clade {

/// Which maze. The goal of the hard one lies behind the start, beyond dead ends that come nearer to it.
enum class MazeMap { medium, hard };
template <>
struct EnumNames<MazeMap> {
    static constexpr std::array<std::string_view, 2> names{"medium", "hard"};
};

/// The maze as an environment. Observations: six distances to walls (0 to 100) at -90, -45, 0, 45, 90 and 180 degrees of
/// the heading, then four marks (0 or 1) that say in which quarter the goal lies: front, left, rear, right. Actions: what
/// is added to the turning speed and to the speed, each in [-0.5, 0.5].
[[nodiscard]] std::unique_ptr<Environment> make_maze(MazeMap map);

class MazeTask final : public ControlTask {
public:
    struct Params {
        MazeMap map = MazeMap::medium;
        EpisodeParams episodes{};
    };

    MazeTask() : MazeTask(Params{}, {}) {}
    MazeTask(const Params& params, const TaskContext& context);
};

void visit_fields(MazeTask::Params& params, FieldVisitor& field);
void check_params(const MazeTask::Params& params, IssueSink& issues);

}  // namespace clade
