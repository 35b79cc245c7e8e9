// Mutation: enable or disable a connection.
#pragma once

#include <clade/core/random/random.hpp>
#include <clade/evolution/breed/mutations/mutation_context.hpp>
#include <clade/evolution/breed/structure_draft.hpp>

#include <optional>
#include <string_view>

namespace clade {

/// Enables a disabled connection, disables an enabled one.
struct ToggleConnection {
    Innovation connection{};

    static constexpr std::string_view name = "toggle_connection";
    static double probability(const MutationParams& params) { return params.toggle_connection_probability; }
    static std::optional<ToggleConnection> choose(const StructureDraft& draft, MutationContext& context,
                                                  Stream& random);
    void apply(StructureDraft& draft) const { draft.toggle(connection); }
};

}  // namespace clade
