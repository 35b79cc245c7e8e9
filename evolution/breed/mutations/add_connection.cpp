#include <clade/evolution/breed/mutations/add_connection.hpp>

#include <algorithm>

namespace clade {
namespace {

/// The draft as a graph over numbers: inputs, then the draft's nodes in their order. Ids that are not hidden are their
/// nodes' numbers; hidden ones are looked up among the draft's, which are sorted.
void load_graph(const StructureDraft& draft, MutationContext& context) {
    const GenomeShape& shape = draft.shape();
    const auto nodes = draft.nodes();
    const auto number_of = [&](NodeId id) {
        if (!shape.is_hidden(id)) return raw(id);
        const auto at =
            std::lower_bound(nodes.begin() + shape.output_count, nodes.end(), id,
                             [](const StructureDraft::Node& node, NodeId wanted) { return node.id < wanted; });
        return shape.source_count() + static_cast<std::uint32_t>(at - nodes.begin());
    };
    context.edges.clear();
    for (const auto& connection : draft.connections()) {
        context.edges.push_back({number_of(connection.source), number_of(connection.target)});
    }
    context.graph.assign(shape.source_count() + nodes.size(), context.edges);
}

bool is_allowed(const GenomeShape& shape, MutationContext& context, std::uint32_t source, std::uint32_t target) {
    if (context.graph.has_edge(source, target)) return false;
    if (!context.acyclic) return true;
    const std::uint32_t inputs = shape.source_count();
    const bool from_output = source >= inputs && source < inputs + shape.output_count;
    return !from_output && !context.graph.reaches(target, source);
}

}  // namespace

std::optional<AddConnection> AddConnection::choose(const StructureDraft& draft, MutationContext& context,
                                                   Stream& random) {
    const MutationParams& params = context.params;
    const GenomeSize size = draft.size();
    if (params.max_connections > 0 && size.connections >= static_cast<std::uint32_t>(params.max_connections)) {
        return std::nullopt;
    }
    load_graph(draft, context);
    const std::uint32_t inputs = draft.shape().source_count();
    for (int attempt = 0; attempt < params.add_connection_attempts; ++attempt) {
        const std::uint32_t from = random.below(inputs + size.nodes);
        const std::uint32_t to = inputs + random.below(size.nodes);
        if (!is_allowed(draft.shape(), context, from, to)) continue;
        return AddConnection{from < inputs ? NodeId{from} : draft.nodes()[from - inputs].id,
                             draft.nodes()[to - inputs].id};
    }
    return std::nullopt;
}

}  // namespace clade
