#include "clade/export/graph_writers.hpp"

#include "clade/plot/network_files.hpp"

#include <fmt/format.h>

namespace clade::exported {
namespace {

template <class Write>
std::string write_picture(const ExportedModel& exported, const Write& write) {
    const Model& model = exported.model;
    const GenomeShape& shape = model.genome.store.shape();
    const plot::NodeLabels labels = plot::labels_of(model.interface.inputs, model.interface.outputs, shape);
    const std::string title = fmt::format("{}: {}", exported.name, fmt::join(provenance(model), "; "));
    return write(plot::NetworkPicture{model.genome.store[0], shape, labels, exported.functions, title});
}

}  // namespace

std::string write_dot(const ExportedModel& exported) { return write_picture(exported, plot::network_dot); }

std::string write_graphml(const ExportedModel& exported) { return write_picture(exported, plot::network_graphml); }

}  // namespace clade::exported
