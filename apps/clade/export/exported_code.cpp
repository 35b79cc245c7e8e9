#include "clade/export/exported_code.hpp"

#include "clade/export/interface_calculation.hpp"
#include "clade/export/network_calculation.hpp"

#include <clade/core/text.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace clade::exported {
namespace {

std::string function_name(std::uint64_t number) {
    constexpr std::array<std::string_view, 7> elementary{"absolute",   "exp2_float", "exp_float", "log_float",
                                                         "sine_float", "exp_double", "log_double"};
    if (number < first_activation) return std::string(elementary.at(number));
    return "activation_" + std::string(name_of(static_cast<Activation>(number - first_activation)));
}

/// What it calls, and what that calls.
void add_functions(const Calculation& calculation, ExportedCode& code) {
    for (const Operation& operation : calculation.operations) {
        if (operation.kind != OperationKind::call || code.functions.contains(operation.number)) continue;
        Calculation function = function_calculation(operation.number);
        add_functions(function, code);
        code.functions[operation.number] = {function_name(operation.number), std::move(function)};
    }
}

std::string signal_text(const Signal& signal) {
    std::string text = escaped(signal.name);
    if (!signal.unit.empty()) text += " [" + escaped(signal.unit) + "]";
    return text + fmt::format(", {} to {}", signal.low, signal.high);
}

void add_data(const DataInterface& data, ExportedCode& code) {
    ExportedCode::NameList columns{"column names", {}};
    for (const ColumnEncoding& column : data.columns) columns.names.push_back(column.name);
    code.name_lists.push_back(columns);
    for (std::size_t c = 0; c < data.columns.size(); ++c) {
        const bool ranked = data.columns[c].kind == ColumnKind::category || data.columns[c].kind == ColumnKind::ordinal;
        if (ranked) code.name_lists.push_back({fmt::format("categories {}", c), data.columns[c].categories});
    }
    for (std::size_t l = 0; l < data.labels.size(); ++l) {
        const std::string which = data.labels.size() == 1 ? "" : fmt::format(" {}", l);
        code.name_lists.push_back({"class names" + which, data.labels[l].classes});
    }
    ExportedCode::NameList targets{"target names", {}};
    for (const TargetOutput& target : data.targets) targets.names.push_back(target.name);
    if (!data.is_classification()) code.name_lists.push_back(targets);
    code.comment.emplace_back("A row has a number for each column: of a category its position, of a time its seconds");
    code.comment.emplace_back(
        "since 1970, 0 or 1 of a boolean, NaN where it is missing. What cannot be predicted is NaN.");
    code.entry = {"predict", encode_calculation(data), predict_calculation(data, code.input_count),
                  code.is_recurrent() ? data.steps : 1, data.has_sequences()};
}

void add_control(const ControlInterface& control, const std::vector<Signal>& observations, ExportedCode& code) {
    for (std::size_t i = 0; i < observations.size(); ++i) {
        code.comment.push_back(fmt::format("observation[{}]: {}", i, signal_text(observations[i])));
    }
    if (control.actions.is_discrete()) {
        code.name_lists.push_back({"choice names", control.actions.choices});
        code.comment.emplace_back("action[0]: the index of a choice");
    }
    for (std::size_t i = 0; i < control.actions.controls.size(); ++i) {
        code.comment.push_back(fmt::format("action[{}]: {}", i, signal_text(control.actions.controls[i])));
    }
    code.entry = {"act", scale_calculation(observations), act_calculation(control), 1, true};
}

}  // namespace

ExportedCode code_of(const ExportedModel& exported) {
    const Model& model = exported.model;
    const Network network = make_network(model.genome, exported.functions);
    ExportedCode code{.name = exported.name, .comment = provenance(model)};
    code.network = network_calculation(network.program());
    code.input_count = network.input_count();
    code.output_count = network.output_count();
    code.state_size = network.is_recurrent() ? network.program().node_count() : 0;
    code.steps = network.is_recurrent() ? model.genome.network.steps : 1;
    code.name_lists.push_back({"input names", input_names(model)});
    code.name_lists.push_back({"output names", output_names(model)});
    if (model.interface.data) add_data(*model.interface.data, code);
    if (model.interface.control) add_control(*model.interface.control, model.interface.inputs, code);
    add_functions(code.network, code);
    if (code.entry) {
        add_functions(code.entry->prepare, code);
        add_functions(code.entry->finish, code);
    }
    return code;
}

}  // namespace clade::exported
