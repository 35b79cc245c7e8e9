#include <clade/evolution/breed/structure_draft.hpp>

#include <clade/core/check.hpp>

#include <algorithm>

namespace clade {
namespace {

/// Sorts a list of which but a few items at the end are in order: each of those moves to its place.
template <class Item, class Less>
void sort_tail(std::vector<Item>& items, const Less& less) {
    for (auto at = std::is_sorted_until(items.begin(), items.end(), less); at != items.end(); ++at) {
        std::rotate(std::upper_bound(items.begin(), at, *at, less), at, std::next(at));
    }
}

}  // namespace

void StructureDraft::load(const GenomeView& genome, const GenomeShape& shape) {
    shape_ = shape;
    nodes_.clear();
    connections_.clear();
    requests_.clear();
    for (std::uint32_t row = 0; row < genome.node_count(); ++row) nodes_.push_back({genome.node_id[row], row});
    for (std::uint32_t row = 0; row < genome.connection_count(); ++row) {
        connections_.push_back({.innovation = genome.innovation[row],
                                .source = genome.source[row],
                                .target = genome.target[row],
                                .row = row,
                                .enabled = genome.enabled[row]});
    }
}

std::uint32_t StructureDraft::request(const NumberRequest& request) {
    const auto number = InnovationTable::end + static_cast<std::uint32_t>(requests_.size());
    requests_.push_back(request);
    return number;
}

NodeId StructureDraft::add_node(Innovation split) {
    const NodeId node{request({.gene = NumberRequest::Gene::node, .first = raw(split)})};
    nodes_.push_back({.id = node});
    return node;
}

void StructureDraft::connect(NodeId source, NodeId target, float weight) {
    const NumberRequest need{.gene = NumberRequest::Gene::connection, .first = raw(source), .second = raw(target)};
    connections_.push_back(
        {.innovation = Innovation{request(need)}, .source = source, .target = target, .weight = weight});
}

void StructureDraft::connect_like(NodeId source, NodeId target, const Connection& model) {
    const std::uint32_t row = model.row;
    connect(source, target, model.weight);
    connections_.back().weight_row = row;
}

StructureDraft::Connection& StructureDraft::at(Innovation innovation) {
    const auto found = std::find_if(connections_.begin(), connections_.end(),
                                    [&](const Connection& c) { return c.innovation == innovation; });
    CLADE_CHECK(found != connections_.end(), "a mutation's connection is in the draft");
    return *found;
}

StructureDraft::Connection StructureDraft::disable(Innovation innovation) {
    Connection& connection = at(innovation);
    connection.enabled = 0;
    return connection;
}

void StructureDraft::toggle(Innovation innovation) { at(innovation).enabled ^= 1U; }

void StructureDraft::erase(NodeId node) {
    std::erase_if(nodes_, [&](const Node& n) { return n.id == node; });
    std::erase_if(connections_, [&](const Connection& c) { return c.source == node || c.target == node; });
    prune_dangling_nodes();
}

void StructureDraft::erase(Innovation connection) {
    std::erase_if(connections_, [&](const Connection& c) { return c.innovation == connection; });
    prune_dangling_nodes();
}

void StructureDraft::prune_dangling_nodes() {
    for (;;) {
        const auto dangling = std::find_if(nodes_.begin(), nodes_.end(),
                                           [&](const Node& n) { return shape_.is_hidden(n.id) && is_dangling(n.id); });
        if (dangling == nodes_.end()) return;
        const NodeId id = dangling->id;
        nodes_.erase(dangling);
        std::erase_if(connections_, [&](const Connection& c) { return c.source == id || c.target == id; });
    }
}

bool StructureDraft::is_dangling(NodeId node) const {
    bool entered = false;
    bool left = false;
    for (const Connection& connection : connections_) {
        if (connection.source == connection.target) continue;
        entered = entered || connection.target == node;
        left = left || connection.source == node;
    }
    return !(entered && left);
}

void StructureDraft::take_numbers(std::span<const NumberRequest> answers) {
    for (Node& node : nodes_) node.id = answered(node.id, answers);
    for (Connection& connection : connections_) {
        connection.innovation = answered(connection.innovation, answers);
        connection.source = answered(connection.source, answers);
        connection.target = answered(connection.target, answers);
    }
    sort_tail(nodes_, [](const Node& a, const Node& b) { return a.id < b.id; });
    sort_tail(connections_, [](const Connection& a, const Connection& b) { return a.innovation < b.innovation; });
}

}  // namespace clade
