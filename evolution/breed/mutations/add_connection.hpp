// Mutation: add a connection between two nodes (Stanley & Miikkulainen 2002, 3.1).
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/structure_draft.hpp>

#include <optional>
#include <string_view>

namespace clade {

/// Connects two nodes that are not connected yet. No connection enters an input; in acyclic genomes none leaves an output
/// or closes a cycle.
struct AddConnection {
    NodeId source{};
    NodeId target{};

    static constexpr std::string_view name = "add_connection";
    static double probability(const MutationParams& params) { return params.add_connection_probability; }
    static std::optional<AddConnection> choose(const StructureDraft& draft, MutationContext& context, Stream& random);
    void apply(StructureDraft& draft) const { draft.connect(source, target); }
};

}  // namespace clade
