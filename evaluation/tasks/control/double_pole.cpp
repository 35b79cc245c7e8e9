#include <clade/evaluation/tasks/control/double_pole.hpp>

#include <clade/evaluation/tasks/control/pole_environment.hpp>

#include <algorithm>
#include <cmath>

namespace clade {
namespace {

constexpr std::uint64_t long_run = 100'000;  // steps from the normal start that a solution balances
constexpr std::uint64_t short_run = 1'000;   // steps from each start of the test of generalisation

PoleEnvironment make_environment(const DoublePoleTask::Params& params) {
    const bool damping = params.fitness == PoleFitness::damping;
    EnvironmentTraits traits{.name = "double_pole", .step_limit = step_limit_of(params)};
    traits.page.reward =
        damping ? "Fitness is 0.1 f1 + 0.9 f2. f1: fraction of max_steps balanced. f2: 0 below 100 steps, else 0.75 "
                  "divided "
                  "by the sum of |position|, |velocity|, |angle 1| and |angular velocity 1| over the last 100 steps."
                : "1 per step that ends with both poles up; the fitness is their sum.";
    traits.page.termination =
        "A pole is more than 36 degrees from upright, the cart more than 2.4 m from the middle, or after max_steps.";
    traits.page.solved = damping ? "Balanced for 100,000 steps, and for 1,000 steps from at least "
                                   "generalisation_threshold of 625 test starts."
                                 : "Balanced for max_steps, or one step fewer.";
    traits.page.source =
        "Stanley & Miikkulainen, Evolutionary Computation 10:99-127 (2002), section 4; physics of Wieland (1991). "
        "Inputs, start (0.07 rad) and force as in the original NEAT code, which has no cart friction (other authors: "
        "5e-4). Start in the paper: 1 degree; in Gomez et al. (2008): 4; in Gruau et al. (1996): 4.5.";
    return PoleEnvironment(std::move(traits), {.poles = 2,
                                               .second_pole = params.second_pole,
                                               .start_angle = params.start_angle,
                                               .cart_friction = params.cart_friction,
                                               .pole_friction = params.pole_friction,
                                               .velocities = params.velocities});
}

/// A cart with its episodes; keeps its memory.
class Cart {
public:
    Cart(const DoublePoleTask::Params& params, std::uint64_t step_limit)
        : environment_(make_environment(params)), params_{.step_limit = step_limit}, runner_(environment_, params_) {}
    Cart(const Cart&) = delete;  // its runner refers to the rest
    Cart& operator=(const Cart&) = delete;

    /// Steps balanced from the normal start; `watch` is called after each.
    std::size_t balance(Network& network, const std::function<void()>& watch) {
        constexpr std::uint64_t seed = 0;  // all episodes are the same
        runner_.run(
            network, 1,
            [&](std::span<float> observations) {
                environment_.reset({&seed, 1}, observations);
            },
            watch);
        return static_cast<std::size_t>(runner_.returns()[0]);
    }

    /// From how many of these states [6 x count] the step limit is reached.
    std::size_t count_balanced(Network& network, std::span<const double> states) {
        runner_.run(network, states.size() / 6,
                    [&](std::span<float> observations) { environment_.start_from(states, observations); });
        const auto all = static_cast<double>(*params_.step_limit);
        return static_cast<std::size_t>(std::count(runner_.returns().begin(), runner_.returns().end(), all));
    }

    void set_deadline(const Deadline* deadline) noexcept { runner_.set_deadline(deadline); }

    [[nodiscard]] std::span<const double> state() const noexcept { return environment_.state(); }

private:
    PoleEnvironment environment_;
    EpisodeParams params_;
    EpisodeRunner runner_;
};

class DampingEvaluator final : public Evaluator {
public:
    explicit DampingEvaluator(const DoublePoleTask::Params& params)
        : limit_(step_limit_of(params)), cart_(params, limit_) {}

    double evaluate(Network& network, const Seeds& /*seeds*/) override {
        cart_.set_deadline(deadline());
        std::size_t step = 0;
        const std::size_t steps = cart_.balance(network, [&] {
            const std::span<const double> state = cart_.state();
            movement_[step++ % movement_.size()] =
                std::abs(state[0]) + std::abs(state[1]) + std::abs(state[2]) + std::abs(state[3]);
        });
        double sum = 0.0;
        for (std::size_t i = steps - std::min(steps, damping_window); i < steps; ++i) {
            sum += movement_[i % movement_.size()];
        }
        return damping_fitness(steps, limit_, sum);
    }

    /// There is one episode; what it brings is the fitness.
    void play(Network& network, const Seeds& seeds, std::size_t /*first*/, std::span<double> returns) override {
        returns[0] = evaluate(network, seeds);
    }

