#include <clade/evolution/breed/mutations/toggle_connection.hpp>

namespace clade {

std::optional<ToggleConnection> ToggleConnection::choose(const StructureDraft& draft, MutationContext& /*context*/,
                                                         Stream& random) {
    const auto count = static_cast<std::uint32_t>(draft.connections().size());
    if (count == 0) return std::nullopt;
    return ToggleConnection{draft.connections()[random.below(count)].innovation};
}

}  // namespace clade
