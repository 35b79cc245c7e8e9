// Environments: what an agent observes and acts in, step by step. Derive for control tasks of your own.
//
//   class Corridor final : public Environment {
//   public:
//       const EnvironmentTraits& traits() const noexcept override { return traits_; }
//       void reset(std::uint64_t seed, std::span<float> observation) override {
//           position_ = Stream({seed, 0, Purpose::episode}, 0).uniform(-1.0, 1.0);
//           observation[0] = static_cast<float>(position_);
//       }
//       Step step(std::span<const float> action, std::span<float> observation) override {
//           position_ += 0.1 * action[0];
//           observation[0] = static_cast<float>(position_);
//           return {.reward = -std::abs(position_), .done = std::abs(position_) > 2.0};
//       }
//
//   private:
//       EnvironmentTraits traits_{.name = "corridor",
//                                 .observations = {{.name = "position", .low = -2, .high = 2}},
//                                 .actions = continuous_actions({{.name = "speed", .low = -1, .high = 1}}),
//                                 .step_limit = 100};
//       double position_ = 0.0;
//   };
//
// ControlTask (control_task.hpp) makes a task of it: episodes, mapping of outputs to actions, confirmation, traces.
#pragma once

#include <clade/evaluation/episodes/action_space.hpp>
#include <clade/evaluation/task.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace clade {

/// Facts about an environment.
struct EnvironmentTraits {
    std::string name{};                  ///< snake_case
    std::vector<Signal> observations{};  ///< a network gets each multiplied by its `scale`
    ActionSpace actions{};
    std::size_t step_limit = 1000;          ///< steps after which an episode ends
    std::optional<double> solved_return{};  ///< mean return over held-out episodes that counts as solved
    std::size_t lane_limit = 0;             ///< episodes that a LaneEnvironment runs at once at most; 0: any number
    bool random = true;                     ///< whether episodes of different seeds differ
    double step_seconds = 1.0;              ///< simulated time of a step, for traces
    std::vector<std::string> behaviour{};   ///< names of what behaviour() returns
    TaskPage page{};                        ///< texts only: reward, termination, source
    Point low{}, high{};                    ///< corners of what draw() shows
};

/// Throws Error for traits that no environment can have: a name that is not snake_case, no observations or actions, both
/// choices and controls, a step_limit of 0, a low above high, controls without finite bounds, a scale of 0.
void check_traits(const EnvironmentTraits& traits);

/// The result of a step.
struct Step {
    double reward = 0.0;
    bool done = false;  ///< the episode is over; the step limit is not the environment's concern
};

/// One episode at a time. Used by one thread.
class Environment {
public:
    virtual ~Environment() = default;

    [[nodiscard]] virtual const EnvironmentTraits& traits() const noexcept = 0;

    /// Begins an episode that depends on `seed` alone; writes the first observation [observations.size()].
    virtual void reset(std::uint64_t seed, std::span<float> observation) = 0;

    /// Acts [actions.size()]: the index of a choice, or controls within their bounds (an environment clips what it must).
    virtual Step step(std::span<const float> action, std::span<float> observation) = 0;

    /// Where the episode has led so far: [traits.behaviour.size()].
    [[nodiscard]] virtual std::span<const double> behaviour() const { return {}; }

    /// A drawing of the current state; empty for none.
    [[nodiscard]] virtual Drawing draw() const { return {}; }
};

}  // namespace clade
