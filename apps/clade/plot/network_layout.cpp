#include "clade/plot/network_layout.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace clade::plot {
namespace {

constexpr int sorting_sweeps = 8;
constexpr std::size_t most_passed_places = 20'000;  ///< beyond, long connections are straight lines

/// A node, or a place that a long connection passes.
struct Place {
    std::size_t layer = 0;
    double order = 0.0;  ///< within the layer
    std::vector<std::size_t> before{};
    std::vector<std::size_t> behind{};
};

class LayoutBuilder {
public:
    LayoutBuilder(const GenomeView& genome, const GenomeShape& shape) : genome_(genome), shape_(shape) {
        add_nodes();
        add_connections();
        mark_cycles();
        set_layers();
    }

    NetworkLayout build() {
        add_places();
        sort_layers();
        set_points();
        return std::move(layout_);
    }

private:
    void add_nodes() {
        for (std::uint32_t id = 0; id < shape_.source_count(); ++id) {
            layout_.nodes.push_back({NodeId{id}, id < shape_.input_count ? NodeRole::input : NodeRole::bias});
        }
        for (const NodeId id : genome_.node_id) {
            layout_.nodes.push_back({id, shape_.is_hidden(id) ? NodeRole::hidden : NodeRole::output});
        }
    }

    [[nodiscard]] std::size_t node_of(NodeId id) const {
        return shape_.is_input(id) ? raw(id) : shape_.source_count() + find_node(genome_.node_id, id);
    }

    void add_connections() {
        leaving_.resize(layout_.nodes.size());
        for (std::size_t row = 0; row < genome_.connection_count(); ++row) {
            if (genome_.enabled[row] == 0) continue;
            PlacedConnection one{row, node_of(genome_.source[row]), node_of(genome_.target[row])};
            one.backward = layout_.nodes[one.source].role == NodeRole::output;  // these stand last
            if (!one.backward) leaving_[one.source].push_back(layout_.connections.size());
            layout_.connections.push_back(one);
        }
    }

    /// Depth first: a connection to a node on the way there closes a cycle. Gives the nodes in topological order without
    /// such connections.
    void mark_cycles() {
        enum class State : std::uint8_t { fresh, on_the_way, done };
        std::vector<State> state(layout_.nodes.size(), State::fresh);
        std::vector<std::pair<std::size_t, std::size_t>> way;  // node, next of its connections
        for (std::size_t start = 0; start < layout_.nodes.size(); ++start) {
            if (state[start] != State::fresh) continue;
            state[start] = State::on_the_way;
            way.emplace_back(start, 0);
            while (!way.empty()) {
                auto& [node, next] = way.back();
                if (next == leaving_[node].size()) {
                    state[node] = State::done;
                    topological_.push_back(node);
                    way.pop_back();
                    continue;
                }
                PlacedConnection& one = layout_.connections[leaving_[node][next++]];
                if (state[one.target] == State::on_the_way) one.backward = true;
                if (state[one.target] != State::fresh) continue;
                state[one.target] = State::on_the_way;
                way.emplace_back(one.target, 0);
            }
        }
        std::reverse(topological_.begin(), topological_.end());
    }

    void set_layers() {
        for (PlacedNode& node : layout_.nodes) node.layer = node.role == NodeRole::hidden ? 1 : 0;
        std::size_t last = 0;
        for (const std::size_t node : topological_) {
            if (layout_.nodes[node].role != NodeRole::output) last = std::max(last, layout_.nodes[node].layer);
            for (const std::size_t one : leaving_[node]) {
                const PlacedConnection& connection = layout_.connections[one];
                if (connection.backward) continue;
                std::size_t& layer = layout_.nodes[connection.target].layer;
                layer = std::max(layer, layout_.nodes[node].layer + 1);
            }
        }
        for (PlacedNode& node : layout_.nodes) {
            if (node.role == NodeRole::output) node.layer = last + 1;
        }
        layout_.layers = last + 2;
    }

