#include <clade/core/network_params.hpp>

namespace clade {

void visit_fields(NetworkParams& p, FieldVisitor& field) {
    field("network", p.kind, "Kind of network: feed_forward never has a cycle, recurrent may.");
    field("network_steps", p.steps, between(1, 1000), "Steps of a recurrent network for each observation.");
}

}  // namespace clade
