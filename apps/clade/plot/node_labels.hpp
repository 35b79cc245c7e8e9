// What the nodes of a network are called: inputs and outputs as their task calls them.
#pragma once

#include <clade/evaluation/task.hpp>
#include <clade/experiment/run/rebuild.hpp>

#include <string>
#include <vector>

namespace clade::plot {

struct NodeLabels {
    std::vector<std::string> inputs{};   ///< [inputs]; may be empty
    std::vector<std::string> outputs{};  ///< [outputs]; may be empty

    /// "position", "bias", "hidden 7"; "input 0" where the task gives no name. One line, without control characters.
    [[nodiscard]] std::string operator()(const GenomeShape& shape, NodeId id) const;
};

/// The names of these signals; none where there are not as many as the shape has.
[[nodiscard]] NodeLabels labels_of(const std::vector<Signal>& inputs, const std::vector<Signal>& outputs,
                                   const GenomeShape& shape);

/// The names of a task's page; none where its networks are not of this shape.
[[nodiscard]] NodeLabels labels_of(const TaskPage& page, const GenomeShape& shape);

/// The names that the run's task gives; none if it cannot be made, or its networks are not its genomes' shape.
[[nodiscard]] NodeLabels labels_of(const OpenedRun& run, const GenomeShape& shape);

}  // namespace clade::plot
