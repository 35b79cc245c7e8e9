#include <clade/evolution/breed/structural_mutation.hpp>

#include <clade/core/check.hpp>

#include <algorithm>
#include <array>

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

NodeId NewNumbers::resolve(NodeId id) const noexcept { return id == NewNumbers{}.node ? node : id; }

Innovation NewNumbers::resolve(Innovation innovation) const noexcept {
    const NewNumbers provisional;
    if (innovation == provisional.into_node) return into_node;
    if (innovation == provisional.out_of_node) return out_of_node;
    return innovation == provisional.connection ? connection : innovation;
}

void StructureDraft::load(const GenomeView& genome, const GenomeShape& shape) {
    shape_ = shape;
    nodes_.clear();
    connections_.clear();
    for (std::uint32_t row = 0; row < genome.node_count(); ++row) nodes_.push_back({genome.node_id[row], row});
    for (std::uint32_t row = 0; row < genome.connection_count(); ++row) {
        connections_.push_back(
            {genome.innovation[row], genome.source[row], genome.target[row], row, new_row, 0.0F, genome.enabled[row]});
    }
}

void StructureDraft::apply(const StructuralMutation& mutation, const NewNumbers& numbers) {
    switch (mutation.kind) {
        case MutationKind::add_node:
            return add_node(Innovation{mutation.first}, numbers);
        case MutationKind::add_connection:
            return add_connection(numbers.resolve(NodeId{mutation.first}), numbers.resolve(NodeId{mutation.second}),
                                  numbers);
        case MutationKind::delete_node:
            return delete_node(numbers.resolve(NodeId{mutation.first}));
        case MutationKind::delete_connection:
            return delete_connection(numbers.resolve(Innovation{mutation.first}));
        case MutationKind::toggle_connection:
            return toggle_connection(numbers.resolve(Innovation{mutation.first}));
    }
}

void StructureDraft::sort() {
    sort_tail(nodes_, [](const Node& a, const Node& b) { return a.id < b.id; });
    sort_tail(connections_, [](const Connection& a, const Connection& b) { return a.innovation < b.innovation; });
}

void StructureDraft::add_node(Innovation split, const NewNumbers& numbers) {
    const auto old = std::find_if(connections_.begin(), connections_.end(),
                                  [&](const Connection& c) { return c.innovation == split; });
    CLADE_CHECK(old != connections_.end(), "the connection to split is in the draft");
    old->enabled = 0;
    const Connection split_connection = *old;
    nodes_.push_back({numbers.node, new_row});
    // The new node changes the function as little as possible: weight 1 into it, the old weight out of it (3.1).
    connections_.push_back({numbers.into_node, split_connection.source, numbers.node, new_row, new_row, 1.0F, 1});
    connections_.push_back({numbers.out_of_node, numbers.node, split_connection.target, new_row, split_connection.row,
                            split_connection.weight, 1});
}

void StructureDraft::add_connection(NodeId source, NodeId target, const NewNumbers& numbers) {
    connections_.push_back({numbers.connection, source, target, new_row, new_row, 0.0F, 1});
}

void StructureDraft::delete_node(NodeId node) {
    std::erase_if(nodes_, [&](const Node& n) { return n.id == node; });
    std::erase_if(connections_, [&](const Connection& c) { return c.source == node || c.target == node; });
    prune_dangling_nodes();
}

void StructureDraft::delete_connection(Innovation innovation) {
    std::erase_if(connections_, [&](const Connection& c) { return c.innovation == innovation; });
    prune_dangling_nodes();
}

