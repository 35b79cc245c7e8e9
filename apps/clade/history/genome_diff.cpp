#include "clade/history/genome_diff.hpp"

#include <bit>
#include <concepts>
#include <cstdint>

namespace clade::history {
namespace {

template <class T>
bool same_bits(T a, T b) {
    if constexpr (std::floating_point<T>) {
        return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b);
    } else {
        return a == b;
    }
}

bool same_gene(const NodeGene& a, const NodeGene& b) {
    bool same = true;
    visit_node_columns([&](const GeneColumn&, auto x, auto y) { same = same && same_bits(x, y); }, a, b);
    return same;
}

bool same_gene(const ConnectionGene& a, const ConnectionGene& b) {
    bool same = true;
    visit_connection_columns([&](const GeneColumn&, auto x, auto y) { same = same && same_bits(x, y); }, a, b);
    return same;
}

/// Goes along two sorted lists of keys; returns how many genes are equal.
template <class Key, class Gene, class GeneOfA, class GeneOfB>
std::size_t diff_sorted(std::span<const Key> a, std::span<const Key> b, const GeneOfA& gene_of_a,
                        const GeneOfB& gene_of_b, std::vector<GeneDifference<Gene>>& differences) {
    std::size_t equal = 0;
    for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
        const bool in_a = i < a.size() && (j == b.size() || a[i] <= b[j]);
        const bool in_b = j < b.size() && (i == a.size() || b[j] <= a[i]);
        GeneDifference<Gene> one;
        if (in_a) one.a = gene_of_a(i++);
        if (in_b) one.b = gene_of_b(j++);
        if (in_a && in_b && same_gene(*one.a, *one.b)) {
            ++equal;
        } else {
            differences.push_back(one);
        }
    }
    return equal;
}

}  // namespace

GenomeDiff diff_genomes(const GenomeView& a, const GenomeView& b) {
    GenomeDiff diff;
    diff.equal_nodes = diff_sorted(
        a.node_id, b.node_id, [&](std::size_t row) { return a.node(row); },
        [&](std::size_t row) { return b.node(row); }, diff.nodes);
    diff.equal_connections = diff_sorted(
        a.innovation, b.innovation, [&](std::size_t row) { return a.connection(row); },
        [&](std::size_t row) { return b.connection(row); }, diff.connections);
    return diff;
}

}  // namespace clade::history
