#include <clade/evaluation/conformance/probe_genome_internal.hpp>

#include <clade/core/random/random.hpp>

#include <algorithm>
#include <vector>

namespace clade {

Activation probe_activation(const TaskTraits& traits) {
    constexpr auto usual = Activation::steepened_sigmoid;
    const auto& known = traits.activations;
    if (known.empty() || std::ranges::find(known, name_of(usual)) != known.end()) return usual;
    return value_named<Activation>(known.front()).value_or(usual);
}

SavedGenome probe_genome(const TaskTraits& traits, std::size_t number, Activation activation) {
    constexpr std::uint32_t hidden_count = 3;
    const GenomeShape shape{static_cast<std::uint32_t>(traits.input_count),
                            static_cast<std::uint32_t>(traits.output_count), false};
    const bool recurrent = number % 2 == 1 && !traits.feed_forward_only;
    Stream stream({number, 0, Purpose::initial_structure}, 0);
    std::vector<ConnectionGene> connections;
    const auto connect = [&](NodeId source, NodeId target) {
        if (!stream.bernoulli(0.5)) return;
        const Innovation innovation{static_cast<std::uint32_t>(connections.size())};
        connections.push_back({innovation, source, target, static_cast<float>(1.5 * stream.normal()), 1});
    };
    const std::uint32_t first = shape.first_output();
    const std::uint32_t hidden = shape.first_hidden();
    for (std::uint32_t target = first; target < hidden + hidden_count; ++target) {
        for (std::uint32_t source = 0; source < shape.source_count(); ++source) connect(NodeId{source}, NodeId{target});
        for (std::uint32_t source = hidden; source < hidden + hidden_count; ++source) {
            if (recurrent || target < hidden) connect(NodeId{source}, NodeId{target});
        }
    }
    SavedGenome genome{GenomeStore(shape), recurrent ? NetworkKind::recurrent : NetworkKind::feed_forward};
    const GenomeSize size{shape.output_count + hidden_count, static_cast<std::uint32_t>(connections.size())};
    genome.store.place({&size, 1});
    const GenomeRows rows = genome.store.rows(0);
    for (std::uint32_t row = 0; row < shape.output_count + hidden_count; ++row) {
        set_node(
            rows, row,
            {.node_id = NodeId{first + row}, .bias = static_cast<float>(stream.normal()), .activation = activation});
    }
    for (std::size_t row = 0; row < connections.size(); ++row) set_connection(rows, row, connections[row]);
    return genome;
}

}  // namespace clade
