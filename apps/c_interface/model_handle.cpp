#include "c_interface/model_handle_internal.hpp"

#include "c_interface/border_internal.hpp"

#include <clade/evaluation/model/row_predictor.hpp>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace clade::c_interface {
namespace {

using Names = std::vector<std::string>;

/// The names of things that have a name.
template <class Named>
Names names_of(const std::vector<Named>& things) {
    Names names;
    for (const Named& thing : things) names.push_back(thing.name);
    return names;
}

std::unique_ptr<clade_model> make_handle(Model model) {
    auto handle = std::make_unique<clade_model>(clade_model{std::move(model), {}});
    const ModelInterface& interface = handle->model.interface;
    const auto set = [&](clade_list list, Names names) {
        handle->names[static_cast<std::size_t>(list)] = std::move(names);
    };
    set(CLADE_INPUTS, input_names(handle->model));
    set(CLADE_OUTPUTS, output_names(handle->model));
    if (interface.data) {
        set(CLADE_COLUMNS, names_of(interface.data->columns));
        set(CLADE_PREDICTIONS, prediction_names(*interface.data));
        set(CLADE_LABELS, names_of(interface.data->labels));
    }
    if (interface.control) {
        const ActionSpace& actions = interface.control->actions;
        set(CLADE_ACTIONS, actions.is_discrete() ? Names{"choice"} : names_of(actions.controls));
        set(CLADE_CHOICES, actions.choices);
    }
    return handle;
}

/// The names of a list; none where there is no model or no such list.
const Names& names_in(const clade_model* model, clade_list list) {
    static const Names none;
    const bool known = model != nullptr && list >= CLADE_INPUTS && list <= CLADE_CHOICES;
    return known ? model->names[static_cast<std::size_t>(list)] : none;
}

const char* text_at(const Names& names, std::size_t index) {
    return index < names.size() ? names[index].c_str() : nullptr;
}

/// What is known of a member of a list. The task may not say it: then all is as of a plain number.
const Signal& signal_of(const clade_model& handle, clade_list list, std::size_t index) {
    static const Signal plain;
    const ModelInterface& interface = handle.model.interface;
    const std::vector<Signal>* signals = nullptr;
    if (list == CLADE_INPUTS) signals = &interface.inputs;
    if (list == CLADE_OUTPUTS) signals = &interface.outputs;
    if (list == CLADE_ACTIONS && interface.control) signals = &interface.control->actions.controls;
    require(signals != nullptr, "signals are those of CLADE_INPUTS, CLADE_OUTPUTS or CLADE_ACTIONS");
    require(index < names_in(&handle, list).size(), "the index must be below the count of the list");
    return index < signals->size() ? (*signals)[index] : plain;
}

}  // namespace
}  // namespace clade::c_interface

using namespace clade::c_interface;  // NOLINT(google-build-using-namespace): the functions below are C's

clade_status clade_model_load(const char* path, clade_model** model) {
    return guarded([&] {
        require(path != nullptr && model != nullptr, "path and model must not be null");
        *model = make_handle(clade::load_model(path)).release();
    });
}

clade_status clade_model_parse(const char* json, size_t length, clade_model** model) {
    return guarded([&] {
        require(json != nullptr && model != nullptr, "json and model must not be null");
        *model = make_handle(clade::model_from_json({json, length})).release();
    });
}

void clade_model_destroy(clade_model* model) { delete model; }

size_t clade_model_count(const clade_model* model, clade_list list) { return names_in(model, list).size(); }

const char* clade_model_name(const clade_model* model, clade_list list, size_t index) {
    return text_at(names_in(model, list), index);
}

size_t clade_model_find(const clade_model* model, clade_list list, const char* name) {
    const std::vector<std::string>& names = names_in(model, list);
    const auto found = name == nullptr ? names.end() : std::ranges::find(names, std::string_view(name));
    return found == names.end() ? CLADE_NOT_FOUND : static_cast<size_t>(found - names.begin());
}

const char* clade_model_category(const clade_model* model, size_t column, size_t position) {
    if (model == nullptr || column >= names_in(model, CLADE_COLUMNS).size()) return nullptr;
    return text_at(model->model.interface.data->columns[column].categories, position);
}

clade_status clade_model_signal(const clade_model* model, clade_list list, size_t index, clade_signal* signal) {
    return guarded([&] {
        require(model != nullptr && signal != nullptr, "model and signal must not be null");
        const clade::Signal& known = signal_of(*model, list, index);
        *signal = {.unit = known.unit.c_str(), .low = known.low, .high = known.high, .scale = known.scale};
    });
}

clade_status clade_model_origin(const clade_model* model, clade_origin* origin) {
    return guarded([&] {
        require(model != nullptr && origin != nullptr, "model and origin must not be null");
        const clade::ModelOrigin& from = model->model.origin;
        *origin = {.task = from.task.c_str(),
                   .run = from.run.c_str(),
                   .version = from.version.c_str(),
                   .seed = from.seed,
                   .generation = from.generation,
                   .genome = from.genome,
                   .fitness = from.fitness,
                   .recurrent = model->model.genome.network.is_recurrent() ? 1 : 0};
    });
}
