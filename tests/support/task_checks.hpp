// Networks made by hand, and what every task promises.
#pragma once

#include <clade/evaluation/conformance/task_check.hpp>
#include <clade/evaluation/network/network_compiler.hpp>

#include "tests/support/random_genomes.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
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
    return {NodeId{id}, bias, 1.0F, activation, Aggregation::sum};
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

/// The rules that were found broken, each with what was seen.
inline std::string broken(const TaskCheck& check) {
    std::string text;
    for (const TaskFinding& finding : check.findings) text += finding.rule + ": " + finding.seen + "\n";
    return text;
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

/// The task keeps what every task promises.
inline void expect_sound(const Task& task) {
    const TaskCheck check = check_task(task);
    EXPECT_GE(check.checked.size(), 9U) << "or little was checked";
    for (const TaskFinding& finding : check.findings) ADD_FAILURE() << task.traits().name << ": " << text_of(finding);
}

}  // namespace clade::testing
