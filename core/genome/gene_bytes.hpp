// The memory of a gene: its values in all columns, or in those of attributes, which are each genome's own.
#pragma once

#include <clade/core/genome/gene_columns.hpp>

#include <cstddef>

namespace clade {

/// Bytes of a node's attributes, and of a connection's.
inline constexpr std::size_t node_attribute_bytes = [] {
    std::size_t bytes = 0;
    visit_node_attributes([&](const GeneColumn&, const auto& value) { bytes += sizeof(value); }, NodeGene{});
    return bytes;
}();
inline constexpr std::size_t connection_attribute_bytes = [] {
    std::size_t bytes = 0;
    visit_connection_attributes([&](const GeneColumn&, const auto& value) { bytes += sizeof(value); },
                                ConnectionGene{});
    return bytes;
}();

/// Bytes of a node.
inline constexpr std::size_t node_bytes = [] {
    std::size_t bytes = 0;
    visit_node_columns([&](const GeneColumn&, const auto& value) { bytes += sizeof(value); }, NodeGene{});
    return bytes;
}();

/// Bytes of a connection.
inline constexpr std::size_t connection_bytes = [] {
    std::size_t bytes = 0;
    visit_connection_columns([&](const GeneColumn&, const auto& value) { bytes += sizeof(value); }, ConnectionGene{});
    return bytes;
}();

}  // namespace clade
