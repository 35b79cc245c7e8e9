#include <clade/evaluation/tasks/control/maze.hpp>

#include <clade/core/functions/double_math_internal.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace clade {
namespace {

constexpr double robot_radius = 8.0;
constexpr double sensor_range = 100.0;
constexpr double goal_radius = 5.0;
constexpr double top_speed = 3.0;  // units a step, and degrees a step
constexpr double full_fitness = 300.0;
constexpr double least_fitness = 0.1;
constexpr double degree = 3.14159265358979323846 / 180.0;

struct Wall {
    Point from, to;
};

struct Maze {
    Point start, goal, high;  // the border goes from (5, 5) to `high`
    std::vector<Wall> walls;  // with the border
};

Maze bordered(Maze maze) {
    const std::array<Point, 4> corners{{{5, 5}, {maze.high.x, 5}, maze.high, {5, maze.high.y}}};
    for (std::size_t i = 0; i < corners.size(); ++i) {
        maze.walls.push_back({corners[i], corners[(i + 1) % corners.size()]});
    }
    return maze;
}

Maze maze_of(MazeMap map) {
    if (map == MazeMap::medium) {
        return bordered({.start = {30, 22},
                         .goal = {270, 100},
                         .high = {295, 135},
                         .walls = {{{241, 135}, {58, 65}},
                                   {{114, 5}, {73, 42}},
                                   {{130, 91}, {107, 46}},
                                   {{196, 5}, {139, 51}},
                                   {{219, 125}, {182, 63}},
                                   {{267, 5}, {214, 63}},
                                   {{271, 135}, {237, 88}}}});
    }
    return bordered({.start = {36, 184},
                     .goal = {31, 20},
                     .high = {200, 200},
                     .walls = {{{5, 49}, {57, 53}},
                               {{56, 54}, {56, 157}},
                               {{57, 106}, {158, 162}},
                               {{77, 200}, {108, 164}},
                               {{5, 80}, {33, 121}},
                               {{200, 146}, {87, 91}},
                               {{56, 55}, {133, 30}}}});
}

double squared_distance(Point a, Point b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }
double distance(Point a, Point b) { return std::sqrt(squared_distance(a, b)); }

double squared_distance(Point p, const Wall& wall) {
    const Point along{wall.to.x - wall.from.x, wall.to.y - wall.from.y};
    const double length = along.x * along.x + along.y * along.y;
    const double part = ((p.x - wall.from.x) * along.x + (p.y - wall.from.y) * along.y) / length;
    const double t = std::clamp(part, 0.0, 1.0);
    return squared_distance(p, Point{wall.from.x + t * along.x, wall.from.y + t * along.y});
}

/// How far `wall` is from `p` in the direction of the unit vector `ray`; the sensor's range if it is not in the way.
double range_to(const Wall& wall, Point p, Point ray) {
    const Point along{wall.to.x - wall.from.x, wall.to.y - wall.from.y};
    const double cross = ray.x * along.y - ray.y * along.x;
    if (cross == 0.0) return sensor_range;  // parallel
    const Point to_wall{wall.from.x - p.x, wall.from.y - p.y};
    const double range = (to_wall.x * along.y - to_wall.y * along.x) / cross;
    const double part = (to_wall.x * ray.y - to_wall.y * ray.x) / cross;
    return range >= 0.0 && part >= 0.0 && part <= 1.0 ? std::min(range, sensor_range) : sensor_range;
}

EnvironmentTraits maze_traits(const Maze& maze) {
    EnvironmentTraits traits{.name = "maze",
                             .actions = continuous_actions({{.name = "turn", .unit = "degrees/step^2"},
                                                            {.name = "accelerate", .unit = "1/step^2"}}),
                             .step_limit = 400,
                             .solved_return = full_fitness - goal_radius,
                             .random = false,
                             .behaviour = {"x", "y"},
                             .low = {0, 0},
                             .high = {maze.high.x + 5, maze.high.y + 5}};
    for (Signal& control : traits.actions.controls) {
        control.low = -0.5;
        control.high = 0.5;
    }
    for (const char* side : {"right", "front right", "front", "front left", "left", "rear"}) {
        traits.observations.push_back(
            {.name = std::string("wall ") + side, .low = 0, .high = sensor_range, .scale = 1.0 / sensor_range});
    }
    for (const char* side : {"front", "left", "rear", "right"}) {
        traits.observations.push_back({.name = std::string("goal ") + side, .low = 0, .high = 1});
    }
    traits.page = {
        .reward =
            "The return is 300 minus the final distance to the goal, at least 0.1; each step's reward is its change.",
        .termination = "The goal is nearer than 5, or after 400 steps.",
        .solved = "The goal is nearer than 5 at the end: a return above 295.",
        .source =
            "Lehman & Stanley, Evolutionary Computation 19(2), 2011; walls and update order as in their program. "
            "In theirs, and in goNEAT_NS, the goal's direction overwrites the rear rangefinder and an input "
            "stays unset; not here."};
    return traits;
}

/// One step moves first, along the heading as it was, then turns.
class MazeEnvironment final : public Environment {
public:
    explicit MazeEnvironment(MazeMap map) : maze_(maze_of(map)), traits_(maze_traits(maze_)) {}

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t /*seed*/, std::span<float> observation) override {
        move_to(maze_.start);
        heading_ = turning_ = speed_ = fitness_ = 0.0;
        path_.assign(1, position_);
        face();
        observe(observation);
    }

