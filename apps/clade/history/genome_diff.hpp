// What differs between two genomes, gene by gene: nodes are matched by id, connections by innovation.
#pragma once

#include <clade/core/genome/gene_columns.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace clade::history {

/// A gene that differs; empty where a genome does not have it.
template <class Gene>
struct GeneDifference {
    std::optional<Gene> a;
    std::optional<Gene> b;
};

struct GenomeDiff {
    std::vector<GeneDifference<NodeGene>> nodes{};              ///< by id
    std::vector<GeneDifference<ConnectionGene>> connections{};  ///< by innovation
    std::size_t equal_nodes = 0;
    std::size_t equal_connections = 0;

    [[nodiscard]] bool empty() const noexcept { return nodes.empty() && connections.empty(); }
};

/// Genes are equal if all their columns are, to the bit. @pre the genes of each are sorted, as in a store.
[[nodiscard]] GenomeDiff diff_genomes(const GenomeView& a, const GenomeView& b);

}  // namespace clade::history
