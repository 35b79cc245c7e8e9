// Genomes of any structure and functions, by seed, and what a network of theirs must compute, said as plainly as can
// be.
#pragma once

#include <clade/core/functions/functions.hpp>
#include <clade/core/genome/genome_io.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace clade::testing {

struct RandomGenomeOptions {
    GenomeShape shape{3, 2, true};
    std::uint32_t hidden_count = 6;
    double connection_probability = 0.4;
    double disabled_probability = 0.2;
    double weight_scale = 1.5;
    bool recurrent = false;
    std::vector<Activation> activations{Activation::steepened_sigmoid};
    std::vector<Aggregation> aggregations{Aggregation::sum};
};

/// A store of one sound genome. Hidden ids have gaps; feed-forward ones are acyclic, disabled connections included, in
/// an order that is not that of the ids.
inline GenomeStore random_genome(const RandomGenomeOptions& options, std::uint64_t seed) {
    Stream stream({seed, 0, Purpose::initial_structure}, 0);
    const GenomeShape& shape = options.shape;
    std::vector<NodeId> nodes;
    for (std::uint32_t o = 0; o < shape.output_count; ++o) nodes.push_back(NodeId{shape.first_output() + o});
    std::uint32_t id = shape.first_hidden();
    for (std::uint32_t h = 0; h < options.hidden_count; ++h) nodes.push_back(NodeId{id += 1 + stream.below(1000)});

    std::map<NodeId, std::uint32_t> rank;  // random; outputs last, so that hidden nodes tend to reach one
    for (const NodeId node : nodes) rank[node] = stream.below(1U << 20) + (shape.is_hidden(node) ? 0U : 1U << 19);
    std::vector<ConnectionGene> connections;
    const auto maybe_connect = [&](NodeId source, NodeId target) {
        if (!stream.bernoulli(options.connection_probability)) return;
        connections.push_back({Innovation{}, source, target, static_cast<float>(stream.normal() * options.weight_scale),
                               stream.bernoulli(options.disabled_probability) ? std::uint8_t{0} : std::uint8_t{1}});
    };
    for (const NodeId target : nodes) {
        for (std::uint32_t s = 0; s < shape.source_count(); ++s) maybe_connect(NodeId{s}, target);
        for (const NodeId source : nodes) {
            if (options.recurrent || rank[source] < rank[target]) maybe_connect(source, target);
        }
    }
    for (std::size_t i = connections.size(); i > 1; --i) {
        std::swap(connections[i - 1], connections[stream.below(static_cast<std::uint32_t>(i))]);
    }
    for (std::size_t i = 0; i < connections.size(); ++i) {
        connections[i].innovation = Innovation{static_cast<std::uint32_t>(2 * i + 1)};
    }

    GenomeStore store(shape);
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    for (std::size_t row = 0; row < nodes.size(); ++row) {
        set_node(rows, row,
                 {nodes[row], static_cast<float>(stream.normal()), static_cast<float>(1.0 + 0.2 * stream.normal()),
                  stream.choice(std::span<const Activation>(options.activations)),
                  stream.choice(std::span<const Aggregation>(options.aggregations))});
    }
    for (std::size_t row = 0; row < connections.size(); ++row) set_connection(rows, row, connections[row]);
    return store;
}

/// Computes nodes one by one, straight from the genome.
class NaiveNetwork {
public:
    NaiveNetwork(const GenomeView& genome, const GenomeShape& shape, const FunctionSet& functions = {})
        : genome_(genome), shape_(shape), functions_(functions) {}

    /// One feed-forward pass, by recursion from the outputs.
    [[nodiscard]] std::vector<float> activate(const std::vector<float>& observation) {
        std::map<NodeId, float> values = inputs(observation);
        return outputs([&](NodeId id) { return value_of(id, values); });
    }

    /// One recurrent step of every node from the values of the last step.
    [[nodiscard]] std::vector<float> step(const std::vector<float>& observation) {
        std::map<NodeId, float> previous = inputs(observation);
        for (const auto& [id, value] : state_) previous[id] = value;
        for (std::size_t row = 0; row < genome_.node_count(); ++row) {
            state_[genome_.node_id[row]] = compute(row, [&](NodeId id) { return previous[id]; });
        }
        return outputs([&](NodeId id) { return state_.at(id); });
    }

private:
    [[nodiscard]] std::map<NodeId, float> inputs(const std::vector<float>& observation) const {
        std::map<NodeId, float> values;
        for (std::uint32_t i = 0; i < shape_.input_count; ++i) values[NodeId{i}] = observation[i];
        if (shape_.bias_input) values[NodeId{shape_.input_count}] = 1.0F;
        return values;
    }

    template <class Value>
    [[nodiscard]] std::vector<float> outputs(const Value& value) const {
        std::vector<float> all;
        for (std::uint32_t o = 0; o < shape_.output_count; ++o) all.push_back(value(NodeId{shape_.first_output() + o}));
        return all;
    }

    float value_of(NodeId id, std::map<NodeId, float>& values) {
        if (const auto known = values.find(id); known != values.end()) return known->second;
        const float value =
            compute(find_node(genome_.node_id, id), [&](NodeId source) { return value_of(source, values); });
        return values[id] = value;
    }

    template <class Value>
    float compute(std::size_t row, const Value& value) {
        std::vector<float> terms;
        for (std::size_t c = 0; c < genome_.connection_count(); ++c) {
            if (genome_.enabled[c] == 0 || genome_.target[c] != genome_.node_id[row]) continue;
            terms.push_back(genome_.weight[c] * value(genome_.source[c]));
        }
        float total = std::numeric_limits<float>::quiet_NaN();
        if (std::none_of(terms.begin(), terms.end(), [](float term) { return std::isnan(term); })) {
            const auto added = functions_.aggregations.added(genome_.aggregation[row]);
            total = added != nullptr ? added(terms) : clade::aggregate(genome_.aggregation[row], terms);
        }
        const float x = genome_.bias[row] + genome_.response[row] * total;
        const auto added = functions_.activations.added(genome_.activation[row]);
        return added != nullptr ? added(x) : clade::activate(genome_.activation[row], x);
    }

    GenomeView genome_;
    GenomeShape shape_;
    FunctionSet functions_;
    std::map<NodeId, float> state_;
};

inline std::vector<float> random_numbers(std::size_t count, std::uint64_t seed) {
    Stream stream({seed, 0, Purpose::data_noise}, 1);
    std::vector<float> numbers(count);
    for (float& number : numbers) number = static_cast<float>(stream.normal());
    return numbers;
}

/// Equal, or both NaN, whose bits no processor promises.
inline bool same_number(float a, float b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
    return a == b && std::signbit(a) == std::signbit(b);
}

}  // namespace clade::testing
