#include <clade/evolution/breed/mutations/split_connection.hpp>

namespace clade {

std::optional<SplitConnection> SplitConnection::choose(const StructureDraft& draft, MutationContext& context,
                                                       Stream& random) {
    const MutationParams& params = context.params;
    const bool node_fits =
        params.max_hidden_nodes == 0 || draft.hidden_count() < static_cast<std::size_t>(params.max_hidden_nodes);
    const bool connections_fit = params.max_connections == 0 ||
                                 draft.size().connections + 2 <= static_cast<std::uint32_t>(params.max_connections);
    if (!node_fits || !connections_fit) return std::nullopt;
    std::uint32_t enabled = 0;
    for (const auto& connection : draft.connections()) enabled += connection.enabled;
    if (enabled == 0) return std::nullopt;
    std::uint32_t skip = random.below(enabled);
    for (const auto& connection : draft.connections()) {
        if (connection.enabled != 0 && skip-- == 0) return SplitConnection{connection.innovation};
    }
    return std::nullopt;
}

void SplitConnection::apply(StructureDraft& draft) const {
    const StructureDraft::Connection old = draft.disable(connection);
    const NodeId node = draft.add_node(connection);
    draft.connect(old.source, node, 1.0F);
    draft.connect_like(node, old.target, old);
}

}  // namespace clade
