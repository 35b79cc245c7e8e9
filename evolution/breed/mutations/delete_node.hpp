// Mutation: delete a hidden node.
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/structure_draft.hpp>

#include <optional>
#include <string_view>

namespace clade {

/// Deletes a hidden node with its connections.
struct DeleteNode {
    NodeId node{};

    static constexpr std::string_view name = "delete_node";
    static double probability(const MutationParams& params) { return params.delete_node_probability; }
    static std::optional<DeleteNode> choose(const StructureDraft& draft, MutationContext& context, Stream& random);
    void apply(StructureDraft& draft) const { draft.erase(node); }
};

}  // namespace clade
