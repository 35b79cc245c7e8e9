// The mazes of novelty search.
#include <clade/evaluation/tasks/control/maze.hpp>

#include "tests/support/control_task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace clade {
namespace {

/// An episode, driven by hand.
struct Drive {
    explicit Drive(MazeMap map) : maze(make_maze(map)), observation(maze->traits().observations.size()) {
        maze->reset(0, observation);
    }
    Step step(float turn, float accelerate) {
        const Step step = maze->step(std::array{turn, accelerate}, observation);
        total += step.reward;
        return step;
    }
    [[nodiscard]] double x() const { return maze->behaviour()[0]; }
    [[nodiscard]] double y() const { return maze->behaviour()[1]; }
    [[nodiscard]] double goal_distance(double goal_x, double goal_y) const {
        return std::hypot(x() - goal_x, y() - goal_y);
    }

    std::unique_ptr<Environment> maze;
    std::vector<float> observation;
    double total = 0.0;
};

TEST(Maze, BeginsAtItsStartFacingRight) {
    const Drive medium(MazeMap::medium);
    EXPECT_EQ(medium.x(), 30.0);
    EXPECT_EQ(medium.y(), 22.0);
    const Drive hard(MazeMap::hard);
    EXPECT_EQ(hard.x(), 36.0);
    EXPECT_EQ(hard.y(), 184.0);
}

TEST(Maze, FeelsTheWallsAroundIt) {
    const Drive run(MazeMap::medium);
    // From (30, 22): the border 17 below and 25 behind; the wall from (114, 5) to (73, 42) ahead at y = 22.
    EXPECT_FLOAT_EQ(run.observation[0], 17.0F);
    EXPECT_NEAR(run.observation[1], 17.0 * std::sqrt(2.0), 1e-4);
    EXPECT_NEAR(run.observation[2], 114.0 - 41.0 * 17.0 / 37.0 - 30.0, 1e-4);
    const double slope = 70.0 / 183.0;  // of the wall from (58, 65) to (241, 135), which lies ahead to the left
    EXPECT_NEAR(run.observation[3], std::sqrt(2.0) * (43.0 - 28.0 * slope) / (1.0 - slope), 1e-4);
    EXPECT_FLOAT_EQ(run.observation[4], 100.0F) << "the border is 113 away";
    EXPECT_FLOAT_EQ(run.observation[5], 25.0F);
}

TEST(Maze, SeesTheGoalInExactlyOneQuarter) {
    Drive run(MazeMap::hard);  // the goal is below and a little behind: to the right of a robot that faces right
    EXPECT_EQ(run.observation[9], 1.0F);
    std::array<int, 4> seen{};
    for (int i = 0; i < 300; ++i) {
        run.step(i < 2 ? 0.5F : 0.0F, 0.0F);  // spins on the spot by 1 degree a step
        const auto marks = std::span<const float>(run.observation).subspan(6);
        ASSERT_EQ(std::accumulate(marks.begin(), marks.end(), 0.0F), 1.0F);
        for (std::size_t quarter = 0; quarter < 4; ++quarter) seen[quarter] += marks[quarter] == 1.0F ? 1 : 0;
    }
    for (const int times : seen) EXPECT_GT(times, 25);
    EXPECT_EQ(run.x(), 36.0) << "spinning moves it nowhere";
}

TEST(Maze, MovesAlongTheHeadingBeforeItTurns) {
    Drive run(MazeMap::medium);
    run.step(0.5F, 0.5F);
    EXPECT_EQ(run.x(), 30.5);
    EXPECT_EQ(run.y(), 22.0) << "the turn by half a degree comes after the move";
    run.step(0.0F, 0.0F);
    EXPECT_NEAR(run.y(), 22.0 + 0.5 * std::sin(0.5 * std::acos(-1.0) / 180.0), 1e-9);
}

TEST(Maze, GoesAtMostThreeUnitsAStepAndNeverThroughAWall) {
    Drive run(MazeMap::medium);
    double before = run.x();
    for (int i = 0; i < 100; ++i) {
        run.step(0.0F, 9.0F);  // beyond its range: counts as 0.5
        EXPECT_LE(run.x() - before, 3.0);
        before = run.x();
    }
    // It stops where its rim, 8 units out, would touch the wall from (114, 5) to (73, 42).
    const double from_wall = std::abs((run.x() - 114.0) * 37.0 + (run.y() - 5.0) * 41.0) / std::hypot(37.0, 41.0);
    EXPECT_GE(from_wall, 8.0);
    EXPECT_LT(from_wall, 8.0 + 3.0);
}

TEST(Maze, ReturnsThreeHundredMinusTheDistanceAtTheEnd) {
    for (const MazeMap map : {MazeMap::medium, MazeMap::hard}) {
        Drive run(map);
        for (int i = 0; i < 57; ++i) run.step(i % 7 == 0 ? 0.4F : -0.1F, i < 20 ? 0.2F : -0.1F);
        const double distance = map == MazeMap::medium ? run.goal_distance(270, 100) : run.goal_distance(31, 20);
        EXPECT_NEAR(run.total, 300.0 - distance, 1e-9);
        EXPECT_LT(run.total, 295.0);
    }
}

/// Turns towards points of a way that a person found, and goes there.
TEST(Maze, CanBeSolvedWithinItsSteps) {
    const std::array<Point, 12> way{{{71, 56},
                                     {84, 50},
                                     {104, 30},
                                     {118, 36},
                                     {142, 72},
                                     {171, 49},
                                     {188, 47},
                                     {202, 70},
                                     {215, 84},
                                     {237, 72},
                                     {260, 88},
                                     {270, 100}}};
    Drive run(MazeMap::medium);
    std::size_t next = 0;
    double heading = 0.0;
    double turning = 0.0;
    double speed = 0.0;
    bool done = false;
    int steps = 0;
    for (; steps < 400 && !done; ++steps) {
        if (next + 1 < way.size() && run.goal_distance(way[next].x, way[next].y) < 5.0) ++next;
        const double wanted = std::atan2(way[next].y - run.y(), way[next].x - run.x()) * 180.0 / std::acos(-1.0);
        const double off = std::remainder(wanted - heading, 360.0);
        const double turn = std::clamp(std::clamp(0.2 * off, -3.0, 3.0) - turning, -0.5, 0.5);
        const double push = std::clamp((std::abs(off) < 12.0 ? 2.0 : 0.0) - speed, -0.5, 0.5);
        done = run.step(static_cast<float>(turn), static_cast<float>(push)).done;
        turning = std::clamp(turning + turn, -3.0, 3.0);
        speed = std::clamp(speed + push, -3.0, 3.0);
        heading += turning;
    }
    EXPECT_TRUE(done) << "at " << run.x() << ", " << run.y() << " on the way to point " << next;
    EXPECT_GT(run.total, 295.0);
    EXPECT_LE(steps, 400);
}

TEST(MazeTask, EndsWhereItsBehaviourSays) {
    const MazeTask task;
    EXPECT_TRUE(task.traits().deterministic);
    EXPECT_EQ(task.traits().behaviour, (std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(task.traits().input_count, 10U);
    EXPECT_EQ(task.traits().output_count, 2U);
    const auto evaluator = task.make_evaluator();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        testing::RandomGenomeOptions options;
        options.shape = {10, 2, false};
        Network network = make_network({testing::random_genome(options, seed), NetworkKind::feed_forward});
        const double fitness = evaluator->evaluate(network, {});
        ASSERT_EQ(evaluator->behaviour().size(), 2U);
        const double x = evaluator->behaviour()[0];
        const double y = evaluator->behaviour()[1];
        EXPECT_NEAR(fitness, 300.0 - std::hypot(x - 270.0, y - 100.0), 1e-9);
        EXPECT_EQ(task.make_evaluator()->evaluate(network, {7, 8, 9}), fitness);
    }
}

TEST(MazeTask, ScoresEqualNetworksEqually) {
    testing::check_control_task(MazeTask());
    testing::check_control_task(MazeTask({.map = MazeMap::hard}, {}));
}

TEST(MazeTask, DrawsWallsGoalPathAndRobot) {
    Drive run(MazeMap::hard);
    run.step(0.0F, 0.5F);
    const Drawing drawing = run.maze->draw();
    ASSERT_EQ(drawing.shapes.size(), 11U + 4U);
    EXPECT_EQ(drawing.shapes[11].points[0].x, 31.0) << "the goal";
    EXPECT_EQ(drawing.shapes[12].points.size(), 2U) << "the path";
    EXPECT_EQ(drawing.shapes[13].points[0].x, 36.5) << "the robot";
}

}  // namespace
}  // namespace clade
