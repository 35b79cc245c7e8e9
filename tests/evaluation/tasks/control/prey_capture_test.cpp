// Prey capture, hunted by hand.
#include <clade/evaluation/tasks/control/prey_capture.hpp>

#include "tests/support/control_task_checks.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <thread>

namespace clade {
namespace {

using testing::Episode;
using testing::mean_return;
using testing::run_episode;

using Observation = std::span<const float>;

constexpr std::array<const char*, 4> directions{"north", "east", "south", "west"};

void stay_north(Observation /*o*/, std::span<float> action) { action[0] = 0.0F; }

/// Runs after the prey as long as it sees it, then on where it was last seen.
testing::Policy hunter() {
    return [last = 0.0F, odd = false](Observation o, std::span<float> action) mutable {
        // For each direction sensor (north-east, then counter-clockwise) a move, and one in turn with it for diagonals.
        constexpr std::array<std::array<int, 2>, 8> chase{
            {{0, 1}, {0, 0}, {0, 3}, {3, 3}, {2, 3}, {2, 2}, {2, 1}, {1, 1}}};
        odd = !odd;
        for (std::size_t i = 0; i < 8; ++i) {
            if (o[i] == 1.0F) last = static_cast<float>(chase[i][odd ? 1 : 0]);
        }
        action[0] = last;
    };
}

/// Where agent and prey are, from the drawing: the lower left corner of their squares.
struct Places {
    explicit Places(const Environment& environment) {
        const Drawing drawing = environment.draw();
        prey = drawing.shapes[1].points[0];
        agent = drawing.shapes[2].points[0];
    }
    [[nodiscard]] double distance() const { return std::hypot(prey.x - agent.x, prey.y - agent.y); }
    Point prey, agent;
};

TEST(PreyCapture, BeginsWithThePreyInSightAndAwayFromTheWalls) {
    const auto environment = make_prey_capture({});
    std::vector<float> observation(13);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        environment->reset(seed, observation);
        const Places places(*environment);
        EXPECT_LE(places.distance(), 4.0);
        EXPECT_GE(places.distance(), 1.0);
        EXPECT_GE(std::min(places.prey.x, places.prey.y), 4.5);
        EXPECT_LE(std::max(places.prey.x, places.prey.y), 19.5);
        EXPECT_EQ(std::count(observation.begin(), observation.begin() + 8, 1.0F), 1);
        EXPECT_EQ(observation[8], places.distance() <= 2.0 ? 1.0F : 0.0F);
    }
}

TEST(PreyCapture, SeesThePreyInTheDirectionItIsIn) {
    const auto environment = make_prey_capture({});
    std::vector<float> observation(13);
    std::map<std::size_t, int> seen;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        environment->reset(seed, observation);
        const Places places(*environment);
        const double angle = std::atan2(places.prey.y - places.agent.y, places.prey.x - places.agent.x);
        const double eighths = angle * 4.0 / std::acos(-1.0);  // 0 is east, 2 north, -2 south
        const auto sensor = static_cast<std::size_t>((std::lround(eighths) + 7 + 8) % 8);
        EXPECT_EQ(observation[sensor], 1.0F) << "seed " << seed << ", angle " << angle;
        ++seen[sensor];
    }
    EXPECT_EQ(seen.size(), 8U);
    EXPECT_EQ(environment->traits().observations[1].name, "prey north");
    EXPECT_EQ(environment->traits().observations[7].name, "prey east");
}

TEST(PreyCapture, LetsThePreyRunFirst) {
    const auto environment = make_prey_capture({});
    std::vector<float> observation(13);
    environment->reset(5, observation);
    const Point start = Places(*environment).agent;
    for (int i = 0; i < 4; ++i) {
        const Point before = Places(*environment).prey;
        (void)environment->step(std::array{1.0F}, observation);
        const Places places(*environment);
        EXPECT_EQ(places.agent.x, start.x) << "the agent waits";
        EXPECT_EQ(std::abs(places.prey.x - before.x) + std::abs(places.prey.y - before.y), 1.0);
    }
    (void)environment->step(std::array{1.0F}, observation);
    EXPECT_EQ(Places(*environment).agent.x, start.x + 1.0);
}

