// Innovation numbers: equal structural mutations get equal numbers (Stanley & Miikkulainen 2002, 3.2).
//
//   connection (source, target)             -> innovation
//   split      (innovation, how many times) -> node
//
// Numbers are handed out serially, in the order of asking, so they do not depend on threads. In the scope of a
// generation only changes of the same generation are equal; numbers still are never used twice.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/genome/genome_store.hpp>
#include <clade/evolution/evolution_params.hpp>

#include <cstdint>
#include <unordered_map>

namespace clade {

class InnovationTable {
public:
    /// Numbers from here on are never given: breeding uses them for genes that have none yet.
    static constexpr std::uint32_t end = 0xffff0000U;

    InnovationTable() = default;
    InnovationTable(const GenomeShape& shape, InnovationScope scope);

    /// Forgets earlier structure if the scope is a generation.
    void begin_generation();

    /// Takes over the numbers of a genome that was made elsewhere.
    void adopt(const GenomeView& genome);

    /// The number of the i-th hidden node that the first genomes are given.
    NodeId initial_hidden(std::uint32_t index);

    /// The number of a connection, a new one if none has been given.
    Innovation connection(NodeId source, NodeId target);

    /// The node that splits `connection` for a genome with these nodes: the one that other genomes got for the same
    /// split, or a new one if the genome holds those already (a connection split again after being enabled again).
    NodeId split(Innovation connection, std::span<const NodeId> genome_nodes);

    /// Whether each number stands for one connection in the table and all genomes, has been given, and hidden nodes have
    /// ids of their own. Else what is bred would be unsound.
    [[nodiscard]] bool fits(const GenomeStore& genomes) const;

    void write(ByteWriter& out) const;
    void read(ByteReader& in);

private:
    static std::uint64_t key(std::uint32_t high, std::uint32_t low) noexcept {
        return (std::uint64_t{high} << 32) | low;
    }

    // In place of an innovation, in the key of a hidden node of the first genomes.
    static constexpr std::uint32_t initial = 0xffffffffU;

    InnovationScope scope_ = InnovationScope::run;
    std::uint32_t next_node_ = 0;
    std::uint32_t next_innovation_ = 0;
    std::unordered_map<std::uint64_t, Innovation> connections_;  // by source, target
    std::unordered_map<std::uint64_t, NodeId> splits_;           // by innovation, occurrence
};

}  // namespace clade
