#include <clade/evolution/breed/mutations/delete_node.hpp>

namespace clade {

std::optional<DeleteNode> DeleteNode::choose(const StructureDraft& draft, MutationContext& /*context*/,
                                             Stream& random) {
    const auto hidden = static_cast<std::uint32_t>(draft.hidden_count());
    if (hidden == 0) return std::nullopt;
    return DeleteNode{draft.nodes()[draft.shape().output_count + random.below(hidden)].id};
}

}  // namespace clade
