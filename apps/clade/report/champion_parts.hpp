// The champion of a run for its report: its network, laid out, and the line of its ancestors.
#pragma once

#include "clade/inspect/inspect_subject.hpp"
#include "clade/plot/node_labels.hpp"

#include <nlohmann/json.hpp>

namespace clade::report {

/// Nodes with names, values and places from 0 to 1, and enabled connections, whose ends are positions of nodes.
[[nodiscard]] nlohmann::ordered_json network_json(const GenomeStore& champion, const plot::NodeLabels& labels,
                                                  const FunctionSet& functions);

/// In `line` its ancestors from the oldest on, a column for each number; in `rises` the largest steps in which fitness
/// rose, and in their `changes` what the mutations changed. For that generations are bred again; where this takes too
/// long, or fails, `changes` are null, and `note` says why.
[[nodiscard]] nlohmann::ordered_json genealogy_json(const inspect::Subject& subject, GenomeId champion);

}  // namespace clade::report
