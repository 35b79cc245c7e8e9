#include "c_interface/network_handle_internal.hpp"

#include "c_interface/border_internal.hpp"
#include "c_interface/model_handle_internal.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace clade::c_interface {

void make_room(Network& network, std::size_t most_rows) {
    constexpr std::size_t most = std::size_t{1} << 30;
    require(most_rows >= 1 && most_rows <= most, "the number of rows must be between 1 and 2^30");
    const std::size_t rows = network.is_recurrent() ? most_rows : 1;  // others need the same for any number
    std::vector<float> outputs(network.output_count() * rows);
    network.activate_batch(std::vector<float>(network.input_count() * rows), outputs, rows);
    network.reset();
}

namespace {

clade_network make_runner(const Model& model) {
    if (model.interface.control && model.is_direct) return {Policy(model)};
    if (model.interface.data || !model.is_direct) return {RowPredictor(model)};  // which says why it is none
    return {make_network(model.genome)};
}

template <class Runner>
Runner& runner_of(clade_network* network, const char* rule) {
    require(network != nullptr, "network must not be null");
    auto* runner = std::get_if<Runner>(&network->runner);
    require(runner != nullptr, rule);
    return *runner;
}

}  // namespace
}  // namespace clade::c_interface

using namespace clade::c_interface;  // NOLINT(google-build-using-namespace): the functions below are C's

clade_status clade_network_create(const clade_model* model, size_t most_rows, clade_network** network) {
    return guarded([&] {
        require(model != nullptr && network != nullptr, "model and network must not be null");
        auto handle = std::make_unique<clade_network>(make_runner(model->model));
        make_room(handle->network(), most_rows);
        handle->most_rows = most_rows;
        *network = handle.release();
    });
}

void clade_network_destroy(clade_network* network) { delete network; }

clade_status clade_network_reset(clade_network* network) {
    return guarded([&] {
        require(network != nullptr, "network must not be null");
        network->network().reset();
    });
}

clade_status clade_network_copy_state(clade_network* to, const clade_network* from) {
    return guarded([&] {
        require(to != nullptr && from != nullptr, "networks must not be null");
        require(from->most_rows <= to->most_rows, "the network must have room for the rows of the other");
        to->network().copy_state(from->network());
    });
}

clade_status clade_network_activate(clade_network* network, const float* inputs, size_t input_count, float* outputs,
                                    size_t output_count) {
    return guarded([&] {
        require(network != nullptr && inputs != nullptr && outputs != nullptr, "network and arrays must not be null");
        clade::Network& run = network->network();
        require_count("inputs", input_count, run.input_count());
        require_count("outputs", output_count, run.output_count());
        run.activate({inputs, input_count}, {outputs, output_count});
    });
}

clade_status clade_network_activate_batch(clade_network* network, const float* inputs, float* outputs, size_t rows) {
    return guarded([&] {
        require(network != nullptr && inputs != nullptr && outputs != nullptr, "network and arrays must not be null");
        require(rows <= network->most_rows, "there must not be more rows than clade_network_create() was told");
        clade::Network& run = network->network();
        run.activate_batch({inputs, run.input_count() * rows}, {outputs, run.output_count() * rows}, rows);
    });
}

clade_status clade_network_predict(clade_network* network, const double* row, size_t column_count, double* predictions,
                                   size_t prediction_count, uint32_t* classes, size_t label_count) {
    return guarded([&] {
        auto& predictor = runner_of<clade::RowPredictor>(network, "only the model of a data task predicts");
        require(row != nullptr && predictions != nullptr, "row and predictions must not be null");
        require_count("columns", column_count, predictor.column_count());
        require_count("predictions", prediction_count, predictor.network().output_count());
        if (classes != nullptr) require_count("labels", label_count, predictor.label_count());
        const std::span<uint32_t> labels(classes, classes == nullptr ? 0 : label_count);
        predictor.predict({row, column_count}, {predictions, prediction_count}, labels);
    });
}

clade_status clade_network_act(clade_network* network, const float* observation, size_t observation_count,
                               float* action, size_t action_count) {
    return guarded([&] {
        auto& policy = runner_of<clade::Policy>(network, "only the model of a control task acts");
        require(observation != nullptr && action != nullptr, "observation and action must not be null");
        require_count("observations", observation_count, policy.observations().size());
        require_count("actions", action_count, policy.actions().size());
        policy.act({observation, observation_count}, {action, action_count});
    });
}
