#include <clade/evolution/genome/initial_population.hpp>

#include <algorithm>
#include <span>
#include <vector>

namespace clade {
namespace {

/// The connections that the initial topology allows, in the order of their innovation numbers.
struct Candidates {
    struct Connection {
        Innovation innovation;
        NodeId source;
        NodeId target;
    };
    std::vector<Connection> connections;
    std::vector<NodeId> nodes;  // outputs, then hidden nodes
};

Candidates possible_connections(const GenomeParams& params, const GenomeShape& shape, InnovationTable& innovations) {
    Candidates candidates;
    std::vector<NodeId> outputs;
    std::vector<NodeId> hidden;
    for (std::uint32_t i = 0; i < shape.output_count; ++i) outputs.push_back(NodeId{shape.first_output() + i});
    // The hidden nodes of the first genomes are equal structure too: they take the run's first node numbers.
    for (int i = 0; i < params.initial.hidden_nodes; ++i) {
        hidden.push_back(innovations.initial_hidden(static_cast<std::uint32_t>(i)));
    }
    candidates.nodes = outputs;
    candidates.nodes.insert(candidates.nodes.end(), hidden.begin(), hidden.end());
    const auto connect = [&](std::span<const NodeId> sources, std::span<const NodeId> targets) {
        for (const NodeId source : sources) {
            for (const NodeId target : targets) {
                candidates.connections.push_back({innovations.connection(source, target), source, target});
            }
        }
    };
    const InitialRoute route = params.initial.route;
    const std::vector<NodeId> none;
    const std::vector<NodeId>& passed = route == InitialRoute::direct ? none : hidden;
    const std::vector<NodeId>& reached = route == InitialRoute::hidden ? none : outputs;
    for (std::uint32_t i = 0; i < shape.source_count(); ++i) {
        const NodeId input{i};
        connect({&input, 1}, passed);
        connect({&input, 1}, reached);
    }
    if (route == InitialRoute::recurrent) {
        connect(candidates.nodes, candidates.nodes);
    } else {
        connect(passed, outputs);
    }
    std::sort(candidates.connections.begin(), candidates.connections.end(),
              [](const auto& a, const auto& b) { return a.innovation < b.innovation; });
    return candidates;
}

/// FS-NEAT (Whiteson et al. 2005): the connections of one random input; the bias input always keeps its own.
bool belongs_to_input(NodeId source, std::uint32_t chosen, const GenomeShape& shape) {
    const bool from_input = raw(source) < shape.input_count;
    return !from_input || raw(source) == chosen;
}

/// Which candidates one genome has. The same random numbers give the same choice when asked again.
void choose(const Candidates& candidates, const InitialPopulationInput& input, const GenomeShape& shape,
            std::size_t genome, std::vector<std::uint32_t>& chosen) {
    const InitialParams& initial = input.params.initial;
    Stream random({input.seed, input.generation, Purpose::initial_structure}, genome);
    chosen.clear();
    const std::uint32_t kept = shape.input_count == 0 ? 0 : random.below(shape.input_count);
    for (std::uint32_t i = 0; i < candidates.connections.size(); ++i) {
        bool has = initial.connections != InitialConnections::unconnected;
        if (initial.connections == InitialConnections::partial) has = random.bernoulli(initial.fraction);
        if (initial.connections == InitialConnections::fs_neat) {
            has = belongs_to_input(candidates.connections[i].source, kept, shape);
        }
        if (has) chosen.push_back(i);
    }
}

/// The chosen candidates as a topology.
class ChosenTopology {
public:
    explicit ChosenTopology(const Candidates& candidates) : candidates_(candidates) {}

