// The kind of network that genomes are run as; the same for a whole run.
#pragma once

#include <clade/core/fields.hpp>

#include <array>

namespace clade {

enum class NetworkKind { feed_forward, recurrent };
template <>
struct EnumNames<NetworkKind> {
    static constexpr std::array<std::string_view, 2> names{"feed_forward", "recurrent"};
};

/// The kind of network, and how it takes an observation.
struct NetworkParams {
    NetworkKind kind = NetworkKind::feed_forward;
    int steps = 1;  ///< steps of a recurrent network for each observation; a feed-forward one needs none

    NetworkParams() = default;
    /// Implicit: the kind alone describes most networks.
    constexpr NetworkParams(NetworkKind network_kind, int network_steps = 1)
        : kind(network_kind), steps(network_steps) {}

    /// Whether connections may form cycles.
    [[nodiscard]] constexpr bool is_recurrent() const noexcept { return kind == NetworkKind::recurrent; }

    bool operator==(const NetworkParams&) const = default;
};

void visit_fields(NetworkParams& p, FieldVisitor& field);

}  // namespace clade
