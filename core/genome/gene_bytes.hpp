// The memory of a gene: its values in all columns.
#pragma once

#include <clade/core/genome/gene_columns.hpp>

#include <cstddef>

namespace clade {

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
