// Mutation: add a node that splits a connection (Stanley & Miikkulainen 2002, 3.1).
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/structure_draft.hpp>

#include <optional>
#include <string_view>

namespace clade {

/// Splits an enabled connection, which is disabled: weight 1 into the new node, the old weight out of it, so that the
/// function changes as little as possible.
struct SplitConnection {
    Innovation connection{};

    static constexpr std::string_view name = "add_node";
    static double probability(const MutationParams& params) { return params.add_node_probability; }
    static std::optional<SplitConnection> choose(const StructureDraft& draft, MutationContext& context, Stream& random);
    void apply(StructureDraft& draft) const;
};

}  // namespace clade
