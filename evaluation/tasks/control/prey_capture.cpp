#include <clade/evaluation/tasks/control/prey_capture.hpp>

#include <clade/core/functions/double_math_internal.hpp>
#include <clade/core/functions/float_math_internal.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace clade {
namespace {

using std::numbers::pi;
constexpr int feeler_length = 4;  // squares from which a wall is felt; also how far from the walls the prey begins
constexpr int close = 2;          // squares

struct Square {
    int x = 0, y = 0;
    friend bool operator==(Square, Square) = default;
};

/// North, east, south, west.
constexpr std::array<Square, 4> moves{{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}};
constexpr std::array<double, 4> move_angles{0.5 * pi, 0.0, 1.5 * pi, pi};

/// Angle of a vector, counter-clockwise from east, in [0, 2 pi); error at most 1e-5. 0 for no vector. Abramowitz & Stegun,
/// Handbook of Mathematical Functions, 4.4.47.
double angle_of(Square v) {
    const double x = std::abs(v.x);
    const double y = std::abs(v.y);
    if (x == 0.0 && y == 0.0) return 0.0;
    const double z = std::min(x, y) / std::max(x, y);
    const double w = z * z;
    const double octant = z * ((((0.0208351 * w - 0.0851330) * w + 0.1801410) * w - 0.3302995) * w + 0.9998660);
    const double quadrant = y > x ? 0.5 * pi - octant : octant;
    const double half = v.x < 0 ? pi - quadrant : quadrant;
    return v.y < 0 ? 2.0 * pi - half : half;
}

int squared_length(Square v) { return v.x * v.x + v.y * v.y; }

/// How afraid the prey is of an agent at this distance (T in Gomez & Miikkulainen's appendix).
double fear(double distance) {
    if (distance <= 4.0) return 15.0 - distance;
    return distance <= 15.0 ? 9.0 - 0.5 * distance : 1.0;
}

EnvironmentTraits prey_traits(const PreyCaptureParams& params) {
    EnvironmentTraits traits{.name = "prey_capture",
                             .actions = discrete_actions({"north", "east", "south", "west"}),
                             .step_limit = 70,
                             .low = {0, 0},
                             .high = {double(params.grid_size), double(params.grid_size)}};
    for (const char* side :
         {"north-east", "north", "north-west", "west", "south-west", "south", "south-east", "east"}) {
        traits.observations.push_back({.name = std::string("prey ") + side, .low = 0, .high = 1});
    }
    traits.observations.push_back({.name = "prey close", .low = 0, .high = 1});
    for (const char* side : {"north", "east", "south", "west"}) {
        traits.observations.push_back({.name = std::string("wall ") + side, .low = 0, .high = 1});
    }
    traits.page = {
        .reward = "1 for catching the prey: the fitness is the fraction of episodes with a catch.",
        .termination = "The prey is caught, or after 70 steps, the head start included.",
        .solved = "Never by default; set task.solved_return to the fraction of catches that is enough.",
        .source =
            "Gomez & Miikkulainen, Adaptive Behavior 5, 1997, as in SharpNEAT. SharpNEAT's first input is always 1 "
            "(here: biases, or genome.bias_input), and its outputs mean no move if they tie or are all below 0.1 "
            "(here: the first largest output is the move)."};
    return traits;
}

class PreyCapture final : public Environment {
public:
    explicit PreyCapture(const PreyCaptureParams& params) : params_(params), traits_(prey_traits(params)) {}

    [[nodiscard]] const EnvironmentTraits& traits() const noexcept override { return traits_; }

    void reset(std::uint64_t seed, std::span<float> observation) override {
        stream_ = Stream({seed, 0, Purpose::episode}, 0);
        step_ = 0;
        const auto middle = static_cast<std::uint32_t>(params_.grid_size - 2 * feeler_length);
        prey_.x = feeler_length + static_cast<int>(stream_.below(middle));
        prey_.y = feeler_length + static_cast<int>(stream_.below(middle));
        const SineCosine direction = sincos_double(2.0 * pi * stream_.uniform());
        const double distance = stream_.uniform(2.0, 4.0);
        agent_.x = prey_.x + static_cast<int>(direction.cosine * distance);
        agent_.y = prey_.y + static_cast<int>(direction.sine * distance);
        observe(observation);
    }

