// Networks made by hand, and what every task promises.
#pragma once

#include <clade/evaluation/network_compiler.hpp>
#include <clade/evaluation/task.hpp>

#include "random_genomes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace clade::testing {

/// A network of these nodes and connections, outputs first.
inline Network network_of(const GenomeShape& shape, std::span<const NodeGene> nodes,
                          std::span<const ConnectionGene> connections, NetworkKind kind = NetworkKind::feed_forward) {
    GenomeStore store(shape);
    const GenomeSize size{static_cast<std::uint32_t>(nodes.size()), static_cast<std::uint32_t>(connections.size())};
    store.place({&size, 1});
    std::size_t row = 0;
    for (const NodeGene& node : nodes) set_node(store.rows(0), row++, node);
    row = 0;
    for (const ConnectionGene& connection : connections) set_connection(store.rows(0), row++, connection);
    return make_network({store, kind});
}

/// The same, listed.
inline Network network_of(const GenomeShape& shape, std::initializer_list<NodeGene> nodes,
                          std::initializer_list<ConnectionGene> connections,
                          NetworkKind kind = NetworkKind::feed_forward) {
    return network_of(shape, std::span<const NodeGene>(nodes.begin(), nodes.size()),
                      std::span<const ConnectionGene>(connections.begin(), connections.size()), kind);
}

inline NodeGene node(std::uint32_t id, Activation activation = Activation::identity, float bias = 0.0F) {
    return {NodeId{id}, bias, 1.0F, 1.0F, activation, Aggregation::sum};
}

inline ConnectionGene connection(std::uint32_t innovation, std::uint32_t source, std::uint32_t target, float weight) {
    return {Innovation{innovation}, NodeId{source}, NodeId{target}, weight, 1};
}

inline double fitness_of(const Task& task, Network& network) {
    network.reset();
    return task.make_evaluator()->evaluate(network, {});
}

inline double measure(const TaskReport& report, const std::string& name) {
    for (const Measure& found : report.measures) {
        if (found.name == name) return found.value;
    }
    ADD_FAILURE() << "no measure " << name;
    return 0.0;
}

/// The rules that parameters break, one a line.
template <class Params>
std::string broken_rules(const Params& params) {
    ThrowingSink sink;
    check_params(params, sink);
    try {
        sink.finish();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

/// Equal, or both NaN.
inline bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// What every task promises, on networks of any structure.
inline void check_task(const Task& task) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        RandomGenomeOptions options;
        options.shape = {static_cast<std::uint32_t>(task.traits().input_count),
                         static_cast<std::uint32_t>(task.traits().output_count), false};
        options.recurrent = seed % 2 == 0;
        const SavedGenome genome{random_genome(options, seed),
                                 options.recurrent ? NetworkKind::recurrent : NetworkKind::feed_forward};
        Network network = make_network(genome);
        const std::unique_ptr<Evaluator> evaluator = task.make_evaluator();
        const double fitness = evaluator->evaluate(network, {});
        network.reset();
        const Seeds others = task.traits().deterministic ? Seeds{0, 2, 2} : Seeds{};  // of the same run
        EXPECT_TRUE(same(evaluator->evaluate(network, others), fitness)) << "deterministic";
        (void)task.report(network);
        EXPECT_TRUE(same(fitness_of(task, network), fitness)) << "evaluators share no state";
        for (const SimdLevel simd : {SimdLevel::baseline, SimdLevel::avx2, SimdLevel::avx512}) {
            Network other = make_network(genome, {}, supported(simd));
            EXPECT_TRUE(same(fitness_of(task, other), fitness)) << "at every SIMD level";
        }
        network.reset();
        const auto solved = [&] { return task.solves(network, fitness).value_or(Verdict{}).solved; };
        EXPECT_EQ(solved(), solved());
    }
}

}  // namespace clade::testing