    Step step(std::span<const float> action, std::span<float> observation) override {
        turning_ = std::clamp(turning_ + std::clamp(double{action[0]}, -0.5, 0.5), -top_speed, top_speed);
        speed_ = std::clamp(speed_ + std::clamp(double{action[1]}, -0.5, 0.5), -top_speed, top_speed);
        const Point next{position_.x + speed_ * ahead_.x, position_.y + speed_ * ahead_.y};
        heading_ += turning_;
        if (heading_ >= 360.0) heading_ -= 360.0;
        if (heading_ < 0.0) heading_ += 360.0;
        face();
        if (is_free(next)) move_to(next);
        path_.push_back(position_);
        observe(observation);
        const double left = distance(position_, maze_.goal);
        const double before = fitness_;
        fitness_ = std::max(full_fitness - left, least_fitness);
        return {.reward = fitness_ - before, .done = left < goal_radius};
    }

    [[nodiscard]] std::span<const double> behaviour() const override { return place_; }

    [[nodiscard]] Drawing draw() const override {
        using Role = Shape::Role;
        Drawing drawing;
        for (const Wall& wall : maze_.walls) {
            drawing.shapes.push_back({.role = Role::scenery, .points = {wall.from, wall.to}});
        }
        drawing.shapes.push_back({.role = Role::scenery, .points = {maze_.goal}, .radius = goal_radius});
        drawing.shapes.push_back({.role = Role::path, .points = path_});
        drawing.shapes.push_back({.role = Role::body, .points = {position_}, .radius = robot_radius});
        const Point nose{position_.x + robot_radius * ahead_.x, position_.y + robot_radius * ahead_.y};
        drawing.shapes.push_back({.role = Role::part, .points = {position_, nose}});
        return drawing;
    }

private:
    void move_to(Point place) {
        position_ = place;
        place_ = {place.x, place.y};
    }

    void face() {
        const SineCosine angle = sincos_double(heading_ * degree);
        ahead_ = {angle.cosine, angle.sine};
    }

    [[nodiscard]] bool is_free(Point centre) const {
        return std::none_of(maze_.walls.begin(), maze_.walls.end(), [&](const Wall& wall) {
            return squared_distance(centre, wall) < robot_radius * robot_radius;
        });
    }

    void observe(std::span<float> observation) const {
        const auto [c, s] = ahead_;
        const double half = std::sqrt(0.5);  // a turn by 45 degrees
        const std::array<Point, 6> rays{
            {{s, -c}, {half * (c + s), half * (s - c)}, {c, s}, {half * (c - s), half * (s + c)}, {-s, c}, {-c, -s}}};
        for (std::size_t i = 0; i < rays.size(); ++i) {
            double range = sensor_range;
            for (const Wall& wall : maze_.walls) range = std::min(range, range_to(wall, position_, rays[i]));
            observation[i] = static_cast<float>(range);
        }
        const Point to_goal{maze_.goal.x - position_.x, maze_.goal.y - position_.y};
        const double forward = c * to_goal.x + s * to_goal.y;
        const double leftward = c * to_goal.y - s * to_goal.x;
        std::fill(observation.begin() + 6, observation.end(), 0.0F);
        observation[6 + quarter_of(forward, leftward)] = 1.0F;
    }

    /// 0 within 45 degrees ahead, then counter-clockwise; a quarter begins with its border.
    static std::size_t quarter_of(double forward, double leftward) {
        if (leftward < forward && leftward >= -forward) return 0;
        if (leftward >= forward && leftward > -forward) return 1;
        return leftward <= -forward && leftward > forward ? 2 : 3;
    }

    Maze maze_;
    EnvironmentTraits traits_;
    Point position_{};
    Point ahead_{};         // unit vector of the heading
    double heading_ = 0.0;  // degrees, [0, 360)
    double turning_ = 0.0;  // degrees a step
    double speed_ = 0.0;    // units a step
    double fitness_ = 0.0;  // the return so far
    std::vector<Point> path_;
    std::array<double, 2> place_{};  // position_, as behaviour
};

}  // namespace

std::unique_ptr<Environment> make_maze(MazeMap map) { return std::make_unique<MazeEnvironment>(map); }

MazeTask::MazeTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask(
          [map = params.map] {
              return std::make_unique<EnvironmentLanes>([map] { return std::make_unique<MazeEnvironment>(map); });
          },
          params.episodes) {}

void visit_fields(MazeTask::Params& params, FieldVisitor& field) {
    field("map", params.map, "Maze to solve; in the hard one the distance to the goal is deceptive.");
    visit_fields(params.episodes, field);
}

void check_params(const MazeTask::Params& params, IssueSink& issues) { check_episodes(params.episodes, false, issues); }

}  // namespace clade