void StructureDraft::toggle_connection(Innovation innovation) {
    for (Connection& connection : connections_) {
        if (connection.innovation == innovation) connection.enabled ^= 1U;
    }
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

unsigned MutationChooser::kinds(Stream& random) const {
    const std::array<double, mutation_kind_count> probability{
        params_.add_node_probability, params_.add_connection_probability, params_.delete_node_probability,
        params_.delete_connection_probability, params_.toggle_connection_probability};
    if (params_.structural_budget == StructuralBudget::several) {
        unsigned chosen = 0;
        for (std::size_t kind = 0; kind < mutation_kind_count; ++kind) {
            if (probability[kind] > 0.0 && random.bernoulli(probability[kind])) chosen |= 1U << kind;
        }
        return chosen;
    }
    double total = 0.0;
    for (const double p : probability) total += p;
    // One roulette over all kinds; probabilities that exceed 1 together share it in proportion.
    double at = random.uniform() * std::max(1.0, total);
    for (std::size_t kind = 0; kind < mutation_kind_count; ++kind) {
        if (at < probability[kind]) return 1U << kind;
        at -= probability[kind];
    }
    return 0;
}

std::optional<StructuralMutation> MutationChooser::choose(MutationKind kind, const StructureDraft& draft,
                                                          Stream& random) {
    if (kind == MutationKind::add_node) return choose_split(draft, random);
    if (kind == MutationKind::add_connection) return choose_new_connection(draft, random);
    if (kind == MutationKind::delete_node) {
        const auto hidden = static_cast<std::uint32_t>(draft.hidden_count());
        if (hidden == 0) return std::nullopt;
        const NodeId node = draft.nodes()[draft.shape().output_count + random.below(hidden)].id;
        return StructuralMutation{kind, raw(node)};
    }
    const auto count = static_cast<std::uint32_t>(draft.connections().size());
    if (count == 0) return std::nullopt;
    return StructuralMutation{kind, raw(draft.connections()[random.below(count)].innovation)};
}

std::optional<StructuralMutation> MutationChooser::choose_split(const StructureDraft& draft, Stream& random) const {
    const GenomeSize size = draft.size();
    const bool node_fits =
        params_.max_hidden_nodes == 0 || draft.hidden_count() < static_cast<std::size_t>(params_.max_hidden_nodes);
    const bool connections_fit =
        params_.max_connections == 0 || size.connections + 2 <= static_cast<std::uint32_t>(params_.max_connections);
    if (!node_fits || !connections_fit) return std::nullopt;
    std::uint32_t enabled = 0;
    for (const auto& connection : draft.connections()) enabled += connection.enabled;
    if (enabled == 0) return std::nullopt;
    std::uint32_t skip = random.below(enabled);
    for (const auto& connection : draft.connections()) {
        if (connection.enabled != 0 && skip-- == 0) {
            return StructuralMutation{MutationKind::add_node, raw(connection.innovation)};
        }
    }
    return std::nullopt;
}

std::optional<StructuralMutation> MutationChooser::choose_new_connection(const StructureDraft& draft, Stream& random) {
    const GenomeSize size = draft.size();
    if (params_.max_connections > 0 && size.connections >= static_cast<std::uint32_t>(params_.max_connections)) {
        return std::nullopt;
    }
    load_graph(draft);
    const std::uint32_t inputs = draft.shape().source_count();
    for (int attempt = 0; attempt < params_.add_connection_attempts; ++attempt) {
        const std::uint32_t from = random.below(inputs + size.nodes);
        const std::uint32_t to = inputs + random.below(size.nodes);
        if (!is_allowed(draft, from, to)) continue;
        const NodeId source = from < inputs ? NodeId{from} : draft.nodes()[from - inputs].id;
        return StructuralMutation{MutationKind::add_connection, raw(source), raw(draft.nodes()[to - inputs].id)};
    }
    return std::nullopt;
}

/// Ids that are not hidden are their nodes' numbers; hidden nodes are looked up among the draft's, which are sorted.
void MutationChooser::load_graph(const StructureDraft& draft) {
    const GenomeShape& shape = draft.shape();
    const auto nodes = draft.nodes();
    const auto number_of = [&](NodeId id) {
        if (!shape.is_hidden(id)) return raw(id);
        const auto at =
            std::lower_bound(nodes.begin() + shape.output_count, nodes.end(), id,
                             [](const StructureDraft::Node& node, NodeId wanted) { return node.id < wanted; });
        return shape.source_count() + static_cast<std::uint32_t>(at - nodes.begin());
    };
    edges_.clear();
    for (const auto& connection : draft.connections()) {
        edges_.push_back({number_of(connection.source), number_of(connection.target)});
    }
    graph_.assign(shape.source_count() + nodes.size(), edges_);
}

bool MutationChooser::is_allowed(const StructureDraft& draft, std::uint32_t source, std::uint32_t target) {
    if (graph_.has_edge(source, target)) return false;
    if (!feed_forward_) return true;
    const std::uint32_t inputs = draft.shape().source_count();
    const bool from_output = source >= inputs && source < inputs + draft.shape().output_count;
    return !from_output && !graph_.reaches(target, source);
}

}  // namespace clade
