// Programs: genomes compiled into what networks run.
//
//   slots    | inputs | bias input (always 1) | nodes in evaluation order |
//   nodes    | first connection | bias | response | activation | aggregation | group |    one entry per computed node
//   connections, those of a node adjacent, in the order of their innovations:  source slot | weight
#pragma once

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/aggregation.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/core/network_params.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace clade {

/// A compiled genome: immutable numbers, no state. Made by NetworkCompiler.
struct NetworkProgram {
    struct Node {
        std::uint32_t first_connection;  ///< its connections end where the next node's begin
        float bias;
        float response;
        Activation activation;
        Aggregation aggregation;
        std::uint16_t group;  ///< so many nodes from this one on, at least 1, read none of each other's values of this
                              ///< call and have the same functions: they may be computed side by side
    };

    NetworkParams network{};
    GenomeShape shape;
    std::vector<Node> nodes;                 ///< [node_count + 1], the last one only ends the connections
    std::vector<std::uint32_t> source_slot;  ///< [connection_count]
    std::vector<float> weight;               ///< [connection_count]
    std::vector<std::uint32_t> output_slot;  ///< [output_count]

    [[nodiscard]] std::size_t node_count() const noexcept { return nodes.empty() ? 0 : nodes.size() - 1; }
    [[nodiscard]] std::size_t slot_count() const noexcept { return shape.source_count() + node_count(); }
};

}  // namespace clade