    [[nodiscard]] double fitness_of(std::span<const double> returns) override { return returns[0]; }

private:
    std::size_t limit_;
    Cart cart_;
    std::array<double, damping_window + 1> movement_{};  // a ring; one more for the step that fails, which is no part
};

}  // namespace

DoublePoleTask::DoublePoleTask(const Params& params, const TaskContext& /*context*/)
    : ControlTask([params] { return std::make_unique<PoleEnvironment>(make_environment(params)); }, {}),
      params_(params) {}

std::unique_ptr<Evaluator> DoublePoleTask::make_evaluator() const {
    if (params_.fitness == PoleFitness::steps) return ControlTask::make_evaluator();
    return std::make_unique<DampingEvaluator>(params_);
}

/// The paper's test of a champion; the second part only of one that passes the first.
std::vector<Measure> DoublePoleTask::examine(Network& network, const Deadline& deadline) const {
    Cart long_cart(params_, long_run);
    long_cart.set_deadline(&deadline);
    const std::size_t steps = long_cart.balance(network, {});
    std::vector<Measure> measures{{"steps from the normal start", static_cast<double>(steps)}};
    if (steps == long_run) {
        Cart short_cart(params_, short_run);
        short_cart.set_deadline(&deadline);
        const std::size_t passed = short_cart.count_balanced(network, generalisation_starts());
        measures.push_back({"generalisation", static_cast<double>(passed)});
    }
    return measures;
}

std::optional<Verdict> DoublePoleTask::solves(Network& network, double fitness, const Deadline& deadline) const {
    if (params_.fitness == PoleFitness::steps) {
        return Verdict{fitness >= static_cast<double>(step_limit_of(params_) - 1)};
    }
    // 0.1 is the least that all of the steps give.
    if (fitness < 0.1) return Verdict{};
    Verdict verdict{.measures = examine(network, deadline)};
    verdict.solved = verdict.measures.size() == 2 &&
                     verdict.measures[1].value >= static_cast<double>(params_.generalisation_threshold);
    return verdict;
}

TaskReport DoublePoleTask::report(Network& network) const { return {.measures = examine(network, {})}; }

std::uint64_t step_limit_of(const DoublePoleTask::Params& params) noexcept {
    return params.max_steps.value_or(params.fitness == PoleFitness::damping ? short_run : long_run);
}

double damping_fitness(std::size_t steps, std::size_t limit, double movement) noexcept {
    const double balanced = static_cast<double>(steps) / static_cast<double>(limit);
    const double still = steps < damping_window ? 0.0 : 0.75 / movement;
    return 0.1 * balanced + 0.9 * still;
}

std::vector<double> generalisation_starts() {
    constexpr std::array parts{0.05, 0.25, 0.5, 0.75, 0.95};
    constexpr std::array ranges{4.32, 2.70, 0.12566304, 0.30019504};  // of position, velocity, angle 1 and its velocity
    std::vector<double> states(6 * generalisation_start_count, 0.0);
    for (std::size_t start = 0; start < generalisation_start_count; ++start) {
        std::size_t digits = start;
        for (std::size_t variable = 0; variable < ranges.size(); ++variable) {
            const double part = parts[digits % parts.size()];
            states[variable * generalisation_start_count + start] = ranges[variable] * part - 0.5 * ranges[variable];
            digits /= parts.size();
        }
    }
    return states;
}

void visit_fields(DoublePoleTask::Params& params, FieldVisitor& field) {
    field("velocities", params.velocities, "Give the network the velocities; without them it must be recurrent.");
    field("fitness", params.fitness,
          "steps: number of steps balanced; damping: also rewards little movement in the last 100 steps (Gruau), for "
          "networks without velocities, which otherwise oscillate.");
    field("max_steps", params.max_steps, between(1, 100'000'000),
          "Maximum number of steps per episode, 0.02 s each; null for 100,000, or 1,000 with damping.");
    field("start_angle", params.start_angle, between(-35.0, 35.0), "Initial angle of the first pole. [degrees]");
    field("second_pole", params.second_pole, between(0.02, 0.9),
          "Length and mass of the second pole relative to the first; hard from 0.5 on.");
    field("cart_friction", params.cart_friction, between(0.0, 1.0), "Friction of the cart on its track. [N]");
    field("pole_friction", params.pole_friction, between(0.0, 0.01), "Friction of each hinge. [N m s]");
    field("generalisation_threshold", params.generalisation_threshold, between(0, 625),
          "Minimum number of the 625 test starts from which a solution balances, with fitness: damping.");
}

}  // namespace clade
