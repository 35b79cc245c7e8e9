#include "clade/plot/node_labels.hpp"

#include <clade/core/text.hpp>

namespace clade::plot {
namespace {

std::vector<std::string> names_of(const std::vector<Signal>& signals, std::size_t count) {
    std::vector<std::string> names;
    if (signals.size() != count) return names;
    for (const Signal& signal : signals) names.push_back(escaped(signal.name));
    return names;
}

std::string label(const std::vector<std::string>& names, std::size_t position, const char* kind) {
    if (position < names.size() && !names[position].empty()) return names[position];
    return std::string(kind) + ' ' + std::to_string(position);
}

}  // namespace

std::string NodeLabels::operator()(const GenomeShape& shape, NodeId id) const {
    if (raw(id) < shape.input_count) return label(inputs, raw(id), "input");
    if (shape.is_input(id)) return "bias";
    if (shape.is_hidden(id)) return "hidden " + std::to_string(raw(id));
    return label(outputs, raw(id) - shape.first_output(), "output");
}

NodeLabels labels_of(const std::vector<Signal>& inputs, const std::vector<Signal>& outputs, const GenomeShape& shape) {
    return {names_of(inputs, shape.input_count), names_of(outputs, shape.output_count)};
}

NodeLabels labels_of(const TaskPage& page, const GenomeShape& shape) {
    return labels_of(page.inputs, page.outputs, shape);
}

NodeLabels labels_of(const OpenedRun& run, const GenomeShape& shape) {
    try {
        return labels_of(make_task(run.config, logged_inputs(run.config, run.log))->page(), shape);
    } catch (const Error&) {  // its data are gone, or this program does not have it
        return {};
    }
}

}  // namespace clade::plot
