// All genomes of one generation as one structure of arrays.
//
//   node columns         | genome 0 | genome 1     | genome 2 |     id, bias, response, activation, aggregation
//   node_end                        3              8         10
//
//   connection columns   | genome 0    | genome 1  | genome 2 |     innovation, source, target, weight, enabled
//   connection_end                     4           7          9
//
// Genome g owns rows [end[g-1], end[g]) of every node column, and likewise of every connection column, with end[-1]
// read as 0. Inputs, and the bias input, carry no genes: they have ids but no rows. A node row costs 14 bytes, a
// connection row 17, a genome 16 beside them. The one list of columns is in gene_columns.hpp.
//
// A generation is laid out with place(), after which every worker writes the rows of its own genomes; or genome by
// genome with append(). Nothing is inserted into the middle of a column.
//
// Invariants, listed when broken by violations():
//   I1  all node columns have one length, all connection columns have one length (by construction);
//   I2  within a genome, `innovation` is strictly increasing;
//   I3  within a genome, `node_id` is strictly increasing, begins with the outputs and holds no input;
//   I4  every source is an input, the bias input or one of the genome's nodes; every target is one of its nodes;
//   I5  no two connections of a genome share both source and target;
//   I6  numbers (bias, response, weight) are finite;
//   I7  `enabled` is 0 or 1.
#pragma once

#include <clade/core/byte_stream.hpp>
#include <clade/core/column.hpp>
#include <clade/core/genome/gene_columns.hpp>
#include <clade/core/genome/ids.hpp>
#include <clade/core/parallel.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace clade {

/// Which node ids are inputs and outputs; one for a whole run.
struct GenomeShape {
    std::uint32_t input_count = 0;   ///< ids 0 .. input_count - 1
    std::uint32_t output_count = 0;  ///< ids first_output() .. first_output() + output_count - 1
    bool bias_input = false;         ///< a further input that is always 1, with id input_count

    [[nodiscard]] constexpr std::uint32_t source_count() const noexcept { return input_count + (bias_input ? 1U : 0U); }
    [[nodiscard]] constexpr std::uint32_t first_output() const noexcept { return source_count(); }
    [[nodiscard]] constexpr std::uint32_t first_hidden() const noexcept { return source_count() + output_count; }
    [[nodiscard]] constexpr bool is_input(NodeId id) const noexcept { return raw(id) < source_count(); }
    [[nodiscard]] constexpr bool is_hidden(NodeId id) const noexcept { return raw(id) >= first_hidden(); }

    bool operator==(const GenomeShape&) const = default;
};

/// "inputs: 2, outputs: 1, bias_input: false".
[[nodiscard]] std::string describe(const GenomeShape& shape);

/// How many rows a genome has.
struct GenomeSize {
    std::uint32_t nodes = 0;
    std::uint32_t connections = 0;
};

/// Copies every row. @pre equal sizes, no overlap.
void copy_genome(const GenomeView& from, const GenomeRows& to) noexcept;

/// The genomes of a generation as a structure of arrays; the head of this file draws it.
class GenomeStore {
public:
    GenomeStore() = default;
    explicit GenomeStore(const GenomeShape& shape) : shape_(shape) {}

    /// Lays out the rows of a coming generation, keeping the memory. The rows' contents are unspecified until written.
    void place(std::span<const GenomeSize> sizes);

    /// Makes room for these totals, so that appending or placing up to them does not allocate.
    void reserve(std::size_t genomes, std::size_t nodes, std::size_t connections);

    /// Forgets every genome and keeps the memory.
    void clear() noexcept;

    /// Copies `genome` to the end and returns its index. @pre `genome` is not a view into this store.
    std::size_t append(const GenomeView& genome);

    /// @pre genome < size().
    [[nodiscard]] GenomeView operator[](std::size_t genome) const noexcept {
        const GenomeSize size = size_of(genome);
        return view_of<GenomeView>(*this, {node_begin(genome), size.nodes},
                                   {connection_begin(genome), size.connections});
    }