    Step step(std::span<const float> action, std::span<float> observation) override {
        const bool waits = step_++ < params_.head_start;
        if (!waits) move(agent_, static_cast<std::size_t>(action[0]));
        const bool caught_it = !waits && agent_ == prey_;
        if (!caught_it) move_prey();
        const bool caught = !waits && (caught_it || agent_ == prey_);  // or it ran into the agent
        observe(observation);
        return {.reward = caught ? 1.0 : 0.0, .done = caught};
    }

    [[nodiscard]] Drawing draw() const override {
        using Role = Shape::Role;
        const auto size = double(params_.grid_size);
        const auto centre = [](Square s) { return Point{s.x + 0.5, s.y + 0.5}; };
        return {{{.role = Role::scenery, .points = {{0, 0}, {size, 0}, {size, size}, {0, size}}, .closed = true},
                 {.role = Role::part, .points = {centre(prey_)}, .radius = 0.4},
                 {.role = Role::body, .points = {centre(agent_)}, .radius = 0.5}}};
    }

private:
    /// Not beyond the walls.
    void move(Square& who, std::size_t direction) const {
        const Square by = moves[direction];
        who.x = std::clamp(who.x + by.x, 0, params_.grid_size - 1);
        who.y = std::clamp(who.y + by.y, 0, params_.grid_size - 1);
    }

    /// A direction is the likelier the more it leads away from the agent, and that the more the nearer it is:
    /// exp(0.33 T(distance) W(angle)).
    void move_prey() {
        if (!stream_.bernoulli(params_.prey_speed)) return;
        const Square to_agent{agent_.x - prey_.x, agent_.y - prey_.y};
        const double angle = angle_of(to_agent);
        const double urge = 0.33 * fear(std::sqrt(static_cast<double>(squared_length(to_agent))));
        std::array<double, 4> weights{};
        double sum = 0.0;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const double difference = std::abs(angle - move_angles[i]);
            const double away = std::min(difference, 2.0 * pi - difference) / pi;
            weights[i] = double{exp_float(static_cast<float>(urge * away))};
            sum += weights[i];
        }
        double rest = stream_.uniform() * sum;
        std::size_t chosen = 0;
        while (chosen + 1 < moves.size() && rest >= weights[chosen]) rest -= weights[chosen++];
        move(prey_, chosen);
    }

    void observe(std::span<float> observation) const {
        std::fill(observation.begin(), observation.end(), 0.0F);
        const Square to_prey{prey_.x - agent_.x, prey_.y - agent_.y};
        const int squared = squared_length(to_prey);
        if (static_cast<double>(squared) <= params_.sensor_range * params_.sensor_range) {
            const double turned = angle_of(to_prey) - pi / 8.0;  // a sensor's middle is due north, north-east, ...
            observation[static_cast<std::size_t>((turned < 0.0 ? turned + 2.0 * pi : turned) * 4.0 / pi)] = 1.0F;
        }
        observation[8] = squared <= close * close ? 1.0F : 0.0F;
        const int last = params_.grid_size - 1;
        const std::array<int, 4> to_wall{last - agent_.y, last - agent_.x, agent_.y, agent_.x};
        for (std::size_t i = 0; i < to_wall.size(); ++i) {
            observation[9 + i] =
                static_cast<float>(std::max(feeler_length - to_wall[i], 0)) / static_cast<float>(feeler_length);
        }
    }

    PreyCaptureParams params_;
    EnvironmentTraits traits_;
    Stream stream_{{}, 0};
    Square prey_{}, agent_{};
    int step_ = 0;
};

}  // namespace

std::unique_ptr<Environment> make_prey_capture(const PreyCaptureParams& params) {
    return std::make_unique<PreyCapture>(params);
}

PreyCaptureTask::PreyCaptureTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask(
          [params] { return std::make_unique<EnvironmentLanes>([params] { return make_prey_capture(params); }); },
          params.episodes) {}

void visit_fields(PreyCaptureParams& params, FieldVisitor& field) {
    field("grid_size", params.grid_size, between(9, 1000), "Width and height of the grid. [squares]");
    field("head_start", params.head_start, between(0, 1000), "Moves of the prey before the agent may move.");
    field("prey_speed", params.prey_speed, probability(), "Probability that the prey moves in a step.");
    field("sensor_range", params.sensor_range, between(0.0, 1000.0),
          "Distance at which the agent sees the prey. [squares]");
    visit_fields(params.episodes, field);
}

void check_params(const PreyCaptureParams& params, IssueSink& issues) { check_episodes(params.episodes, true, issues); }

}  // namespace clade
