// The columns of genomes, listed once.
//
// A column is a member of NodeColumns or ConnectionColumns. What holds it differs: one value in a gene, a span in a view
// of a genome, a growing array in the store. The lists (visit_node_columns(), visit_connection_columns()) name each
// column once; copying, crossover, mutation, digests, files and tables go through them.
//
// Columns of ids are structure, which genomes of one topology share; the others are attributes, each genome's own. Both
// kinds have lists of their own, of which those of all columns are made.
//
// A new node column is a member of NodeColumns, a line in a list, and its use. A number column also needs parameters of
// its name in GenomeParams: how its values are born and mutate.
#pragma once

#include <clade/core/functions/activation.hpp>
#include <clade/core/functions/aggregation.hpp>
#include <clade/core/genome/ids.hpp>
#include <clade/core/random/random.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace clade {

/// Whether a column of values T is structure: what equal topologies have in common.
template <class T>
inline constexpr bool is_structure = std::is_same_v<T, NodeId> || std::is_same_v<T, Innovation>;

/// The initial content of a column: `value` in a gene, empty for a span or an array.
template <class Held, class T>
constexpr Held begin_with(T value) {
    if constexpr (std::is_same_v<Held, T>) {
        return value;
    } else {
        return {};
    }
}

/// The columns of nodes: an `Of<T>` for each column of values T.
template <template <class> class Of>
struct NodeColumns {
    Of<NodeId> node_id{};
    Of<float> bias{};                                  ///< added before the activation
    Of<float> response = begin_with<Of<float>>(1.0F);  ///< multiplies the aggregate
    Of<Activation> activation{};
    Of<Aggregation> aggregation{};
};

/// The columns of connections.
template <template <class> class Of>
struct ConnectionColumns {
    Of<Innovation> innovation{};
    Of<NodeId> source{};
    Of<NodeId> target{};
    Of<float> weight{};
    Of<std::uint8_t> enabled = begin_with<Of<std::uint8_t>>(std::uint8_t{1});  ///< 0 or 1
};

/// A column in the lists.
struct GeneColumn {
    std::string_view name{};     ///< its key in configurations and files
    std::string_view meaning{};  ///< a noun phrase
};

/// A column of numbers that are born and mutate, each by parameters of its own (AttributeParams).
struct NumberColumn : GeneColumn {
    Purpose birth{};
    Purpose mutation{};
    std::optional<float> neutral{};  ///< value of a node that splits a connection; without one it is born as any other
};

/// Calls visit(NumberColumn, member...) for each number column of nodes, with that member of each of the objects.
template <class Visit, class... Nodes>
constexpr void visit_node_numbers(Visit&& visit, Nodes&&... nodes) {
    visit(NumberColumn{{"bias", "Biases of nodes."}, Purpose::initial_bias, Purpose::mutate_bias, 0.0F}, nodes.bias...);
    visit(NumberColumn{{"response", "Responses of nodes: factors of the aggregated input."},
                       Purpose::initial_response,
                       Purpose::mutate_response},
          nodes.response...);
}

/// The same for each function column of nodes.
template <class Visit, class... Nodes>
constexpr void visit_node_functions(Visit&& visit, Nodes&&... nodes) {
    visit(GeneColumn{"activation", "Activation functions of nodes."}, nodes.activation...);
    visit(GeneColumn{"aggregation", "Aggregation functions of nodes."}, nodes.aggregation...);
}

/// The attributes of nodes: their numbers and functions.
template <class Visit, class... Nodes>
constexpr void visit_node_attributes(Visit&& visit, Nodes&&... nodes) {
    visit_node_numbers(visit, nodes...);
    visit_node_functions(visit, nodes...);
}

/// The structure of nodes.
template <class Visit, class... Nodes>
constexpr void visit_node_structure(Visit&& visit, Nodes&&... nodes) {
    visit(GeneColumn{"id"}, nodes.node_id...);
}

/// All columns of nodes.
template <class Visit, class... Nodes>
constexpr void visit_node_columns(Visit&& visit, Nodes&&... nodes) {
    visit_node_structure(visit, nodes...);
    visit_node_attributes(visit, nodes...);
}

template <class Visit, class... Connections>
constexpr void visit_connection_numbers(Visit&& visit, Connections&&... connections) {
    visit(NumberColumn{{"weight", "Weights of connections."}, Purpose::initial_weight, Purpose::mutate_weight},
          connections.weight...);
}

/// The attributes of connections.
template <class Visit, class... Connections>
constexpr void visit_connection_attributes(Visit&& visit, Connections&&... connections) {
    visit_connection_numbers(visit, connections...);
    visit(GeneColumn{"enabled"}, connections.enabled...);
}

/// The structure of connections.
template <class Visit, class... Connections>
constexpr void visit_connection_structure(Visit&& visit, Connections&&... connections) {
    visit(GeneColumn{"innovation"}, connections.innovation...);
    visit(GeneColumn{"source"}, connections.source...);
    visit(GeneColumn{"target"}, connections.target...);
}

