// Parameters and scratch memory for choosing a structural mutation.
#pragma once

#include <clade/core/genome/graph.hpp>
#include <clade/evolution/evolution_params.hpp>

#include <vector>

namespace clade {

/// One a worker.
struct MutationContext {
    MutationParams params{};
    bool acyclic = true;  ///< whether genomes stay free of cycles, disabled connections included

    // Scratch memory.
    SuccessorGraph graph{};
    std::vector<SuccessorGraph::Edge> edges{};
};

}  // namespace clade
