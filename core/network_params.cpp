#include <clade/core/network_params.hpp>

namespace clade {

void visit_fields(NetworkParams& p, FieldVisitor& field) {
    field("network", p.kind, "Kind of network: feed_forward has no cycles, recurrent may have them.");
    field("network_steps", p.steps, between(1, 1000), "Steps that a recurrent network makes per observation.",
          {.needs = "network: recurrent"});
}

}  // namespace clade