/// All columns of connections.
template <class Visit, class... Connections>
constexpr void visit_connection_columns(Visit&& visit, Connections&&... connections) {
    visit_connection_structure(visit, connections...);
    visit_connection_attributes(visit, connections...);
}

template <class T>
using OneValue = T;
template <class T>
using ReadSpan = std::span<const T>;
template <class T>
using WriteSpan = std::span<T>;
template <class T>
using Mark = bool;

/// One node's row as a value.
using NodeGene = NodeColumns<OneValue>;

/// One connection's row as a value.
using ConnectionGene = ConnectionColumns<OneValue>;

/// Some of the columns of nodes.
using NodeMarks = NodeColumns<Mark>;

/// In place of a column that is held elsewhere.
struct Absent {};

/// An `Of<T>` for each column of structure, or of attributes, alone.
template <template <class> class Of>
struct StructureOnly {
    template <class T>
    using Kept = std::conditional_t<is_structure<T>, Of<T>, Absent>;
};
template <template <class> class Of>
struct AttributesOnly {
    template <class T>
    using Kept = std::conditional_t<is_structure<T>, Absent, Of<T>>;
};

/// Borrowed columns of a topology, to read or (TopologyRows) to write.
template <template <class> class Span>
struct BasicTopologyView : NodeColumns<StructureOnly<Span>::template Kept>,
                           ConnectionColumns<StructureOnly<Span>::template Kept> {
    std::uint64_t digest = 0;  ///< of the columns; 0: not known

    [[nodiscard]] std::size_t node_count() const noexcept { return this->node_id.size(); }
    [[nodiscard]] std::size_t connection_count() const noexcept { return this->innovation.size(); }
};

using TopologyView = BasicTopologyView<ReadSpan>;
using TopologyRows = BasicTopologyView<WriteSpan>;

/// Borrowed columns of attributes, of one genome or of all genomes of a store, to read or (AttributeRows) to write.
template <template <class> class Span>
struct BasicAttributeView : NodeColumns<AttributesOnly<Span>::template Kept>,
                            ConnectionColumns<AttributesOnly<Span>::template Kept> {};

using AttributeView = BasicAttributeView<ReadSpan>;
using AttributeRows = BasicAttributeView<WriteSpan>;

/// Borrowed columns of one genome, to read or (GenomeRows) to write. Dangles after any call that changes the store's
/// layout.
template <template <class> class Span>
struct BasicGenomeView : NodeColumns<Span>, ConnectionColumns<Span> {
    std::uint64_t topology_digest = 0;  ///< TopologyView::digest

    [[nodiscard]] std::size_t node_count() const noexcept { return this->node_id.size(); }
    [[nodiscard]] std::size_t connection_count() const noexcept { return this->innovation.size(); }

    [[nodiscard]] NodeGene node(std::size_t row) const noexcept {
        NodeGene gene;
        visit_node_columns([&](const GeneColumn&, auto& value, const auto& column) { value = column[row]; }, gene,
                           *this);
        return gene;
    }
    [[nodiscard]] ConnectionGene connection(std::size_t row) const noexcept {
        ConnectionGene gene;
        visit_connection_columns([&](const GeneColumn&, auto& value, const auto& column) { value = column[row]; }, gene,
                                 *this);
        return gene;
    }

    /// A part of the genome.
    // NOLINTBEGIN(google-explicit-constructor): what is written for parts takes genomes too
    operator BasicTopologyView<Span>() const noexcept {
        BasicTopologyView<Span> view;
        const auto take = [](const GeneColumn&, auto& part, const auto& column) { part = column; };
        visit_node_structure(take, view, *this);
        visit_connection_structure(take, view, *this);
        view.digest = topology_digest;
        return view;
    }
    operator BasicAttributeView<Span>() const noexcept {
        BasicAttributeView<Span> view;
        const auto take = [](const GeneColumn&, auto& part, const auto& column) { part = column; };
        visit_node_attributes(take, view, *this);
        visit_connection_attributes(take, view, *this);
        return view;
    }
    // NOLINTEND(google-explicit-constructor)
};

using GenomeView = BasicGenomeView<ReadSpan>;
using GenomeRows = BasicGenomeView<WriteSpan>;

/// Writes one row; the same row may be written by one thread only.
inline void set_node(const GenomeRows& rows, std::size_t row, const NodeGene& gene) noexcept {
    visit_node_columns([&](const GeneColumn&, const auto& column, auto value) { column[row] = value; }, rows, gene);
}
inline void set_connection(const GenomeRows& rows, std::size_t row, const ConnectionGene& gene) noexcept {
    visit_connection_columns([&](const GeneColumn&, const auto& column, auto value) { column[row] = value; }, rows,
                             gene);
}

/// Copies every attribute. @pre equal sizes, no overlap.
template <class From>
void copy_attributes(const From& from, const AttributeRows& to) noexcept {
    const auto copy = [](const GeneColumn&, const auto& source, const auto& target) {
        std::copy(source.begin(), source.end(), target.begin());
    };
    visit_node_attributes(copy, from, to);
    visit_connection_attributes(copy, from, to);
}

}  // namespace clade