TEST(PreyCapture, MovesAsTheActionSaysAndFeelsTheWalls) {
    const auto environment = make_prey_capture({.prey_speed = 0.0});
    std::vector<float> observation(13);
    const std::array<Point, 4> by{{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}};
    for (std::size_t direction = 0; direction < 4; ++direction) {
        environment->reset(3, observation);
        for (int i = 0; i < 4; ++i) (void)environment->step(std::array{0.0F}, observation);
        const Point before = Places(*environment).agent;
        (void)environment->step(std::array{static_cast<float>(direction)}, observation);
        const Point after = Places(*environment).agent;
        EXPECT_EQ(after.x - before.x, by[direction].x) << directions[direction];
        EXPECT_EQ(after.y - before.y, by[direction].y) << directions[direction];
        for (int i = 0; i < 30; ++i) (void)environment->step(std::array{static_cast<float>(direction)}, observation);
        EXPECT_EQ(observation[9 + direction], 1.0F) << "at the wall, and not beyond it";
        EXPECT_EQ(observation[9 + (direction + 2) % 4], 0.0F);
    }
}

TEST(PreyCapture, IsWonByAHunterAndNotByStandingStill) {
    const auto environment = make_prey_capture({});
    EXPECT_LT(mean_return(*environment, 300, stay_north), 0.25);
    double caught = 0.0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) caught += run_episode(*environment, seed, hunter()).total;
    EXPECT_GT(caught / 300.0, 0.5);
    const auto still = make_prey_capture({.prey_speed = 0.0});
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Episode episode = run_episode(*still, seed, hunter());
        EXPECT_EQ(episode.total, 1.0);
        EXPECT_TRUE(episode.done);
        EXPECT_EQ(episode.rewards.back(), 1.0);
    }
}

TEST(PreyCapture, LetsThePreyFleeTheMoreTheNearerTheAgent) {
    const auto environment = make_prey_capture({.head_start = 1000});
    std::vector<float> observation(13);
    int away = 0;
    int moves = 0;
    int later_away = 0;
    int later_moves = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        environment->reset(seed, observation);
        for (int i = 0; i < 40; ++i) {
            const double before = Places(*environment).distance();
            (void)environment->step(std::array{0.0F}, observation);
            const double after = Places(*environment).distance();
            if (after == before) continue;  // at a wall
            (before <= 4.0 ? moves : later_moves) += 1;
            if (after > before) (before <= 4.0 ? away : later_away) += 1;
        }
    }
    // Away from an agent 3 squares off, straight in line: exp(3.96) against exp(1.98) twice and 1.
    EXPECT_GT(static_cast<double>(away) / moves, 0.9);
    EXPECT_LT(static_cast<double>(later_away) / later_moves, static_cast<double>(away) / moves);
    EXPECT_GT(static_cast<double>(later_away) / later_moves, 0.5);
}

TEST(PreyCapture, RepeatsAnEpisodeForItsSeedOnly) {
    const auto environment = make_prey_capture({});
    const Episode first = run_episode(*environment, 11, hunter());
    (void)run_episode(*environment, 12, hunter());
    EXPECT_EQ(run_episode(*environment, 11, hunter()), first);
    Episode elsewhere;
    std::thread([&] { elsewhere = run_episode(*make_prey_capture({}), 11, hunter()); }).join();
    EXPECT_EQ(elsewhere, first);
    EXPECT_NE(run_episode(*environment, 12, hunter()), first);
}

TEST(PreyCaptureTask, ScoresTheShareOfEpisodesWithACatch) {
    testing::check_control_task(PreyCaptureTask());
    const PreyCaptureTask task;
    EXPECT_EQ(task.traits().input_count, 13U);
    EXPECT_EQ(task.traits().output_count, 4U);
    EXPECT_EQ(task.params().episodes, 100);
    testing::RandomGenomeOptions options;
    options.shape = {13, 4, false};
    Network network = make_network({testing::random_genome(options, 1), NetworkKind::feed_forward});
    const double hundredths = 100.0 * task.make_evaluator()->evaluate(network, {1, 2, 3});
    EXPECT_NEAR(hundredths, std::round(hundredths), 1e-9);
    EXPECT_GE(hundredths, 0.0);
    EXPECT_LE(hundredths, 100.0);
}

}  // namespace
}  // namespace clade
