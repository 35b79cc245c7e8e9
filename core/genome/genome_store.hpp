// All genomes of one generation: topologies, and attributes as one structure of arrays.
//
//   topologies           | topology 0 | topology 1 |               structure: ids, innovations, sources, targets, each once
//
//   topology_of          |      0     |      1       |     0    |
//
//   node columns         | genome 0   | genome 1     | genome 2 |     bias, response, activation, aggregation
//   node_end                          3              8          11
//
//   connection columns   | genome 0      | genome 1  | genome 2     |     weight, enabled
//   connection_end                       4           7              11
//
// Genome g has the structure of topology_of(g), whose rows it shares with all genomes of that topology
// (topologies.hpp), and owns rows [end[g-1], end[g]) of every column of attributes, with end[-1] read as 0: row i of a
// genome is row i of its topology. Inputs, and the bias input, carry no genes: they have ids but no rows. A node row
// costs 10 bytes, a connection row 5, a genome 20 beside them; a row of a topology 4 or 12. The one list of columns is
// in gene_columns.hpp.
//
// A generation is laid out with place_sharing(), after which every worker writes the attributes of its own genomes; or
// with place(), where genomes share nothing and their structure is written too; or genome by genome with append(), which
// finds equal structures. Nothing is inserted into the middle of a column.
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
#include <clade/core/genome/row_ends.hpp>
#include <clade/core/genome/topologies.hpp>
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

/// The genomes of a generation; the head of this file draws it.
class GenomeStore {
public:
    GenomeStore() = default;
    explicit GenomeStore(const GenomeShape& shape) : shape_(shape) {}

    /// Lays out the rows of genomes that share no topology, keeping the memory. The rows' contents are unspecified until
    /// written through rows().
    void place(std::span<const GenomeSize> sizes);

    /// The number of a topology for place_sharing(): that of an equal one, or a new one. @pre it is no view into this
    /// store.
    std::uint32_t add_topology(const TopologyView& topology) { return topologies_.add(topology); }

    /// Lays out the attributes of genomes of these topologies, which add_topology() gave since clear(), keeping the
    /// memory. Their contents are unspecified until written through attributes().
    void place_sharing(std::span<const std::uint32_t> topologies);

    /// Makes room for these totals of attribute rows, so that appending or placing up to them does not allocate.
    void reserve(std::size_t genomes, std::size_t nodes, std::size_t connections);

    /// Forgets every genome and topology, and keeps the memory.
    void clear() noexcept;

    /// Copies `genome` to the end and returns its index. @pre `genome` is not a view into this store.
    std::size_t append(const GenomeView& genome);

    /// @pre genome < size().
    [[nodiscard]] GenomeView operator[](std::size_t genome) const noexcept {
        GenomeView view;
        topologies_.lend(topology_of_[genome], view);
        borrow(*this, genome, view);
        return view;
    }

    /// Asks for where a genome's rows lie to be brought into the cache. @pre genome < size().
    void prefetch_place(std::size_t genome) const noexcept {
        __builtin_prefetch(&topology_of_[genome]);
        ends_.prefetch(genome);
    }

    /// The attributes of one genome alone, to read or to write. @pre genome < size().
    [[nodiscard]] AttributeView attributes(std::size_t genome) const noexcept {
        AttributeView view;
        borrow(*this, genome, view);
        return view;
    }
    [[nodiscard]] AttributeRows attributes(std::size_t genome) noexcept {
        AttributeRows rows;
        borrow(*this, genome, rows);
        return rows;
    }

    /// All writable rows of one genome. If it shares its topology, it gets a copy of its own first: then views become
    /// invalid, and no other thread may use the store. @pre genome < size().
    [[nodiscard]] GenomeRows rows(std::size_t genome);

    /// The number of a genome's topology. Genomes of one number have equal structure; where structures are equal, numbers
    /// are, but for genomes that place() or rows() set apart. @pre genome < size().
    [[nodiscard]] std::uint32_t topology_of(std::size_t genome) const noexcept { return topology_of_[genome]; }

