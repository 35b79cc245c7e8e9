// The topologies of a store: the structure of its genomes, each once, numbered.
//
//   node_id                      | topology 0 | topology 1     | topology 2 |
//   node_end                                  3                8           10
//
//   innovation, source, target   | topology 0   | topology 1 | topology 2   |
//   connection_end                              4            7              9
//
// Most children have the structure of a parent, so a generation has far fewer topologies than genomes. What depends on
// structure alone is worked out once for all that share one.
//
// add() gives equal structures equal numbers, in the order of adding. Topologies that place() lays out are still to be
// written: each is apart from all others, and has no digest.
#pragma once

#include <clade/core/column.hpp>
#include <clade/core/genome/digest_index.hpp>
#include <clade/core/genome/gene_columns.hpp>
#include <clade/core/genome/ids.hpp>
#include <clade/core/genome/row_ends.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace clade {

/// Points spans at rows [begin, begin + count) of columns, as a visitor of both.
inline auto borrow_rows(std::size_t begin, std::size_t count) noexcept {
    return [=](const GeneColumn&, auto& span, auto& column) { span = {column.data() + begin, count}; };
}

/// The structures of genomes; the head of this file draws it.
class Topologies {
public:
    /// The number of the topology that equals this one; if there is none, a copy of it is added.
    /// @pre `topology` is not a view into this object.
    std::uint32_t add(const TopologyView& topology);

    /// Adds a copy that may be written, apart from all others. @pre as for add().
    std::uint32_t add_apart(const TopologyView& topology);

    /// Forgets all, and lays out topologies that are still to be written. Keeps the memory.
    void place(std::span<const GenomeSize> sizes);

    [[nodiscard]] std::size_t size() const noexcept { return digest_.size(); }

    /// @pre number < size().
    [[nodiscard]] TopologyView operator[](std::uint32_t number) const noexcept {
        TopologyView view;
        borrow(*this, number, view);
        view.digest = digest_[number];
        return view;
    }

    /// Points the structure of a genome's view at the rows of its topology. @pre number < size().
    void lend(std::uint32_t number, GenomeView& view) const noexcept {
        borrow(*this, number, view);
        view.topology_digest = digest_[number];
    }

    /// The same for the rows of a topology that is still to be written. @pre is_apart(number).
    void lend(std::uint32_t number, GenomeRows& rows) noexcept { borrow(*this, number, rows); }

    /// Whether a topology may be written, and so is not compared with others.
    [[nodiscard]] bool is_apart(std::uint32_t number) const noexcept { return digest_[number] == 0; }

    /// Every row of every topology.
    [[nodiscard]] TopologyView all() const noexcept {
        TopologyView view;
        borrow(*this, {0, ends_.node_count()}, {0, ends_.connection_count()}, view);
        return view;
    }
    [[nodiscard]] TopologyRows all_rows() noexcept {
        TopologyRows view;
        borrow(*this, {0, ends_.node_count()}, {0, ends_.connection_count()}, view);
        return view;
    }

    /// How many rows a topology has. @pre number < size().
    [[nodiscard]] GenomeSize size_of(std::size_t number) const noexcept { return ends_.size_of(number); }

    /// Where topologies end in the node and connection columns. [size()]
    [[nodiscard]] const RowEnds& ends() const noexcept { return ends_; }

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t capacity_bytes() const noexcept;

private:
    struct RowRange {
        std::size_t begin;
        std::size_t count;
    };

    template <class Self, class View>
    static void borrow(Self& self, RowRange nodes, RowRange connections, View& view) noexcept {
        visit_node_structure(borrow_rows(nodes.begin, nodes.count), view, self.nodes_);
        visit_connection_structure(borrow_rows(connections.begin, connections.count), view, self.connections_);
    }
    template <class Self, class View>
    static void borrow(Self& self, std::uint32_t number, View& view) noexcept {
        const GenomeSize size = self.size_of(number);
        borrow(self, {self.ends_.node_begin(number), size.nodes},
               {self.ends_.connection_begin(number), size.connections}, view);
    }

    std::uint32_t append(const TopologyView& topology, std::uint64_t digest);
    void resize_rows(std::size_t nodes, std::size_t connections);

    RowEnds ends_;                  // [size()]
    Column<std::uint64_t> digest_;  // [size()], 0 where a topology may be written
    NodeColumns<StructureOnly<Column>::template Kept> nodes_;
    ConnectionColumns<StructureOnly<Column>::template Kept> connections_;

    DigestIndex index_;        // of topologies that are not apart
    std::size_t indexed_ = 0;  // how many these are
};

/// Hash of a topology's columns; never 0.
[[nodiscard]] std::uint64_t digest_of_topology(const TopologyView& topology) noexcept;

}  // namespace clade