    /// Asks for where a genome's rows lie to be brought into the cache. @pre genome < size().
    void prefetch_place(std::size_t genome) const noexcept {
        __builtin_prefetch(&node_end_[genome]);
        __builtin_prefetch(&connection_end_[genome]);
    }

    /// The writable rows of one genome. @pre genome < size().
    [[nodiscard]] GenomeRows rows(std::size_t genome) noexcept {
        const GenomeSize size = size_of(genome);
        return view_of<GenomeRows>(*this, {node_begin(genome), size.nodes},
                                   {connection_begin(genome), size.connections});
    }

    /// Where a genome's rows begin in the node and connection columns. @pre genome <= size().
    [[nodiscard]] std::size_t node_begin(std::size_t genome) const noexcept {
        return genome == 0 ? 0 : node_end_[genome - 1];
    }
    [[nodiscard]] std::size_t connection_begin(std::size_t genome) const noexcept {
        return genome == 0 ? 0 : connection_end_[genome - 1];
    }

    /// How many rows a genome has. @pre genome < size().
    [[nodiscard]] GenomeSize size_of(std::size_t genome) const noexcept {
        return {static_cast<std::uint32_t>(node_begin(genome + 1) - node_begin(genome)),
                static_cast<std::uint32_t>(connection_begin(genome + 1) - connection_begin(genome))};
    }

    /// Every row of every genome, as one view; `all_rows` writable.
    [[nodiscard]] GenomeView all() const noexcept {
        return view_of<GenomeView>(*this, {0, node_count()}, {0, connection_count()});
    }
    [[nodiscard]] GenomeRows all_rows() noexcept {
        return view_of<GenomeRows>(*this, {0, node_count()}, {0, connection_count()});
    }

    [[nodiscard]] std::size_t size() const noexcept { return node_end_.size(); }
    [[nodiscard]] bool empty() const noexcept { return node_end_.size() == 0; }
    [[nodiscard]] std::size_t node_count() const noexcept { return node_begin(size()); }
    [[nodiscard]] std::size_t connection_count() const noexcept { return connection_begin(size()); }
    [[nodiscard]] const GenomeShape& shape() const noexcept { return shape_; }

    /// One sentence per broken invariant, e.g. "genome 3: innovation 17 follows 20 (I2)". Empty when the store is
    /// sound. For tests, debug builds and files from outside.
    [[nodiscard]] std::vector<std::string> violations() const;

    /// Hash of every column in order: equal contents give equal digests, for any number of threads.
    [[nodiscard]] std::uint64_t digest(const Parallel& parallel = Parallel(1)) const;

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t capacity_bytes() const noexcept;

    /// The genome ends, for writing the store to a file. [size()]
    [[nodiscard]] std::span<const std::size_t> node_ends() const noexcept { return node_end_.span(); }
    [[nodiscard]] std::span<const std::size_t> connection_ends() const noexcept { return connection_end_.span(); }

private:
    struct RowRange {
        std::size_t begin;
        std::size_t count;
    };

    template <class View, class Store>
    [[nodiscard]] static View view_of(Store& store, RowRange nodes, RowRange connections) noexcept {
        View view;
        visit_node_columns(
            [&](const GeneColumn&, auto& span, auto& column) {
                span = {column.data() + nodes.begin, nodes.count};
            },
            view, store.nodes_);
        visit_connection_columns(
            [&](const GeneColumn&, auto& span, auto& column) {
                span = {column.data() + connections.begin, connections.count};
            },
            view, store.connections_);
        return view;
    }

    void resize_rows(std::size_t nodes, std::size_t connections);

    GenomeShape shape_;

    Column<std::size_t> node_end_;        // [size()]
    Column<std::size_t> connection_end_;  // [size()]

    NodeColumns<Column> nodes_;
    ConnectionColumns<Column> connections_;
};

/// The store as bytes, column after column; and back. Reading throws FormatError on damaged or unsound data.
void write_store(const GenomeStore& store, ByteWriter& out);
[[nodiscard]] GenomeStore read_store(ByteReader& in);

/// The row of a node id in a genome whose ids are sorted, or node_count() if it is not there.
[[nodiscard]] std::size_t find_node(std::span<const NodeId> node_id, NodeId id) noexcept;

}  // namespace clade
