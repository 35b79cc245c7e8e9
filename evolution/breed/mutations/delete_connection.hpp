// Mutation: delete a connection.
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/structure_draft.hpp>

#include <optional>
#include <string_view>

namespace clade {

/// Deletes a connection, and hidden nodes that lie on no path any more.
struct DeleteConnection {
    Innovation connection{};

    static constexpr std::string_view name = "delete_connection";
    static double probability(const MutationParams& params) { return params.delete_connection_probability; }
    static std::optional<DeleteConnection> choose(const StructureDraft& draft, MutationContext& context,
                                                  Stream& random);
    void apply(StructureDraft& draft) const { draft.erase(connection); }
};

}  // namespace clade
