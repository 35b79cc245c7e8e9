#include <clade/evaluation/model/policy.hpp>

#include <clade/core/error.hpp>
#include <clade/core/text.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <string>

namespace clade {
namespace {

const ControlInterface& control_of(const Model& model) {
    const std::string task = model.origin.task.empty() ? "" : " of task '" + printable(model.origin.task) + "'";
    if (!model.is_direct) {
        throw Error("a decoder of the program that made this model" + task + " makes its network: use that program");
    }
    if (!model.interface.control) throw Error("this model" + task + " is not one of a control task: it has no actions");
    return *model.interface.control;
}

}  // namespace

Policy::Policy(const Model& model, const FunctionSet& functions)
    : inputs_(model.interface.inputs), control_(control_of(model)), network_(make_network(model.genome, functions)) {
    check_model(model);
    scaled_.resize(network_.input_count());
    outputs_.resize(network_.output_count());
}

void Policy::act(std::span<const float> observation, std::span<float> action) {
    if (observation.size() != scaled_.size() || action.size() != control_.actions.size()) {
        throw Error("a policy takes " + std::to_string(scaled_.size()) + " observations and gives " +
                    std::to_string(control_.actions.size()) + " actions, got room for " +
                    std::to_string(observation.size()) + " and " + std::to_string(action.size()));
    }
    for (std::size_t i = 0; i < scaled_.size(); ++i) {
        scaled_[i] = observation[i] * static_cast<float>(inputs_[i].scale);
    }
    network_.activate(scaled_, outputs_);
    map_actions(control_.mapping, control_.actions, outputs_, action, 1);
}

}  // namespace clade