    void add_places() {
        places_.resize(layout_.nodes.size());
        for (std::size_t i = 0; i < layout_.nodes.size(); ++i) places_[i].layer = layout_.nodes[i].layer;
        passed_.resize(layout_.connections.size());
        std::size_t wanted = 0;
        for (const PlacedConnection& one : layout_.connections) {
            if (!one.backward) wanted += layout_.nodes[one.target].layer - layout_.nodes[one.source].layer - 1;
        }
        for (std::size_t i = 0; i < layout_.connections.size(); ++i) {
            const PlacedConnection& one = layout_.connections[i];
            if (one.backward) continue;
            std::size_t from = one.source;
            const std::size_t end = layout_.nodes[one.target].layer;
            for (std::size_t layer = layout_.nodes[one.source].layer + 1; layer < end && wanted <= most_passed_places;
                 ++layer) {
                passed_[i].push_back(places_.size());
                join(from, places_.size(), layer);
                from = passed_[i].back();
            }
            join(from, one.target, end);
        }
    }

    void join(std::size_t from, std::size_t to, std::size_t layer) {
        if (to == places_.size()) places_.push_back({layer});
        places_[from].behind.push_back(to);
        places_[to].before.push_back(from);
    }

    void sort_layers() {
        rows_.resize(layout_.layers);
        for (std::size_t i = 0; i < places_.size(); ++i) rows_[places_[i].layer].push_back(i);
        for (std::vector<std::size_t>& row : rows_) number(row);
        for (int sweep = 0; sweep < sorting_sweeps; ++sweep) {
            const bool forward = sweep % 2 == 0;
            for (std::size_t i = 1; i + 1 < rows_.size(); ++i) {
                sort_row(rows_[forward ? i : rows_.size() - 1 - i], forward);
            }
        }
        for (const std::vector<std::size_t>& row : rows_) layout_.widest = std::max(layout_.widest, row.size());
    }

    /// Even places between 0 and 1, so that layers of different sizes compare.
    void number(const std::vector<std::size_t>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            places_[row[i]].order = (static_cast<double>(i) + 0.5) / static_cast<double>(row.size());
        }
    }

    void sort_row(std::vector<std::size_t>& row, bool forward) {
        std::vector<std::pair<double, std::size_t>> keys;
        for (const std::size_t place : row) {
            const std::vector<std::size_t>& neighbours = forward ? places_[place].before : places_[place].behind;
            double sum = 0.0;
            for (const std::size_t neighbour : neighbours) sum += places_[neighbour].order;
            const double mean =
                neighbours.empty() ? places_[place].order : sum / static_cast<double>(neighbours.size());
            keys.emplace_back(mean, place);
        }
        std::stable_sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = keys[i].second;
        number(row);
    }

    [[nodiscard]] LayoutPoint point_of(const Place& place) const {
        return {static_cast<double>(place.layer) / static_cast<double>(layout_.layers - 1), place.order};
    }

    void set_points() {
        for (std::size_t i = 0; i < layout_.nodes.size(); ++i) layout_.nodes[i].at = point_of(places_[i]);
        for (std::size_t i = 0; i < layout_.connections.size(); ++i) {
            PlacedConnection& one = layout_.connections[i];
            one.points.push_back(layout_.nodes[one.source].at);
            for (const std::size_t place : passed_[i]) one.points.push_back(point_of(places_[place]));
            one.points.push_back(layout_.nodes[one.target].at);
        }
    }

    GenomeView genome_;
    GenomeShape shape_;
    NetworkLayout layout_;
    std::vector<std::vector<std::size_t>> leaving_;  // [nodes], connections to consider for layers
    std::vector<std::size_t> topological_;           // nodes
    std::vector<Place> places_;                      // nodes first
    std::vector<std::vector<std::size_t>> passed_;   // [connections], places
    std::vector<std::vector<std::size_t>> rows_;     // [layers], places in their order
};

}  // namespace

NetworkLayout layout_network(const GenomeView& genome, const GenomeShape& shape) {
    return LayoutBuilder(genome, shape).build();
}

}  // namespace clade::plot
