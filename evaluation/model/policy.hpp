// Acts with the model of a control task: scales an observation, runs the network, maps its outputs to an action.
//
//   Policy policy(load_model("champion.json"));
//   policy.reset();                                  // before each episode
//   policy.act(observation, action);                 // each step; allocates nothing
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/evaluation/model/model.hpp>
#include <clade/evaluation/network/network.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace clade {

/// For one thread at a time.
class Policy {
public:
    /// Throws Error for a model that is not of a control task, or not direct.
    explicit Policy(const Model& model, const FunctionSet& functions = {});

    /// The observations, each with its name, unit and scale: [observation_count].
    [[nodiscard]] const std::vector<Signal>& observations() const noexcept { return inputs_; }
    [[nodiscard]] const ActionSpace& actions() const noexcept { return control_.actions; }

    /// Forgets the state of a recurrent network.
    void reset() { network_.reset(); }

    /// What act() runs, with its state.
    [[nodiscard]] Network& network() noexcept { return network_; }
    [[nodiscard]] const Network& network() const noexcept { return network_; }

    /// What the environment says, [observations().size()], to what step() takes, [actions().size()]: the index of a choice,
    /// or the controls. The same bits as in training. Throws Error if the sizes are others.
    void act(std::span<const float> observation, std::span<float> action);

private:
    std::vector<Signal> inputs_;
    ControlInterface control_;
    Network network_;
    std::vector<float> scaled_;
    std::vector<float> outputs_;
};

}  // namespace clade
