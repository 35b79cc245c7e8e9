#include "bench/network_graphs.hpp"

#include <clade/core/random/random.hpp>

#include <set>
#include <utility>
#include <vector>

namespace clade::bench {
namespace {

using Layer = std::vector<NodeId>;

/// Connections in the order in which they are made, with random weights.
class GraphBuilder {
public:
    GraphBuilder(const GenomeShape& shape, std::uint32_t hidden_count, Activation activation)
        : shape_(shape), hidden_count_(hidden_count), activation_(activation) {}

    /// `count` nodes from the `first` input, output or hidden one on.
    [[nodiscard]] static Layer inputs(std::uint32_t first, std::uint32_t count) { return layer(first, count); }
    [[nodiscard]] Layer outputs() const { return layer(shape_.first_output(), shape_.output_count); }
    [[nodiscard]] Layer hidden(std::uint32_t first, std::uint32_t count) const {
        return layer(shape_.first_hidden() + first, count);
    }

    /// Nothing where there is one already.
    void connect(NodeId source, NodeId target) {
        if (!ends_.insert({source, target}).second) return;
        connections_.push_back({Innovation{static_cast<std::uint32_t>(connections_.size())}, source, target,
                                static_cast<float>(random_.uniform(-1.0, 1.0))});
    }
    void connect(const Layer& sources, const Layer& targets) {
        for (const NodeId target : targets) {
            for (const NodeId source : sources) connect(source, target);
        }
    }

    [[nodiscard]] std::size_t connection_count() const { return connections_.size(); }
    Stream& random() { return random_; }

    [[nodiscard]] GenomeStore build() const {
        GenomeStore store(shape_);
        const GenomeSize size{shape_.output_count + hidden_count_, static_cast<std::uint32_t>(connections_.size())};
        store.place({&size, 1});
        const GenomeRows rows = store.rows(0);
        for (std::uint32_t row = 0; row < size.nodes; ++row) {
            set_node(rows, row, {.node_id = NodeId{shape_.first_output() + row}, .activation = activation_});
        }
        for (std::size_t row = 0; row < connections_.size(); ++row) set_connection(rows, row, connections_[row]);
        return store;
    }

private:
    static Layer layer(std::uint32_t first, std::uint32_t count) {
        Layer nodes;
        for (std::uint32_t i = 0; i < count; ++i) nodes.push_back(NodeId{first + i});
        return nodes;
    }

    GenomeShape shape_;
    std::uint32_t hidden_count_;
    Activation activation_;
    Stream random_{{42, 0, Purpose::initial_structure}, 0};
    std::set<std::pair<NodeId, NodeId>> ends_;
    std::vector<ConnectionGene> connections_;
};

}  // namespace

GenomeStore small_graph() {
    GraphBuilder graph({4, 1, false}, 2, Activation::sigmoid);
    graph.connect(GraphBuilder::inputs(0, 4), graph.hidden(0, 2));
    graph.connect(graph.hidden(0, 2), graph.outputs());
    return graph.build();
}

GenomeStore large_graph() {
    constexpr std::uint32_t width = 16;
    constexpr std::uint32_t depth = 4;  // hidden layers
    constexpr std::size_t connection_count = 1000;
    GraphBuilder graph({32, 8, false}, depth * width, Activation::sigmoid);
    std::vector<Layer> layers{GraphBuilder::inputs(0, 32)};
    for (std::uint32_t layer = 0; layer < depth; ++layer) layers.push_back(graph.hidden(layer * width, width));
    layers.push_back(graph.outputs());

    // Every hidden node lies on a way from an input through all layers to an output.
    for (std::size_t layer = 1; layer < layers.size(); ++layer) {
        for (std::size_t i = 0; i < width; ++i) {
            graph.connect(layers[layer - 1][i], layers[layer][i % layers[layer].size()]);
        }
    }
    while (graph.connection_count() < connection_count) {
        const std::uint32_t target = 1 + graph.random().below(depth + 1);
        const std::uint32_t source = graph.random().below(target);
        graph.connect(graph.random().choice<NodeId>(layers[source]), graph.random().choice<NodeId>(layers[target]));
    }
    return graph.build();
}

GenomeStore multiplexer_graph(Activation activation) {
    GraphBuilder graph({11, 1, false}, 4, activation);
    graph.connect(GraphBuilder::inputs(0, 11), graph.outputs());
    for (std::uint32_t i = 0; i < 4; ++i) {
        graph.connect(GraphBuilder::inputs(0, 3), graph.hidden(i, 1));
        if (i < 3) graph.connect(GraphBuilder::inputs(3 + i, 1), graph.hidden(i, 1));
    }
    graph.connect(graph.hidden(0, 4), graph.outputs());
    return graph.build();
}

}  // namespace clade::bench