    /// The same of all genomes. [size()]
    [[nodiscard]] std::span<const std::uint32_t> topology_numbers() const noexcept { return topology_of_.span(); }

    [[nodiscard]] const Topologies& topologies() const noexcept { return topologies_; }

    /// Where a genome's rows begin in the node and connection columns. @pre genome <= size().
    [[nodiscard]] std::size_t node_begin(std::size_t genome) const noexcept { return ends_.node_begin(genome); }
    [[nodiscard]] std::size_t connection_begin(std::size_t genome) const noexcept {
        return ends_.connection_begin(genome);
    }

    /// How many rows a genome has. @pre genome < size().
    [[nodiscard]] GenomeSize size_of(std::size_t genome) const noexcept { return ends_.size_of(genome); }

    /// The attributes of every row of every genome, as one view; `all_attribute_rows` writable.
    [[nodiscard]] AttributeView all_attributes() const noexcept {
        AttributeView view;
        borrow_all(*this, view);
        return view;
    }
    [[nodiscard]] AttributeRows all_attribute_rows() noexcept {
        AttributeRows rows;
        borrow_all(*this, rows);
        return rows;
    }

    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    [[nodiscard]] bool empty() const noexcept { return ends_.size() == 0; }
    [[nodiscard]] std::size_t node_count() const noexcept { return ends_.node_count(); }
    [[nodiscard]] std::size_t connection_count() const noexcept { return ends_.connection_count(); }
    [[nodiscard]] const GenomeShape& shape() const noexcept { return shape_; }

    /// One sentence per broken invariant, e.g. "genome 3: innovation 17 follows 20 (I2)". Empty when the store is
    /// sound. For tests, debug builds and files from outside.
    [[nodiscard]] std::vector<std::string> violations() const;

    /// Hash of every column in order, each genome with its structure: equal contents give equal digests, however they
    /// share topologies, for any number of threads.
    [[nodiscard]] std::uint64_t digest(const Parallel& parallel = Parallel(1)) const;

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t capacity_bytes() const noexcept;

private:
    /// Points the attributes of a view at a genome's rows, or at all.
    template <class Store, class View>
    static void borrow(Store& store, std::size_t genome, View& view) noexcept {
        const GenomeSize size = store.size_of(genome);
        visit_node_attributes(borrow_rows(store.node_begin(genome), size.nodes), view, store.nodes_);
        visit_connection_attributes(borrow_rows(store.connection_begin(genome), size.connections), view,
                                    store.connections_);
    }
    template <class Store, class View>
    static void borrow_all(Store& store, View& view) noexcept {
        visit_node_attributes(borrow_rows(0, store.node_count()), view, store.nodes_);
        visit_connection_attributes(borrow_rows(0, store.connection_count()), view, store.connections_);
    }

    void lay_out_attributes();
    void resize_rows(std::size_t nodes, std::size_t connections);

    GenomeShape shape_;
    Topologies topologies_;

    Column<std::uint32_t> topology_of_;  // [size()]
    RowEnds ends_;                       // [size()]
    NodeColumns<AttributesOnly<Column>::template Kept> nodes_;
    ConnectionColumns<AttributesOnly<Column>::template Kept> connections_;
};

/// The store as bytes, topologies first, column after column; and back. Reading throws FormatError on damaged or unsound data.
void write_store(const GenomeStore& store, ByteWriter& out);
[[nodiscard]] GenomeStore read_store(ByteReader& in);

/// The same for what this program has just written, in another process: lengths are checked, but not whether each genome
/// is sound, which takes longer than all else.
[[nodiscard]] GenomeStore read_sound_store(ByteReader& in);

/// The row of a node id in a genome whose ids are sorted, or node_count() if it is not there.
[[nodiscard]] std::size_t find_node(std::span<const NodeId> node_id, NodeId id) noexcept;

}  // namespace clade