    /// Valid until the next call.
    TopologyView of(const std::vector<std::uint32_t>& chosen) {
        innovation_.clear();
        source_.clear();
        target_.clear();
        for (const std::uint32_t i : chosen) {
            const auto& [innovation, source, target] = candidates_.connections[i];
            innovation_.push_back(innovation);
            source_.push_back(source);
            target_.push_back(target);
        }
        TopologyView topology;
        topology.node_id = candidates_.nodes;
        topology.innovation = innovation_;
        topology.source = source_;
        topology.target = target_;
        return topology;
    }

private:
    const Candidates& candidates_;
    std::vector<Innovation> innovation_;
    std::vector<NodeId> source_;
    std::vector<NodeId> target_;
};

/// The topology of each genome, in `population`.
std::vector<std::uint32_t> choose_topologies(const InitialPopulationInput& input, const Candidates& candidates,
                                             GenomeStore& population) {
    ChosenTopology topology(candidates);
    std::vector<std::uint32_t> numbers(input.population_size);
    std::vector<std::uint32_t> chosen;
    std::vector<std::uint32_t> chosen_before;
    for (std::size_t genome = 0; genome < numbers.size(); ++genome) {
        choose(candidates, input, population.shape(), genome, chosen);
        const bool as_before = genome > 0 && chosen == chosen_before;  // as all are, unless chance decides
        numbers[genome] = as_before ? numbers[genome - 1] : population.add_topology(topology.of(chosen));
        std::swap(chosen, chosen_before);
    }
    return numbers;
}

/// What genes have besides numbers: functions, and that they are enabled.
void write_functions(const NodeFunctions& functions, std::uint32_t output_count, const AttributeRows& rows) {
    for (std::size_t row = 0; row < rows.activation.size(); ++row) {
        const bool output = row < output_count;
        rows.activation[row] = output ? functions.output_activation : functions.hidden_activation;
        rows.aggregation[row] = output ? functions.output_aggregation : functions.hidden_aggregation;
    }
    std::fill(rows.enabled.begin(), rows.enabled.end(), std::uint8_t{1});
}

/// Every attribute column of the genomes from `first` on, in one pass each.
void initialise_attributes(const InitialPopulationInput& input, const Parallel& parallel, std::size_t first,
                           GenomeStore& population) {
    const AttributeRows all = population.all_attribute_rows();
    const std::size_t node = population.node_begin(first);
    const std::size_t connection = population.connection_begin(first);
    const auto initialise_from = [&](std::size_t begin) {
        return [&, begin](const NumberColumn& column, std::span<float> rows, const AttributeParams& params) {
            initialise(parallel, rows.subspan(begin), begin, params, {input.seed, input.generation, column.birth});
        };
    };
    visit_connection_numbers(initialise_from(connection), all, input.params);
    visit_node_numbers(initialise_from(node), all, input.params);
}

}  // namespace

InitialCounts initial_counts(const GenomeParams& params, const GenomeShape& shape) {
    const InitialParams& initial = params.initial;
    const double inputs = shape.source_count();
    const double outputs = shape.output_count;
    const double hidden = initial.hidden_nodes;
    const double passed = initial.route == InitialRoute::direct ? 0.0 : hidden;
    const double reached = initial.route == InitialRoute::hidden ? 0.0 : outputs;
    InitialCounts counts{.nodes = outputs + hidden, .possible = inputs * (passed + reached)};
    counts.possible += initial.route == InitialRoute::recurrent ? counts.nodes * counts.nodes : passed * outputs;
    switch (initial.connections) {
        case InitialConnections::full:
            counts.connections = counts.possible;
            break;
        case InitialConnections::partial:
            counts.connections = counts.possible * initial.fraction;
            break;
        case InitialConnections::fs_neat: {
            const double left_out = std::max(1.0, static_cast<double>(shape.input_count)) - 1.0;
            counts.connections = counts.possible - left_out * (passed + reached);
            break;
        }
        case InitialConnections::unconnected:
            break;
    }
    return counts;
}

void make_initial_population(const InitialPopulationInput& input, const Parallel& parallel,
                             InnovationTable& innovations, GenomeStore& population) {
    const GenomeShape shape = population.shape();
    const Candidates candidates = possible_connections(input.params, shape, innovations);
    population.clear();
    population.place_sharing(choose_topologies(input, candidates, population));
    parallel.for_ranges(population.size(), 256, [&](std::size_t begin, std::size_t end, std::size_t) {
        for (std::size_t genome = begin; genome < end; ++genome) {
            write_functions(input.functions, shape.output_count, population.attributes(genome));
        }
    });
    initialise_attributes(input, parallel, 0, population);
}

GenomeStore renumbered(const GenomeStore& saved) {
    const GenomeShape& shape = saved.shape();
    const GenomeView old = saved[0];
    const GenomeSize size = saved.size_of(0);
    GenomeStore store(shape);
    store.place({&size, 1});
    const GenomeRows rows = store.rows(0);
    copy_attributes(old, rows);
    // Outputs stand in the first rows, hidden nodes behind them: the numbers are those of the rows.
    const auto number = [&](std::size_t row) { return NodeId{shape.first_output() + static_cast<std::uint32_t>(row)}; };
    const auto new_id = [&](NodeId id) { return shape.is_input(id) ? id : number(find_node(old.node_id, id)); };
    for (std::size_t row = 0; row < old.node_count(); ++row) rows.node_id[row] = number(row);
    for (std::size_t row = 0; row < old.connection_count(); ++row) {
        rows.innovation[row] = Innovation{static_cast<std::uint32_t>(row)};
        rows.source[row] = new_id(old.source[row]);
        rows.target[row] = new_id(old.target[row]);
    }
    return store;
}

void make_population_from(const GenomeView& genome, const InitialPopulationInput& input, const Parallel& parallel,
                          GenomeStore& population) {
    population.clear();
    population.place_sharing(std::vector<std::uint32_t>(input.population_size, population.add_topology(genome)));
    for (std::size_t i = 0; i < input.population_size; ++i) copy_attributes(genome, population.attributes(i));
    initialise_attributes(input, parallel, 1, population);
}

}  // namespace clade
